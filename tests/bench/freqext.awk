# SPDX-License-Identifier: GPL-2.0-only
# The figures of tests/bench/freqext as a table, and against what they may be: the exit status
# is 1 if one is above.

$1 == "kernel" { printf "\nLinux %s, instructions\n", $2; next }
$1 == "request" || $1 == "suppressed" { value[$1] = $2; next }
{
	value[$1, $2, $3] = $4
	transitions[$1, $2, $3] = $5
	printf "  %-9s %-12s driver %-6s %9d a turn, %5.2f transitions\n", $1, $2, $3, $4, $5
}

# What a governor adds to a turn without one, for one transition.
function transition(governor, driver,	n) {
	n = transitions["toggle", governor, driver]
	return n ? (value["toggle", governor, driver] - value["toggle", "performance", driver]) / n : 0
}

function added(governor, driver) {
	return value["sleep", governor, driver] - value["sleep", "performance", driver]
}

function gate(what, is, may, unit) {
	printf "%-62s %9.2f  %s %s%s\n", what, is, unit == "least" ? "at least" : "at most", may, \
		(unit == "least" ? is >= may : is <= may) ? "" : "   MISSED"
	if (unit == "least" ? is < may : is > may)
		missed = 1
}

function share(x, y) {
	return y ? x / y : 0
}

END {
	print ""
	gate("a request, interrupts off", value["request"], 450)
	gate("one that is equal to the last", value["suppressed"], 80)
	printf "%-62s %9d and %d\n", "a transition by the thread: schedutil, vip", transition("schedutil", "table"), transition("vip", "table")
	gate("  vip / schedutil", share(transition("vip", "table"), transition("schedutil", "table")), 1.15)
	printf "%-62s %9d and %d\n", "a fast switch: schedutil, vip", transition("schedutil", "fast"), transition("vip", "fast")
	gate("  vip / schedutil", share(transition("vip", "fast"), transition("schedutil", "fast")), 1.3)
	printf "%-62s %9d and %d\n", "a write of scaling_setspeed, of a hint", value["setspeed", "userspace", "table"], value["hint", "hint", "table"]
	gate("  setspeed / hint", share(value["setspeed", "userspace", "table"], value["hint", "hint", "table"]), 10, "least")
	printf "%-62s %9d and %d\n", "added to a sleep and a wake-up: schedutil, util", added("schedutil", "fast"), added("util", "fast")
	gate("  util / schedutil", share(added("util", "fast"), added("schedutil", "fast")), 1.5)
	print ""
	exit missed
}
