# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12
# checked: no
# No name is printed of which one can't tell whether someone changes it just then.
. dmabufdump/lib.sh

names() {
	dmabufdump --json | jq -r '.buffers[].name' | sort
}

need_kfuncs
need_dmabuf_fixture
echo "keep 3 4096 some" >$fixture/control
names >/tmp/names

# What is pinned is the walk, as it is loaded on a kernel with locks like that.
dmabufdump --pin 2>/dev/null
pins=$(echo /sys/fs/bpf/dmabufdump/walk-* /sys/fs/bpf/dmabufdump/buffer-*)
for layout in same none other; do
	rm $pins
	# shellcheck disable=SC2086
	check "locks of layout '$layout'" ./lock_layout $layout dmabufdump.bpf.o $pins
	[ $layout = other ] || is "which are known" "$(names)" "$(cat /tmp/names)"
done
fails "which are not" 1 "spinlocks are of a kind that is not known here" dmabufdump
dmabufdump --unpin
echo drop >$fixture/control

done_testing
