# SPDX-License-Identifier: GPL-2.0-only
# For tests of dmabufdump: the fixture module, and processes that hold dma-bufs.

. lib/lib.sh

fixture=/sys/kernel/debug/dmabuf_fixture
bufinfo=/sys/kernel/debug/dma_buf/bufinfo

# The module, where the kernel lacks the iterator.
need_kfuncs() {
	[ "$MODE" = in-tree ] || modprobe dmabuf_kfuncs || fail "module dmabuf_kfuncs loads"
}

need_dmabuf_fixture() {
	insmod /tests/dmabuf_fixture.ko || fail "the fixture module loads"
}

# hold NAME ACTION...: a process that makes and holds buffers; $pid_NAME, and /tmp/NAME has their
# numbers
hold() {
	_name=$1
	shift
	./dmabufs "$@" >/tmp/$_name &
	eval "pid_$_name=$!"
	wait_for "the process $_name holds its buffers" grep -q ready /tmp/$_name
}

# ino NAME [N]: the number of its Nth buffer
ino() {
	sed -n "${2:-1}p" /tmp/$1
}

# live: how many buffers of the fixture there are
live() {
	cut -d ' ' -f 1 $fixture/control
}

is_live() {
	[ "$(live)" = "$1" ]
}

# release NAME...: end these processes, and wait until their buffers are gone
release() {
	for _name; do
		eval "kill \$pid_$_name"
		eval "wait \$pid_$_name" 2>/dev/null
	done
}

# column NAME COLUMNS: of the buffer of that number, by --raw
column() {
	dmabufdump --raw -n -o ino,$2 | sed -n "s/^$1	//p"
}
