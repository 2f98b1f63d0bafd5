# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree
# rows: 6.12 6.12-cloud 6.12-rt 7.2 7.3
# checked: no
# cpu: constant_tsc
# quick: ci
# The governors vip, util and hint, and the example of the page, do what they say.
. lib/lib.sh
. freqext/freqext.sh

# CPU 1 is for those that the test puts there: whatever else runs there ends a VIP's request.
taskset -pc 0 $$ >/dev/null

mkdir -p /sys/fs/cgroup
mount -t cgroup2 none /sys/fs/cgroup
mkdir /sys/fs/cgroup/fast

# spin: a process that runs all the time, on a CPU; its pid is in $spin
spin() {
	taskset -c "$1" sh -c 'while :; do :; done' &
	spin=$!
}

stop_spin() {
	kill $spin
	wait $spin 2>/dev/null
}

# status_names TASK: does it, for the last policy?
status_names() {
	freqext -rn -o policy,request,task >/tmp/status
	cat /tmp/status
	tail -n 1 /tmp/status | grep -q "$1\$"
}

# What has a timer: hint, and the example of the page. $kind and $last are the driver's.
hint_does() {
	freqext load hint
	becomes "hint: without one it is the lowest" "$last" 500000
	freqext hint --cpu 1 --perf 512 --for 1000s
	becomes "one for a CPU is carried out" "$last" 1500000
	freqext hint --cpu 1 --perf 1024 --for 1000s
	becomes "and replaced" "$last" 3000000
	freqext hint --cpu 1 --for 0
	becomes "and taken back" "$last" 500000
	freqext hint --cpu 1 --perf 1024 --for 100ms
	becomes "one that nobody takes back ends by itself" "$last" 500000
	spin 1
	freqext hint --pid $spin --perf 1024 --for 1000s
	becomes "one for a process is where it runs" "$last" 3000000
	stop_spin
	becomes "and goes with it" "$last" 500000
	spin 1
	echo $spin >/sys/fs/cgroup/fast/cgroup.procs
	freqext hint --cgroup /sys/fs/cgroup/fast --perf 1024 --for 1000s
	becomes "one for a cgroup is, too" "$last" 3000000
	freqext hint --cgroup /sys/fs/cgroup/fast --perf 0 --for 0
	becomes "and can be taken back" "$last" 500000
	stop_spin
	freqext unload hint
	wait_for "hint goes" gone hint
}

page_does() {
	check "the example of the page loads" freqext load ./example.bpf.o
	spin 1
	becomes "and goes up with work" "$last" 3000000
	stop_spin
	pause=2		# to look is work as well
	becomes "and down without" "$last" 500000
	pause=0.1
	freqext unload steps
	wait_for "it goes" gone steps
}

# needs_timers GOVERNOR: it says why it can't be loaded
needs_timers() {
	fails "$kind: $1 on this kernel" 1 "Operation not supported: this kernel has PREEMPT_RT, and takes no program with a bpf_timer" \
		freqext load "$1"
	is "and nothing is changed" "$(governor "$last")" schedutil
}

timers=1
case $(uname -v) in
*PREEMPT_RT*) timers= ;;
esac

for kind in table fast 'table per_policy=2'; do
	# shellcheck disable=SC2086
	driver kind=$kind
	last=$(ls $cpufreq | sed -n 's/^policy//p' | sort -n | tail -n 1)

	# --- vip
	spin 1
	freqext load vip --pid $spin
	becomes "$kind: vip: a process that is one has the highest frequency" "$last" 3000000
	wait_for "and status knows it" status_names sh && pass "and status knows it"
	[ "$last" = 0 ] || is "a policy without one has the lowest" "$(khz 0)" 500000
	echo 1500000 >$cpufreq/policy"$last"/scaling_max_freq
	becomes "within limits" "$last" 1500000
	echo 3000000 >$cpufreq/policy"$last"/scaling_max_freq
	stop_spin
	becomes "it ends, and so does that" "$last" 500000
	spin 1
	becomes "another process is none" "$last" 500000
	stop_spin
	freqext unload vip
	wait_for "vip goes" gone vip
	freqext run vip -- taskset -c 1 sh -c 'while :; do :; done' &
	run=$!
	becomes "the command of run is one" "$last" 3000000
	kill $run
	wait $run
	wait_for "vip goes" gone vip

	if [ "$timers" ]; then
		hint_does
	else
		needs_timers hint
	fi

	# --- util
	freqext load util
	spin 1
	becomes "util: a CPU that is busy has the highest frequency" "$last" 3000000
	stop_spin
	becomes "and the lowest when it is idle" "$last" 500000
	freqext unload util
	wait_for "util goes" gone util

	if [ "$timers" ]; then
		page_does
	else
		needs_timers ./example.bpf.o
	fi
	is "policies have what they had" "$(governor 0)" schedutil
done

# --- vip by name and cgroup
driver kind=table
freqext load vip --comm ffmpeg --cgroup /sys/fs/cgroup/fast
# shellcheck disable=SC2016
taskset -c 1 sh -c 'printf ffmpeg >/proc/$$/comm; while :; do :; done' &
spin=$!
becomes "vip: a task by its name" 1 3000000
stop_spin
becomes "and none without" 1 500000
spin 1
echo $spin >/sys/fs/cgroup/fast/cgroup.procs
becomes "one in a cgroup" 1 3000000
echo $spin >/sys/fs/cgroup/cgroup.procs
becomes "and out of it" 1 500000
stop_spin
freqext unload vip
wait_for "vip goes" gone vip

done_freqext
