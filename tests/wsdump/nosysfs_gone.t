# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12 debug
# quick: debug
# checked: no
# Devices go, with their sources, while wakeup_nosysfs.ko looks at nodes: what it follows is there,
# or the kernel of row debug reports it.
. lib/lib.sh
. wsdump/nosysfs.sh

# Each pass has a marker of its own.
marker() {
	wsdump --json | jq '[.wakeup_sources[] | select(.name == "wakeup_nosysfs") | .id] | max'
}

passed() {
	[ "$(marker)" != "$last" ]
}

need_devices
modprobe wakeup_kfuncs
wsdump --pin 2>/dev/null
check "it loads" modprobe wakeup_nosysfs
for cpu in $(seq 0 $(($(nproc) - 1))); do
	devices churn "$cpu"
done
for i in 1 2 3 4 5 6 7 8 9 10; do
	last=$(marker)
	wait_for "pass $i" passed || break
done
is "there were ten passes" "$i" 10
devices stop
wait_for "no node is left" nodes_gone && pass "no node is left"
check "it unloads" rmmod wakeup_nosysfs
wsdump --unpin
check "nothing of it stays" rmmod ws_devices
done_testing
