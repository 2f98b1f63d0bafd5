# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree
# rows: 6.12 6.12-rt 7.2 7.3 debug kcsan
# quick: no debug kcsan
# checked: no
# Storms of commands in NMI and in tasks, on all CPUs: nothing is lost, and nothing but that
# happens, whatever is detached meanwhile. (What 7.x's timer_stress tests do, and more.)
. lib/lib.sh
. nmi_defer/nmi_defer.sh

seconds=$(option stress_seconds 4)
need_nmis
taps ./storm "$seconds" 1000 lone
taps ./storm "$seconds" 1000 shared
taps ./storm "$seconds" 1000 detach
for where in hrtimer_start_range_ns irq_work_queue hrtimer_try_to_cancel; do
	echo $where >$nmis/aim 2>/dev/null || { echo "# no aiming at $where here"; continue; }
	taps ./storm "$seconds" 500 shared
	taps ./storm "$seconds" 500 detach
	echo >$nmis/aim
done
unload

done_testing
