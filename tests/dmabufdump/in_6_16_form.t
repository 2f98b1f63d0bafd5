# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree
# rows: 6.12 7.2 7.3 6.12-arm64
# quick: arm64
# checked: no
# A program in the form of the kernel's selftest of its dma-buf iterator, with buffers of the
# same two exporters: the same object on kernels that have the iterator and with the module.
. dmabufdump/lib.sh

sum() {
	awk '/^[0-9]+\t/ { n++; bytes += $1 } END { print n + 0, bytes + 0 }' $bufinfo
}

need_kfuncs
is "no buffer has the names before" "$(./in_6_16_form in_6_16_form.bpf.o udmabuf_test heap_test)" "$(sum) 0 0"
hold a udmabuf 40960 name udmabuf_test
both="1 0"
if [ -e /dev/dma_heap/system ]; then
	hold b heap 81920 name heap_test
	both="1 1"
fi
is "it meets all buffers, and finds the names" "$(./in_6_16_form in_6_16_form.bpf.o udmabuf_test heap_test)" "$(sum) $both"
is "and no others" "$(./in_6_16_form in_6_16_form.bpf.o udmabuf_tes udmabuf_testt)" "$(sum) 0 0"
need_dmabuf_fixture
echo "keep 1000 4096 many" >$fixture/control
is "it meets a thousand" "$(./in_6_16_form in_6_16_form.bpf.o heap_test | cut -d ' ' -f 1,2)" "$(sum)"
echo drop >$fixture/control
wait_for "the buffers go" is_live 0
is "and holds none of them afterwards" "$(./in_6_16_form in_6_16_form.bpf.o udmabuf_test)" "$(sum) 1"
done_testing
