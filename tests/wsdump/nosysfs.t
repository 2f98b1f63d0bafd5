# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree android
# wakeup_nosysfs.ko: the nodes in /sys/class/wakeup go when it is loaded, new ones go as
# they come, and all are back when it is unloaded.
. lib/lib.sh
. wsdump/nosysfs.sh

name_of() {
	cat "/sys/class/wakeup/$1/name"
}

# The number of a source, by which it is called in sysfs: NAME
id_of() {
	wsdump --json | jq -r --arg name "$1" '.wakeup_sources[] | select(.name == $name) | .id'
}

# All that is known of idle sources but their devices. The module's own is not theirs.
listing() {
	wsdump --json | jq -c '.wakeup_sources[] | select(.active | not) |
		select(.name != "wakeup_nosysfs") | del(.device)' | sort
}

is "nobody has loaded it" "$(ls -d /sys/module/wakeup_nosysfs 2>/dev/null)" ""

need_fixture
need_devices
control many 20
printf child >$fixture/add_child
control event 3 1
control event 4 1
# One whose device comes after it, one with a further source, ...
devices new 0; devices wake 0; devices add 0
devices new 1; devices add 1; devices wake 1; devices own 1
# ... one that the power management doesn't know, one whose device is gone, ...
devices new 2; devices no_pm 2; devices add 2; devices wake 2
devices new 3; devices add 3; devices own 3; devices del 3
# ... and one whose device isn't there yet.
devices new 4; devices wake 4
wait_expired 4

real=$(node_count)
nodes >/tmp/before
listing >/tmp/listing
kept=$(nodes_below ws_device.2)
orphan=$(for n in /sys/class/wakeup/wakeup*; do [ -e "$n" ] || basename "$n"; done)
like "one node can't be made again" "$kept" '^wakeup[0-9]+$'
like "one is a link to nowhere, its device is gone" "$orphan" '^wakeup[0-9]+$'
exec 3</sys/class/wakeup/"$(nodes_below ws_device.1 | head -n 1)"/name

check "it loads" modprobe wakeup_nosysfs
is "the nodes are gone, but the one that stays" "$(ls /sys/class/wakeup)" "$kept"
is "and were nowhere else" "$(nodes_anywhere)" \
	"/sys/devices/platform/ws_device.2/wakeup/$kept"
is "nor are their directories" "$(find /sys/devices -name wakeup -type d)" \
	/sys/devices/platform/ws_device.2/wakeup
is "devices have their own files" "$(cat /sys/devices/platform/ws_device.1/power/wakeup)" enabled
refuse "a file that was open says so" cat <&3
exec 3<&-
is "wsdump lists the same" "$(listing)" "$(cat /tmp/listing)"
is "and says that it does not know devices" "$(wsdump --json | jq -r '[.wakeup_sources[] |
	select(.device != "?" and .name != "autosleep") | .device] | join(" ")')" ws_device.2
like "in the table as well" "$(wsdump | grep fixture-3)" '\?$'

# New ones, of each kind
printf new-one >$fixture/add
printf new-child >$fixture/add_child
devices add 4
devices new 5; devices add 5; devices wake 5; devices own 5
wait_for "new nodes go" nodes_gone "$kept" && pass "new nodes go"
is "their sources are there" "$(wsdump --json | jq -r '[.wakeup_sources[] | .name |
	select(test("^new-|^ws_device.[45]"))] | sort | join(" ")')" "new-child new-one ws_device.4 ws_device.5"

# Some that were there at first are gone when it is unloaded
control remove 7
devices del 0
new_one=$(id_of new-one)

check "it unloads" rmmod wakeup_nosysfs
nodes >/tmp/after
gone=$(awk '/ name=fixture-7$/ || / name=ws_device.0$/ { print $1 }' /tmp/before)
is "two are gone" "$(echo "$gone" | wc -l)" 2
without "$gone $orphan" /tmp/before >/tmp/expected
grep -F "$(cut -d ' ' -f 1 /tmp/expected | sort -u)" -w /tmp/after >/tmp/back
is "all others are back as they were, link by link and file by file" "$(diff /tmp/expected /tmp/back)" ""
is "a new one is there, by its own number" "$(name_of "wakeup$new_one")" new-one
is "below what it belongs to" "$(readlink "/sys/class/wakeup/wakeup$new_one")" \
	"../../devices/virtual/wakeup/wakeup$new_one"
is "so are those of new devices" "$(for n in $(nodes_below ws_device.4 ws_device.5); do name_of "$n"; done | sort | tr '\n' ' ')" \
	"ws_device.4 ws_device.5 ws_own "
is "each source has one, but those that had none" \
	"$(wsdump --json | jq -r '.wakeup_sources[] |
	select(.device != "?" and .name != "autosleep") | "wakeup\(.id)"' | sort)" \
	"$(ls /sys/class/wakeup | sort)"
is "the module's own source is gone" "$(id_of wakeup_nosysfs)" ""

# A node made by the kernel now is the same in all but its number
printf newest >$fixture/add
is "they are like those that the kernel makes" "$(shape "wakeup$new_one")" "$(shape "wakeup$(id_of newest)")"

# Sources that go after their nodes were made again, and again without
control remove 8
devices disown 5; devices del 5
nodes >/tmp/before
for i in 1 2 3 4 5; do
	modprobe wakeup_nosysfs && [ "$(ls /sys/class/wakeup)" = "$kept" ] && rmmod wakeup_nosysfs || break
	nodes >/tmp/after
	diff /tmp/before /tmp/after >/tmp/differ || break
done
is "five more rounds" "$i $(cat /tmp/differ)" "5 "

check "it loads with nothing of ours there" sh -c 'rmmod ws_devices ws_fixture && modprobe wakeup_nosysfs'
is "no node is left" "$(ls /sys/class/wakeup)" ""
check "and unloads" rmmod wakeup_nosysfs
check "to what the machine has" test "$(node_count)" -lt "$real"

done_testing
