# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.1-arm64
# quick: arm64
# checked: no
# A kernel without CONFIG_KALLSYMS_ALL, such as Debian 12's for arm64, has no names of data to find
# the list by: the module refuses to load and says so, and what processes hold is shown.
. dmabufdump/lib.sh

is "the kernel has no names of data" "$(grep -cw db_list /proc/kallsyms)" 0
refuse "the module refuses to load" modprobe dmabuf_kfuncs
like "and says why" "$(dmesg | grep dmabuf_kfuncs: | tail -n 1)" 'must be built with CONFIG_KALLSYMS_ALL'
is "and is not there" "$(lsmod | grep -c ^dmabuf_kfuncs)" 0

need_dmabuf_fixture
echo "keep 2 8192 camera" >$fixture/control
hold a make 65536 gpu name fb0
run dmabufdump --raw -n -o size,exporter,name
is "what processes hold is listed" "$out" "$(printf '65536\tgpu\tfb0')"
is "with a failure's status" "$status" 1
like "and the reason in one line" "$err" '^dmabufdump: only buffers that processes hold: .*CONFIG_KALLSYMS_ALL'
release a

done_testing
