# SPDX-License-Identifier: GPL-2.0-only
# modes: module android
# quick: arm64
# checked: no
# A program written for Linux 7.2 loads unchanged, by libbpf, and walks the list; where
# the kernel's BPF lacks what such a program needs besides, the verifier says so.
. lib/lib.sh

# in_btf FUNCTION: does the kernel's BTF have the name?
in_btf() {
	grep -aq "$1" /sys/kernel/btf/vmlinux
}

modprobe wakeup_kfuncs
need_fixture
control many 500
for i in 1 2 3; do
	control stay 7
	control relax 7
done

run ./in_7_2_form in_7_2_form.bpf.o
if in_btf bpf_rdonly_cast && in_btf bpf_iter_num_new; then
	is "it finds all sources, with what they count" "$out" "$(awk -F '\t+' \
		'NR > 1 && !/^deleted / { n++; active += $2; events += $3 } END { print n, events, active }' $debugfs)"
	is "and succeeds" "$status" 0
else
	check "it can't be loaded" test "$status" != 0
	like "for lack of what the kernel has, not of the module" "$err" \
		"'bpf_(rdonly_cast|iter_num_new|iter_num_next|iter_num_destroy)'.*not found|get_head.*incompatible"
fi

done_testing
