# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12 debug kcsan
# quick: ci debug
# The system is suspended, as far as the kernel's test of it goes: see stress.sh.
. lib/lib.sh
. lib/stress.sh

suspend() {
	suspend_once && happened
	pause
}

check "the kernel can pretend to" test -e /sys/power/pm_test
pretend_to_suspend
begin
time_listing
meanwhile suspend
meanwhile listing a
snapshots
finish
done_testing
