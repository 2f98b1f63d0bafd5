# SPDX-License-Identifier: GPL-2.0-only
# modes: in-tree
# rows: 7.2 7.3
# quick: no
# checked: no
# cpu: constant_tsc
# With a scheduler of sched_ext the governor util does what that asks for by sched_ext's own
# function, and the scheduler can call the module's functions, too.
. lib/lib.sh
. freqext/freqext.sh

schedules() {
	[ "$(cat /sys/kernel/sched_ext/state)" = enabled ]
}

# with PERF KHZ: have the scheduler
with() {
	rm -f /tmp/scx
	mkfifo /tmp/scx
	./scx "$@" </tmp/scx >/tmp/scx.out 2>&1 &
	scx=$!
	exec 7>/tmp/scx
	wait_for "the scheduler runs" schedules || cat /tmp/scx.out
}

without() {
	exec 7>&-
	wait $scx
}

modprobe cpufreq_ext
driver kind=table
check "util is loaded" freqext load util
# 1.61 of 3 GHz. Till less than seven eighths are needed it keeps what it had, at most 1.84.
with 440 0
becomes "a CPU has what the scheduler asked for, and a quarter more" 1 2000000
becomes "so has the other" 0 2000000
without
with 1024 0
becomes "it asks for more" 1 3000000
without
becomes "without it, use counts" 1 500000
check "util is unloaded" freqext unload util
wait_for "util goes" gone util

begin_probe
probe attach probe >/dev/null
govern probe
with 1024 1500000
becomes "requests of the scheduler's own count, for another CPU" 0 1500000
becomes "and the other way round" 1 1500000
is "nobody else's" "$(governor 0)" probe
without
end_probe
wait_for "probe goes" gone probe
govern schedutil
is "the scheduler ended as it was told to" "$(dmesg | grep -c 'sched_ext.*runtime error')" 0

done_freqext
