# SPDX-License-Identifier: GPL-2.0-only
# modes: in-tree
# A kernel that has the kfuncs itself: no module is loaded or needed.
. lib/lib.sh

# The kernel's own file as name and numbers; for idle sources wsdump must say the same.
kernel_says() {
	awk -F '\t+' 'NR > 1 && !/^deleted / { sub(/ +$/, "", $1); print $1, $2, $3, $4, $5, $9 }' $debugfs
}

is "no module is loaded" "$(ls -d /sys/module/wakeup_kfuncs 2>/dev/null)" ""
run wsdump --json
is "wsdump lists the sources" "$status $err" "0 "
echo "$out" >/tmp/json
is "all of them, as debugfs has them" "$(jq -r '.wakeup_sources[] | [.name, .active_count, .event_count,
	.wakeup_count, .expire_count, (.last_change_ns / 1000000 | floor)] | map(tostring) | join(" ")' /tmp/json)" \
	"$(kernel_says)"
check "there are some" test "$(jq '.wakeup_sources | length' /tmp/json)" -ge 2
is "each has a device" "$(jq '[.wakeup_sources[] | select(.device == null)] | length' /tmp/json)" 0
run wsdump
is "the table has a row for each" "$status $(echo "$out" | wc -l)" "0 $(($(kernel_says | wc -l) + 1))"

run setpriv --bounding-set=-all,+bpf,+perfmon --inh-caps=-all wsdump
is "CAP_BPF and CAP_PERFMON are enough" "$status $err" "0 "
fails "less is not" 1 "needs the capabilities CAP_BPF and CAP_PERFMON" \
	setpriv --bounding-set=-all,+bpf --inh-caps=-all wsdump

check "every misuse of the kernel's own kfuncs is refused" sh -c \
	'./refusals refusals.bpf.o >/tmp/refusals && ! grep "^not ok" /tmp/refusals'
hand_out /tmp/refusals
run ./in_7_2_form in_7_2_form.bpf.o
is "a program written for 7.2 finds as many" "$status ${out%% *}" "0 $(kernel_says | wc -l)"

is "it says where the kfuncs come from" "$(wsdump --version | sed -n 2p)" "kfuncs: kernel $(uname -r)"
run wsdump --pin
is "it pins, and speaks of no module" "$status $err" "0 wsdump: pinned"
is "and lists the same again" "$(wsdump --json | jq -c .wakeup_sources)" "$(jq -c .wakeup_sources /tmp/json)"
check "and unpins" wsdump --unpin

is "none of this has loaded the module" "$(ls -d /sys/module/wakeup_kfuncs 2>/dev/null)" ""

# People have the module for an older kernel. It is compiled, and its code runs up to where
# the kernel refuses a second kfunc of a name; that must do no harm.
state() {
	cut -f 1 $debugfs
	ls /sys/class/wakeup
	ls /sys/kernel/btf
}
before=$(state)
refuse "the kernel takes no second set of the kfuncs" modprobe wakeup_kfuncs
like "the module says so" "$(dmesg | grep wakeup_kfuncs: | tail -n 1)" 'this kernel has the kfuncs itself'
like "it is the kernel that refused" "$(dmesg | grep -c 'kfunc bpf_wakeup_sources_.* is already present in vmlinux')" '^[1-9]'
is "and leaves nothing behind" "$(state)" "$before"
is "wsdump lists the same as before" "$(wsdump --json | jq -c .wakeup_sources)" "$(jq -c .wakeup_sources /tmp/json)"

done_testing
