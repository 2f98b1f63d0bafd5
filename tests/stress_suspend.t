# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12 debug kcsan
# quick: debug
# The system is suspended, as far as the kernel's test of it goes: see stress.sh.
. ./lib.sh
. ./stress.sh

suspend() {
	echo freeze >/sys/power/state 2>/dev/null && happened
	sleep 0.3
}

check "the kernel can pretend to" test -e /sys/power/pm_test
echo devices >/sys/power/pm_test
echo 0 >/sys/module/suspend/parameters/pm_test_delay
# The kernel gives up, with a trace of each task that did not freeze, after 20 seconds: less than
# a program takes to be verified on a busy machine with a kernel that checks all it does.
echo 600000 >/sys/power/pm_freeze_timeout	# milliseconds
begin
meanwhile suspend
meanwhile listing a
snapshots $many
finish
done_testing
