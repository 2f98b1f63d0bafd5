# SPDX-License-Identifier: GPL-2.0-only
# wakes: alarm key alarm
# modes: module in-tree
# wsdump why and wsdump run over real suspends: one that an active source aborts, one that a
# device fails, one that the alarm ends and one that a key ends.
. lib/lib.sh
. lib/screen.sh

why() {
	wsdump why --json >/tmp/why || fail "wsdump why" "$?"
}

# of what the last why() wrote
says() {
	jq -r "$@" /tmp/why
}

alarm=/sys/class/rtc/rtc0/device
alarm=$(readlink -f $alarm)
may_wake=$(grep -lx enabled /sys/bus/*/devices/*/power/wakeup /sys/class/*/*/power/wakeup 2>/dev/null |
	while read -r file; do readlink -f "${file%/power/wakeup}"; done | sort -u)

# --- without kfuncs, and before any suspend

run setpriv --bounding-set=-all,+syslog --inh-caps=-all wsdump why
is "without capabilities it answers as far as it can" "$status$err" 0
like "and says what is missing" "$out" "^Not read +wakeup sources by BPF; .*"
why
is "there was no suspend yet" "$(says '.suspends | .success, .fail, .last')" "0
0
null"
is "all devices are there that may wake it" "$(says '.may_wake[].device' | sort)" "$may_wake"
is "each with a command and a rule" "$(says '.may_wake[] | select((.command | test("^echo disabled >/sys/.*/power/wakeup$") | not) or .udev_rule == null) | .name')" ""
command=$(says ".may_wake[] | select(.device == \"$alarm\") | .command")
check "the command is one" test -n "$command"
sh -c "$command" >/dev/null
is "and forbids it" "$(cat "$alarm/power/wakeup")" disabled
why
is "which is seen" "$(says ".may_wake[] | select(.device == \"$alarm\")")" ""
echo enabled >"$alarm/power/wakeup"

[ "$MODE" = in-tree ] || modprobe wakeup_kfuncs
need_fixture
control many 4
control stay 2
why
# Debian's kernels for clouds are built without CONFIG_PM_SLEEP_DEBUG.
missing="interrupt that woke"
[ ! -e /sys/power/pm_wakeup_irq ] || missing=
is "with the module nothing is missing that the kernel has" "$(says '.unknown[].name')" "$missing"
is "what is active" "$(says '.active[] | .name, (.active_time_ns > 0), .what')" "fixture-2
true
of no device"
control relax 2

# --- aborted by a source

cat /sys/power/wakeup_count >/tmp/count
cat /tmp/count >/sys/power/wakeup_count
control stay 1
run wsdump run -- sh -c 'echo mem >/sys/power/state'
like "a suspend that a source aborts failed" "$err" '^Slept +0 in suspend: 0 succeeded, 1 failed$'
like "and by which" "$(echo "$err" | tr -s ' \n' ' ')" 'Aborted by fixture-1: of no device; active since [0-9.]+[mu]?s before the suspend'
why
is "why says so, too" "$(says '.suspends.fail, .suspends.last.outcome, .woken_by[].name')" "1
failed
fixture-1"
control relax 1

# --- failed by a device

insmod /tests/ws_failing.ko
run wsdump run -- sh -c 'echo mem >/sys/power/state'
like "a suspend that a device fails" "$err" '^Slept +0 in suspend: 0 succeeded, 1 failed$'
like "is that device's" "$err" '^Aborted by +ws_failing: driver ws_failing; the kernel.s log:'
like "in words" "$err" '^Failure +step suspend, error -5, Input/output error'
why
is "in JSON as well" "$(says '.suspends | .failed_suspend, .last_failed_dev, .last_failed_errno')" "1
ws_failing
-5"
command=$(says '.woken_by[] | select(.name == "ws_failing") | .command')
sh -c "$command" >/dev/null
refuse "the command takes its driver away" test -e /sys/bus/platform/devices/ws_failing/driver
rmmod ws_failing

# --- ended by the alarm

run wsdump run --json -w /tmp/run -- rtcwake -m mem -s 5
is "a suspend that the alarm ends" "$status $(jq -c '[.suspends.success, .suspends.fail]' /tmp/run)" "0 [1,2]"
check "took its time" jq -e '.suspends.asleep_ns > 2e9 and .told_ns == 5e9' /tmp/run
why
is "it slept" "$(says '.suspends.last | .outcome, .kind')" "succeeded
deep"
is "and the alarm's device woke it" "$(says ".woken_by[] | select(.device == \"$alarm\") | .what" | grep -c rtc0)" 1
like "of which it says what to do" "$(says '.woken_by[] | select(.device != null) | .command, .udev_rule')" '^echo disabled >/sys/bus/(pnp|platform)/devices/.*/power/wakeup$'

# --- ended by a key, much earlier than it was told

run wsdump run -- rtcwake -m mem -s 1000
like "one that a key ends woke early" "$(echo "$err" | tr -s ' \n' ' ')" '; woke 1[56]m[0-9]+s early, after [0-9.]+m?s of 16m40s '
# From some version on it is the button's driver, a module that is not here, that has the source.
woken="Woken by LNXPWRBN:00: power button; its event came [0-9.]+[mu]?s after the "
grep -qx LNXPWRBN:00 /sys/class/wakeup/*/name || woken="Woken by not known: no interrupt was noted"
like "by what the firmware takes for the power button" "$(echo "$err" | tr -s ' \n' ' ')" "$woken"

# --- as people see it

# the heading is there when the trace has begun
start 'stty cols 80; wsdump trace --svg /tmp/sleep.svg >/tmp/lines & until [ -s /tmp/lines ]; do sleep 0.1; done; rtcwake -m mem -s 3 >/dev/null; kill $!; wait; wsdump why'
shows "it is on a screen of 80 columns" '^May wake '
check "all of it" test "$(screen | sed -n 1p | grep -c '^Active now')" = 1
screen
like "a trace has the suspend" "$(cat /tmp/lines)" '^ +[0-9.]+ suspend +- at 2[0-9-]+ [0-9:]+$'
like "and the resume" "$(cat /tmp/lines)" '^ +[0-9.]+ resume +[0-9.]+s at 2[0-9-]+ [0-9:]+$'
like "and the sum of it" "$(cat /tmp/lines)" '^Suspended 1 time, for [0-9.]+s in all'
like "so has its picture" "$(cat /tmp/sleep.svg)" '^<path class="sleep" .*<title>suspended for [0-9.]+s, from '
t kill-server

fails "an argument" 2 "unexpected argument 'x': try 'wsdump why --help'" wsdump why x
fails "a full disk" 1 "can't write to standard output: No space left" sh -c 'wsdump why >/dev/full'
done_testing
