# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree
# rows: 6.12 6.12-cloud 6.12-rt 7.2 7.3 debug kcsan
# quick: debug kcsan
# checked: no
# cpu: constant_tsc
# From a request to a frequency: on each kind of driver, within limits, from any CPU, the highest
# of a policy's CPUs; and what is no request.
. lib/lib.sh
. freqext/freqext.sh

modprobe cpufreq_ext
for kind in table target fast 'fast notifier=1' 'fast anywhere=1' 'table sleep_us=2000'; do
	# shellcheck disable=SC2086
	driver kind=$kind
	begin_probe
	is "$kind: a governor is attached" "$(probe attach probe)" 0
	check "policies select it" govern probe
	becomes "without a request it is the lowest" 0 500000
	is "a request is taken" "$(probe request 0 2000000)" 0
	becomes "and carried out" 0 2000000
	is "that of another policy, too" "$(probe request 1 1700000)" 0
	case $kind in
	target) becomes "as it is" 1 1700000 ;;
	*) becomes "by the next frequency that there is" 1 2000000 ;;
	esac
	is "perf 1024 is taken" "$(probe perf 0 1024)" 0
	becomes "and is the highest frequency" 0 3000000
	echo 1500000 >$cpufreq/policy0/scaling_max_freq
	is "a lower limit holds at once" "$(khz 0)" 1500000
	is "above which a request" "$(probe request 0 2500000)" 0
	becomes "has no effect" 0 1500000
	echo 3000000 >$cpufreq/policy0/scaling_max_freq
	is "till the limit is gone" "$(khz 0)" 2500000
	echo 2000000 >$cpufreq/policy0/scaling_min_freq
	is "a request is released" "$(probe release 0)" 0
	becomes "and it is the lowest that is allowed" 0 2000000
	echo 500000 >$cpufreq/policy0/scaling_min_freq
	is "which then is lower" "$(khz 0)" 500000
	check "a write to scaling_setspeed is taken" sh -c "echo 1000000 >$cpufreq/policy0/scaling_setspeed"
	becomes "by what the governor does of it" 0 1000000
	is "and can be read there" "$(cat $cpufreq/policy0/scaling_setspeed)" 1000000
	is "the driver was never asked for what limits forbid" "$(cat $dummy/outside)" 0
	is "nothing has failed" "$(stat probe errors)" 0
	end_probe
	wait_for "the governor goes" gone probe
	govern schedutil
done

begin_probe
probe attach probe >/dev/null
govern probe
is "a CPU that can't be" "$(probe request 4096 1)" -22
is "no frequency" "$(probe request 0 0)" -22
is "a CPU that is not there" "$(probe perf 4096 1)" -22
is "nor to be released" "$(probe release 4294967295)" -22
is "perf 1025" "$(probe perf 0 1025)" -34
is "perf 0 is the lowest" "$(probe perf 0 0)" 0
becomes "of all" 0 500000
is "the CPUs of a policy: the first" "$(probe next 0 -1)" 0
is "and no more" "$(probe next 0 0)" "$(probe next 0 0)"
check "which is the number of CPUs" test "$(probe next 0 0)" -ge "$(nproc)"
is "of a CPU that can't be there are none" "$(probe next 4096 -1)" "$(probe next 0 0)"

before=$(stat probe suppressed)
probe request 0 1000000 >/dev/null
probe request 0 1000000 1000 >/dev/null
is "equal requests are told apart" "$(($(stat probe suppressed) - before))" 1000
becomes "and lead nowhere" 0 1000000
is "who asks for what is in sysfs" "$(cut -d ' ' -f 1-2 $ext/probe/live)" "0 1000000"
echo Y >$dummy/fail
errors=$(stat probe errors)
probe request 0 2000000 >/dev/null
wait_for "a driver that fails is counted" eval '[ "$(stat probe errors)" -gt "$errors" ]' && pass "a driver that fails is counted"
echo N >$dummy/fail
probe request 0 2500000 >/dev/null
becomes "and asked again" 0 2500000
is "limits() itself may ask for too much" "$(probe now probe limit_request 4294967295)" 0
echo 1500000 >$cpufreq/policy0/scaling_max_freq
is "limits win over what its own limits() asks for" "$(khz 0)" 1500000
govern schedutil
is "without a BPF governor a CPU has no requests" "$(probe request 0 1000000)" -19
end_probe

driver kind=table per_policy=2
begin_probe
probe attach probe >/dev/null
govern probe
probe request 0 1000000 >/dev/null
probe request 1 2000000 >/dev/null
becomes "CPUs with one frequency have the higher of their requests" 0 2000000
is "the next CPU is told" "$(probe next 0 0)" 1
probe release 1 >/dev/null
becomes "when that is gone the other's counts" 0 1000000
end_probe
wait_for "the governor goes" gone probe
govern schedutil

done_freqext
