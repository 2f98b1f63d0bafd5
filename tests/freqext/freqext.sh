# SPDX-License-Identifier: GPL-2.0-only
# For the tests of freqext: a driver with nothing behind it, and probe.c, which is talked to by
# two pipes.

cpufreq=/sys/devices/system/cpu/cpufreq
ext=/sys/kernel/cpufreq_ext
dummy=/sys/module/cpufreq_dummy/parameters

# what a system has
mkdir -p /run

# driver WORDS...: another one, see tests/fixture/cpufreq_dummy.c; all start with schedutil
driver() {
	no_driver
	insmod ./cpufreq_dummy.ko "$@" || fail "the driver loads"
	govern schedutil
}

no_driver() {
	[ ! -e /sys/module/cpufreq_dummy ] || rmmod cpufreq_dummy
}

# govern GOVERNOR [POLICY...]: all without POLICY
govern() {
	_governor=$1
	shift
	[ $# != 0 ] || set -- $(ls $cpufreq | sed -n 's/^policy//p')
	for _policy; do
		echo "$_governor" >$cpufreq/policy"$_policy"/scaling_governor || return
	done
}

governor() {
	cat $cpufreq/policy"$1"/scaling_governor
}

khz() {
	cat $cpufreq/policy"$1"/scaling_cur_freq
}

# khz_is POLICY KHZ: does it run at that?
khz_is() {
	echo "policy$1 runs at $(khz "$1")"
	[ "$(khz "$1")" = "$2" ]
}

# becomes WHAT POLICY KHZ: a request is carried out a moment later, in an interrupt or a thread
becomes() {
	wait_for "$1" khz_is "$2" "$3" && pass "$1"
}

# stat GOVERNOR FILE
stat() {
	cat "$ext/$1/$2"
}

# --- probe -----------------------------------------------------------------------

begin_probe() {
	rm -f /tmp/probe.in /tmp/probe.out
	mkfifo /tmp/probe.in /tmp/probe.out
	./probe </tmp/probe.in >/tmp/probe.out &
	probe_pid=$!
	exec 8>/tmp/probe.in 9</tmp/probe.out
}

# probe WORDS...: its answer to a line, on standard output
probe() {
	echo "$*" >&8
	read -r _answer <&9
	echo "$_answer"
}

# end_probe: by the end of its input
end_probe() {
	exec 8>&- 9<&-
	wait $probe_pid
}

# gone NAME: the kernel frees a governor when the last process that had it has ended
gone() {
	! grep -qw "$1" $cpufreq/policy0/scaling_available_governors
}

module_unloads() {
	[ ! -e /sys/module/cpufreq_ext ] || rmmod cpufreq_ext
}

# The end of each test: nothing holds the module.
done_freqext() {
	no_driver
	wait_for "the module unloads" module_unloads && pass "the module unloads"
	done_testing
}
