# SPDX-License-Identifier: GPL-2.0-only
# quick: debug
# checked: no
# What wakeup_nosysfs.ko owes to the rest of the kernel: it lets devices go, it waits for who looks
# at a node, and it does not load where nodes are needed.
. lib/lib.sh
. wsdump/nosysfs.sh

# kept NUMBER: so many devices have not been freed
kept() {
	[ "$(cat /sys/kernel/debug/ws_devices)" = "$1" ]
}

need_devices
for i in 0 1 2; do
	devices new $i; devices add $i; devices wake $i; devices own $i
done
is "there are devices" "$(cat /sys/kernel/debug/ws_devices)" 3

# rtnl_lock() is held by who gives a network device, and with it its nodes, to a container.
ls /sys/class/wakeup >/tmp/before
check "who may look at nodes" insmod ws_rtnl.ko
modprobe wakeup_nosysfs &
loader=$!
# A task that waits for what the module itself has asked for. (What takes mutexes is not in these
# files, but with PREEMPT_RT; and rtnl_lock() may have become a part of its caller.)
waits_for_mutex() {
	for _stack in $(grep -ls wakeup_nosysfs /proc/[0-9]*/stack); do
		sed '/rtnl_lock\|mutex/d' "$_stack" | head -n 1 | grep -q wakeup_nosysfs &&
			grep -q '^State:.*D' "${_stack%/*}/status" && return
	done
	return 1
}
waits_or_went() {
	waits_for_mutex || [ "$(ls /sys/class/wakeup)" != "$(cat /tmp/before)" ]
}
wait_for "it waits for that" waits_or_went
is "takes none away meanwhile" "$(ls /sys/class/wakeup)" "$(cat /tmp/before)"
rmmod ws_rtnl
wait $loader
is "but then" "$(node_count)" 0

devices disown 0; devices del 0
devices del 1; devices disown 1
wait_for "devices that are gone are freed" kept 1 &&
	pass "devices that are gone are freed"
check "it unloads" rmmod wakeup_nosysfs
devices disown 2; devices del 2
wait_for "so are those whose nodes were made again" kept 0 &&
	pass "so are those whose nodes were made again"

# Freescale's RCPM looks for nodes as the system goes to sleep.
if [ "$DEB_ARCH" = amd64 ]; then	# elsewhere there may be such a driver
	before=$(node_count)
	insmod ws_rcpm.ko
	dmesg -c >/dev/null
	refuse "where a driver needs the nodes it does not load" modprobe wakeup_nosysfs
	like "and says why" "$(dmesg)" "wakeup_nosysfs: machines with Freescale's RCPM need the nodes to wake from sleep"
	is "and all nodes are there" "$(node_count)" "$before"
	rmmod ws_rcpm
	insmod ws_rcpm.ko device=0
	check "it loads where that has no device" modprobe wakeup_nosysfs
	rmmod wakeup_nosysfs ws_rcpm
fi

check "nothing of it stays" rmmod ws_devices
done_testing
