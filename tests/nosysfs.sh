# SPDX-License-Identifier: GPL-2.0-only
# For tests of wakeup_nosysfs.ko: what is in /sys/class/wakeup.

need_devices() {
	insmod /tests/ws_devices.ko || fail "the module of devices loads"
}

# devices WORDS...: a command for it, see tests/fixture/ws_devices.c
devices() {
	echo "$*" >/sys/kernel/debug/ws_devices
}

node_count() {
	ls /sys/class/wakeup | wc -l
}

# shape NODE: its files and links, with their modes, owners and targets
shape() {
	(cd "/sys/class/wakeup/$1/" && ls -ln | awk 'NF > 2 { print $1, $2, $3, $4, $9, $10, $11 }')
}

# All nodes, a line for each link, file and value, which begins with the node's name.
nodes() {
	for _node in $(ls /sys/class/wakeup); do
		echo "$_node $(readlink "/sys/class/wakeup/$_node")"
		[ -e "/sys/class/wakeup/$_node" ] || continue
		{
			shape "$_node"
			(cd "/sys/class/wakeup/$_node/" && grep -s '' * | sed 's/:/=/')
		} | sed "s/^/$_node /"
	done
}

# nodes_below DEVICE...: of platform devices
nodes_below() {
	for _dev; do
		ls "/sys/devices/platform/$_dev/wakeup"
	done
}

# nodes_gone [NODES]: all nodes but these go, within some seconds
nodes_gone() {
	for _i in $(seq 100); do
		[ "$(ls /sys/class/wakeup)" = "${1:-}" ] && return
		sleep 0.1
	done
	ls /sys/class/wakeup
	return 1
}

# without "NODES" FILE: what nodes() said, without some of them
without() {
	awk -v nodes="$1" 'BEGIN { n = split(nodes, a); for (i = 1; i <= n; i++) not[a[i]] = 1 }
		!($1 in not)' "$2"
}
