# SPDX-License-Identifier: GPL-2.0-only
# For tests of wakeup_nosysfs.ko: what is in /sys/class/wakeup.

need_devices() {
	insmod /tests/ws_devices.ko || fail "the module of devices loads"
}

# devices WORDS...: a command for it, see tests/fixture/ws_devices.c
devices() {
	echo "$*" >/sys/kernel/debug/ws_devices
}

# Autosleep's own node, where there is one, is not of that class (see lib.sh): it stays.
nodes_anywhere() {
	find /sys/devices -name 'wakeup[0-9]*' | while read -r _node; do
		[ "$(cat "$_node/name") ${_node%/*}" = "autosleep /sys/devices" ] || echo "$_node"
	done
}

node_count() {
	ls /sys/class/wakeup | wc -l
}

# shape NODE: its files and links, with their modes, owners and targets
shape() {
	(cd "/sys/class/wakeup/$1/" && ls -ln | awk 'NF > 2 { print $1, $2, $3, $4, $9, $10, $11 }')
}

# All nodes, a line for each link, file and value, which begins with the node's name. (A
# process for each of them would take long on a kernel that checks what it does.)
nodes() (
	cd /sys/class/wakeup || exit
	ls -l | awk '/ -> / { print $9, $11 }'
	ls -ln */ 2>/dev/null | awk '
		/^wakeup[0-9]*\/:$/ { node = $1; sub("/:", "", node); next }
		NF > 2 { print node, $1, $2, $3, $4, $9, $10, $11 }'
	grep -s '' */* | sed 's|/| |; s|:|=|'
)

# nodes_below DEVICE...: of platform devices
nodes_below() {
	for _dev; do
		ls "/sys/devices/platform/$_dev/wakeup"
	done
}

# nodes_gone [NODES]: all nodes but these are gone
nodes_gone() {
	[ "$(ls /sys/class/wakeup)" = "${1:-}" ]
}

# without "NODES" FILE: what nodes() said, without some of them
without() {
	awk -v nodes="$1" 'BEGIN { n = split(nodes, a); for (i = 1; i <= n; i++) not[a[i]] = 1 }
		!($1 in not)' "$2"
}
