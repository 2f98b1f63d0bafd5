# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree android
# quick: ci debug kcsan
# checked: no
# wakeup_nosysfs.ko loaded and unloaded all the time, while sources and devices come and
# go on all processors, while their files are read, events listened to, and the system
# suspended, as far as its kernel can pretend to.
. lib/lib.sh
. wsdump/nosysfs.sh

seconds=$(option stress_seconds 8)

# The files of all nodes, over and over; most are gone before they can be opened.
read_files() {
	while [ -e /tmp/running ]; do
		cat /sys/class/wakeup/*/* >/dev/null 2>&1
	done
}

list_sources() {
	while [ -e /tmp/running ]; do
		wsdump >/dev/null 2>/tmp/wsdump.err && echo >>/tmp/listed ||
			cat /tmp/wsdump.err >>/tmp/wsdump.failed
	done
}

suspend() {
	pretend_to_suspend
	while [ -e /tmp/running ]; do
		suspend_once && echo >>/tmp/suspended
		sleep "$between"
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

# The kernel gives up on a program that it verifies when the system is suspended. So there is time
# for a listing between two suspends, with all that is going on, also where it takes seconds.
begun=$(date +%s)
wsdump >/dev/null || fail "wsdump works"
took=$(($(date +%s) - begun))
between=0.5
[ $took = 0 ] || between=$((4 * took))

touch /tmp/running /tmp/suspended /tmp/listed /tmp/wsdump.failed
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
# Three rounds, a listing and a suspend at least: on a slow machine they take longer than a short
# stress.
seen_all() {
	[ $rounds -ge 3 ] && [ -s /tmp/listed ] && { [ ! -e /sys/power/pm_test ] || [ -s /tmp/suspended ]; }
}
while [ "$(date +%s)" -lt $end ] || { ! seen_all && [ "$(date +%s)" -lt $((end + patience)) ]; }; do
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
seen="$rounds rounds, $(wc -l </tmp/suspended) suspends, $(wc -l </tmp/listed) listings"
echo "# $seen in $seconds seconds or more"
if seen_all; then pass "there was enough of each"; else fail "there was enough of each" "too slow: $seen"; fi
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
sleep 2
control stop
devices stop
wait_for "no node is left after a churn" nodes_gone && pass "no node is left after a churn"
is "the devices are not either" "$(nodes_anywhere)" ""
check "it unloads" rmmod wakeup_nosysfs
nodes >/tmp/after
is "all nodes are as they were, again" "$(diff /tmp/before /tmp/after)" ""

check "nothing of it stays" rmmod ws_devices ws_fixture
done_testing
