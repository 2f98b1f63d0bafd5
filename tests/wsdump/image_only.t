# SPDX-License-Identifier: GPL-2.0-only
# modes: image-only
# A kernel without the kfuncs, and with no headers to build the module with: wsdump says
# that the kfuncs are what is missing, and what brings them. All that can be seen of the
# rest without a module is there.
. lib/lib.sh

release=$(uname -r | sed 's/[.+]/\\&/g')
for option in "" --json --raw --pin; do
	fails "wsdump $option" 1 "^wsdump: kernel $release lacks the kfuncs, and module wakeup_kfuncs that brings them is not installed: " wsdump $option
done
fails "to a user without the right to load programs it says that first" 1 \
	"needs the capabilities CAP_BPF and CAP_PERFMON" setpriv --bounding-set=-all --inh-caps=-all wsdump
like "--version says that there are none" "$(wsdump --version)" \
	"^kfuncs: none: kernel $release lacks them, and module wakeup_kfuncs is not installed$"
run wsdump --help
is "its help is there all the same" "$status$err" 0

in_btf() {
	grep -aq "$1" /sys/kernel/btf/vmlinux
}
refuse "the kernel does lack them" in_btf bpf_wakeup_sources_get_head
for name in bpf_loop bpf_rdonly_cast bpf_iter_num_new register_btf_kfunc_id_set; do
	check "it has $name" in_btf $name
done
# One pass: to make up this file takes the kernel seconds
grep -o '__ksymtab_[a-z_]*$' /proc/kallsyms >/tmp/symbols
for name in wakeup_sources_read_lock wakeup_sources_read_unlock wakeup_sources_walk_next \
		wakeup_source_register wakeup_source_unregister register_btf_kfunc_id_set; do
	check "the module could call $name" grep -qx "__ksymtab_$name" /tmp/symbols
done

done_testing
