# SPDX-License-Identifier: GPL-2.0-only
# wakes: keys
# modes: module in-tree
# rows: 6.1 6.12 6.12-rt 7.2 7.3
# quick: ci
# Suspend to idle, from which a key wakes. Here the kernel notes the interrupt that did.
. lib/lib.sh

says() {
	jq -r "$@" /tmp/why
}

[ "$MODE" = in-tree ] || modprobe wakeup_kfuncs
modprobe -a i8042 atkbd
keyboard=/sys/bus/serio/devices/serio0
wait_for "the keyboard has a driver" test -e $keyboard/driver
echo enabled >$keyboard/power/wakeup

run wsdump run -- sh -c 'echo freeze >/sys/power/state'
is "suspend to idle ends with a key" "$status" 0
like "wsdump run says so" "$err" '^Slept +[0-9.]+m?s (by the log, as the clock went on|in suspend): 1 succeeded, 0 failed$'
like "and by what" "$(echo "$err" | tr -s ' \n' ' ')" "Woken by IRQ 1: .*driver atkbd; named by /sys/power/pm_wakeup_irq echo disabled >/sys/bus/serio/devices/serio0/power/wakeup"
check "wsdump why does" sh -c 'wsdump why --json >/tmp/why'
is "that it slept, and how" "$(says '.suspends.last | .outcome, .kind')" "succeeded
s2idle"
is "the interrupt's device" "$(says '.woken_by[0] | .name, .device')" "IRQ 1
$(readlink -f $keyboard)"
run wsdump why
like "for people, too" "$out" '^Last suspend s2idle, the machine slept, over at '
like "with the rule that forbids it for good" "$out" '^ +ACTION=="add", SUBSYSTEM=="serio", KERNEL=="serio0", ATTR\{power/wakeup\}="disabled"$'

# the rule's attribute is what the command writes
sh -c "$(says '.woken_by[0].command')" >/dev/null
is "the command forbids it" "$(cat $keyboard/power/wakeup)" disabled
done_testing
