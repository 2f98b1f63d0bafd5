# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12 debug kcsan
# quick: ci debug kcsan
# Processors come and go: see stress.sh.
. lib/lib.sh
. lib/stress.sh

cpu1=/sys/devices/system/cpu/cpu1/online

hotplug() {
	echo 0 >$cpu1 && echo 1 >$cpu1 && happened
}

check "there is one that can" test -e $cpu1
# No task is left on a processor that goes, but 6.12 counts a server for the tasks of its fair
# class, which may be, as one. Then sched_cpu_dying() warns, with or without our modules: in
# half an hour it does, and the runqueue that it prints has one task of two.
check "no server is counted as a task" stop_servers
begin
meanwhile hotplug
meanwhile listing a
snapshots
finish
is "all are there again" "$(cat $cpu1)" 1
done_testing
