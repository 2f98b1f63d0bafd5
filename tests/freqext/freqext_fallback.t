# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree
# rows: 6.12 6.12-cloud 6.12-rt 7.2 7.3 debug kcsan
# quick: debug kcsan
# checked: no
# cpu: constant_tsc
# wakes: key
# When an author goes, policies stay within their limits as the module's parameter says; also while
# CPUs go offline, drivers are unloaded and the system is suspended.
. lib/lib.sh
. freqext/freqext.sh

modprobe cpufreq_ext
parameter=/sys/module/cpufreq_ext/parameters/fallback
is "it is performance if nobody says otherwise" "$(cat $parameter)" performance
refuse "a word that means nothing is refused" sh -c "echo fast >$parameter"

for kind in table fast 'table per_policy=2'; do
	# shellcheck disable=SC2086
	driver kind=$kind
	for way in performance:2500000 powersave:1000000 hold:2000000; do
		echo "${way%:*}" >$parameter
		begin_probe
		is "$kind: an author comes" "$(probe attach probe)" 0
		govern probe
		probe request 0 2000000 >/dev/null
		becomes "$kind: a request holds" 0 2000000
		echo 1000000 >$cpufreq/policy0/scaling_min_freq
		echo 2500000 >$cpufreq/policy0/scaling_max_freq
		kill -9 $probe_pid
		exec 8>&- 9<&-
		wait $probe_pid
		wait_for "its author is gone" gone probe
		becomes "${way%:*}: the policy is at its limit, or where it was" 0 "${way#*:}"
		echo 1500000 >$cpufreq/policy0/scaling_min_freq
		echo 1500000 >$cpufreq/policy0/scaling_max_freq
		is "limits hold without an author" "$(khz 0)" 1500000
		echo 3000000 >$cpufreq/policy0/scaling_max_freq
		echo 500000 >$cpufreq/policy0/scaling_min_freq
		govern schedutil
	done
done
like "the kernel has said it in a line" "$(dmesg | grep 'has lost its author')" 'governor probe has lost its author: [12] policies are in fallback'
echo performance >$parameter

# A CPU of a policy goes: it is stopped, and started with the rest.
driver kind=table per_policy=2
begin_probe
is "an author comes" "$(probe attach probe)" 0
govern probe
probe request 1 2000000 >/dev/null
becomes "a request of a CPU holds" 0 2000000
echo 0 >/sys/devices/system/cpu/cpu1/online
becomes "and ends with the CPU" 0 500000
is "which takes none" "$(probe request 1 2000000)" -19
echo 1 >/sys/devices/system/cpu/cpu1/online
is "till it is back" "$(probe request 1 1500000)" 0
becomes "with one" 0 1500000
is "each start has its stop" "$(probe count probe | grep -oE 'starts=3|stops=2' | tr '\n' ' ')" "starts=3 stops=2 "

driver kind=table
govern probe
echo 0 >/sys/devices/system/cpu/cpu1/online
echo 1 >/sys/devices/system/cpu/cpu1/online
is "a policy that was offline has its governor again" "$(governor 1)" probe
is "and takes requests" "$(probe request 1 1500000)" 0
becomes "at once" 1 1500000

# Debian's kernels for clouds can't pretend to: there a key wakes it
[ ! -e /sys/power/pm_test ] || pretend_to_suspend
check "the system is suspended" sh -c 'echo mem >/sys/power/state'
is "and has its governor" "$(governor 0)" probe
probe request 0 2500000 >/dev/null
becomes "and its requests" 0 2500000

is "a CPU is looked at that goes" "$(probe leave probe)" 0
echo 0 >/sys/devices/system/cpu/cpu1/online
is "its requests for others are refused in its last steps" "$(probe left probe)" "1 -19"
end_probe
wait_for "the governor goes while a policy is offline" gone probe
echo 1 >/sys/devices/system/cpu/cpu1/online
refuse "which then has another one" test "$(governor 1)" = probe
is "the other is in fallback" "$(governor 0) $(khz 0)" "probe 3000000"
no_driver
is "a driver that goes takes the last policies with it" "$(ls $ext)" ""

# An author that goes at the moment when the core takes a governor from a policy for good.
cpu_goes() { echo 0 >/sys/devices/system/cpu/cpu1/online; }
cpu_is_back() { echo 1 >/sys/devices/system/cpu/cpu1/online; }
driver_is_back() { insmod ./cpufreq_dummy.ko kind=table; }
for way in cpu:cpu_goes:cpu_is_back driver:no_driver:driver_is_back; do
	leaves=${way#*:}
	driver kind=table
	begin_probe
	is "an author comes" "$(probe attach probe)" 0
	govern probe
	is "a ${way%%:*} that leaves takes its time" "$(probe linger probe)" 0
	${leaves%:*} & leaver=$!
	is "and the governor goes meanwhile" "$(probe meet probe)" 1
	wait $leaver
	is "the ${way%%:*} leaves" $? 0
	end_probe
	check "and comes back" ${leaves#*:}
	refuse "without that governor" grep -q probe $cpufreq/policy1/scaling_governor
	no_driver
	is "nothing is left" "$(ls $ext)" ""
done

done_freqext
