# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12
# No source is printed while someone holds its lock to change it, nor where one can't tell whether
# someone does.
. lib/lib.sh

names() {
	wsdump --json | jq -r '.wakeup_sources[].name' | sort
}

modprobe wakeup_kfuncs
need_fixture
control many 3
control event 1 0
names >/tmp/names

control lock 1
fails "a source whose lock is held" 1 "kept changing while they were read, for [0-9]+ seconds: try again" wsdump
control unlock 1
is "is listed when it is free" "$(names)" "$(cat /tmp/names)"
control lock 2
is "so is one that never had an event: its first is yet to come" "$(names)" "$(cat /tmp/names)"
control unlock 2

# What is pinned is the walk, as it is loaded on a kernel with locks like that.
wsdump --pin 2>/dev/null
pins=$(echo /sys/fs/bpf/wsdump/program-* /sys/fs/bpf/wsdump/buffer-*)
for layout in same none other; do
	rm $pins
	# shellcheck disable=SC2086
	check "locks of layout '$layout'" ./lock_layout $layout wsdump.bpf.o $pins
	[ $layout = other ] || is "which are known" "$(names)" "$(cat /tmp/names)"
done
fails "which are not" 1 "spinlocks are of a kind that is not known here" wsdump
control lock 1
rm $pins
# shellcheck disable=SC2086
./lock_layout none wsdump.bpf.o $pins
is "a kernel for one processor has none to hold" "$(names)" "$(cat /tmp/names)"
control unlock 1
wsdump --unpin

done_testing
