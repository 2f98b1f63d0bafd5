# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree android
# except: 6.1-arm64
# quick: arm64
# A pinned file has what Android's libdmabufinfo reads, each time that it is read.
. dmabufdump/lib.sh

file=/sys/fs/bpf/dmabuf/prog_dmabufIter_iter_dmabuf
need_kfuncs
need_dmabuf_fixture
if ! grep -aq bpf_iter_num_new /sys/kernel/btf/vmlinux; then
	fails "a kernel before 6.4 has no such file" 1 "refused the BPF program" dmabufdump --pin-text $file
	done_testing
	exit
fi
fails "it has to be in a BPF file system" 1 "/tmp/dir/text is not below a BPF file system" dmabufdump --pin-text /tmp/dir/text
is "and no directory is left" "$(ls -d /tmp/dir 2>/dev/null)" ""
run dmabufdump --pin-text $file
is "it is pinned" "$status $out$err $(ls $file)" "0  $file"
is "with nothing while there are no buffers" "$(cat $file)" ""
hold a make 4096 gpu name "$(printf 'two\nlines')" make 8192 cam make 65536 gpu name third
same() {
	dmabufdump --format android >/tmp/ours
	cat $file >/tmp/pinned
	cmp /tmp/ours /tmp/pinned
}
check "it has what --format android prints" same
is "four lines a buffer" "$(wc -l <$file)" 12
is "read by two at a time" "$(cat $file >/tmp/one & cat $file; wait; cat /tmp/one)" "$(cat /tmp/ours /tmp/ours)"
echo "keep 1500 4096 many" >$fixture/control
check "so with more than a task's part" same
is "all of them" "$(wc -l <$file)" $((4 * 1503))
is "read in small pieces" "$(dd if=$file bs=100 2>/dev/null | cmp - /tmp/ours)" ""
is "after its end there is nothing" "$( (cat >/dev/null; cat) <$file)" ""
echo drop >$fixture/control
wait_for "buffers go" is_live 3
check "and with fewer" same
check "it is replaced" dmabufdump --pin-text $file
check "by one that is the same" same
[ "$MODE" = in-tree ] || refuse "the module stays" rmmod dmabuf_kfuncs
rm $file
release a
done_testing
