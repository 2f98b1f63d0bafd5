# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12
# checked: no
# wsdump run says how long the system slept meanwhile: a suspend to memory, from which the clock
# wakes it.
. lib/lib.sh

modprobe wakeup_kfuncs
run wsdump run -- true
like "no sleep, no word of it" "$(echo "$err" | sed -n 1p)" '^[0-9.]+m?s awake: '
suspends=$(cat /sys/power/suspend_stats/success)
run wsdump run -- sh -c 'echo +5 >/sys/class/rtc/rtc0/wakealarm && echo mem >/sys/power/state'
is "a suspend" "$status $(cat /sys/power/suspend_stats/success)" "0 $((suspends + 1))"
like "of some seconds is said" "$(echo "$err" | sed -n 1p)" '^[0-9.]+m?s awake, [3-9]\.[0-9]+s asleep: '

done_testing
