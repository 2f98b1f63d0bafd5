# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree android
# quick: debug
# wakeup_nosysfs.ko loaded and unloaded all the time, while sources and devices come and
# go on all processors, while their files are read, events listened to, and the system
# suspended, as far as its kernel can pretend to.
. lib/lib.sh
. wsdump/nosysfs.sh

seconds=$(option stress_seconds 20)

# The files of all nodes, over and over; most are gone before they can be opened.
read_files() {
	while [ -e /tmp/running ]; do
		cat /sys/class/wakeup/*/* >/dev/null 2>&1
	done
}

list_sources() {
	while [ -e /tmp/running ]; do
		wsdump >/dev/null 2>/tmp/wsdump.err || { cat /tmp/wsdump.err >>/tmp/wsdump.failed; }
	done
}

suspend() {
	pretend_to_suspend
	while [ -e /tmp/running ]; do
		echo freeze >/sys/power/state 2>/dev/null
		echo >>/tmp/suspended
		sleep 0.5
	done
}

need_fixture
need_devices
control many 20
printf child >$fixture/add_child
for i in 0 1 2; do
	devices new $i; devices add $i; devices wake $i; devices own $i
done
nodes >/tmp/before

touch /tmp/running /tmp/suspended /tmp/wsdump.failed
for cpu in $(seq 0 $(($(nproc) - 1))); do
	control churn "$cpu"
	devices churn "$cpu"
done
read_files & read_files &
list_sources &
busybox uevent true >/dev/null 2>&1 & listener=$!
if [ -e /sys/power/pm_test ]; then suspend & fi

rounds=0 failed=0
end=$(($(date +%s) + seconds))
# a round takes longer than the time of a short stress where a kernel checks all it does
while [ "$(date +%s)" -lt $end ] || [ $rounds -lt 3 ]; do
	modprobe wakeup_nosysfs || failed=$((failed + 1))
	sleep 0.$((rounds % 3))
	rmmod wakeup_nosysfs || failed=$((failed + 1))
	rounds=$((rounds + 1))
done

rm /tmp/running
kill $listener
wait
control stop
devices stop
echo "# $rounds rounds in $seconds seconds, $(wc -l </tmp/suspended) suspends"
is "it was always loaded and unloaded" $failed 0
is "wsdump always worked" "$(cat /tmp/wsdump.failed)" ""
nodes >/tmp/after
is "all nodes are as they were" "$(diff /tmp/before /tmp/after)" ""

# Sources that come and go while it stays loaded
modprobe wakeup_nosysfs
for cpu in $(seq 0 $(($(nproc) - 1))); do
	control churn "$cpu"
	devices churn "$cpu"
done
sleep 5
control stop
devices stop
check "no node is left after a churn" nodes_gone
is "the devices are not either" "$(nodes_anywhere)" ""
check "it unloads" rmmod wakeup_nosysfs
nodes >/tmp/after
is "all nodes are as they were, again" "$(diff /tmp/before /tmp/after)" ""

check "nothing of it stays" rmmod ws_devices ws_fixture
done_testing
