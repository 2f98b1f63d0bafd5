# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12 debug kcsan
# checked: no
# quick: ci
# There is little memory: see stress.sh.
. lib/lib.sh
. lib/stress.sh

# fill FILE LEAVE: with all of the memory but so many MiB
fill() {
	_fill=$(($(sed -n 's/^MemAvailable: *\([0-9]*\).*/\1/p' /proc/meminfo) / 1024 - $2))
	[ $_fill -le 0 ] || dd if=/dev/zero of="/full/$1" bs=1M count=$_fill 2>/dev/null
}

# All but some 100 MB are in use, then 100 more are free; caches are thrown away.
use_memory() {
	fill file 100
	echo $_fill >>/tmp/filled_MiB
	echo 3 >/proc/sys/vm/drop_caches
	rm -f /full/file
	happened
}

: >/tmp/filled_MiB
mkdir /full
mount -t tmpfs -o size=100% full /full
fill most 200		# once, and before others want the processors
begin
meanwhile use_memory
meanwhile listing a
snapshots
finish
umount /full
check "it was little" test "$(sort -n /tmp/filled_MiB | tail -n 1)" -gt 50
done_testing
