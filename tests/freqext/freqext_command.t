# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree
# rows: 6.12 6.12-cloud 6.12-rt 7.2 7.3 debug kcsan
# checked: no
# cpu: constant_tsc
# quick: ci
# What freqext does: load, unload, run, status, list, stats, check, in table and JSON; policies get back what
# they had, also when it's killed; bad input has its line, and nothing has changed.
. lib/lib.sh
. freqext/freqext.sh

# --- without a driver, and with one that takes no governor

fails "no driver: nothing can be loaded" 1 'no cpufreq driver' freqext load vip
run freqext check
is "and the check fails" "$status" 1
like "saying why" "$out" 'cpufreq +0 this machine has no cpufreq driver'
like "and what is there" "$out" 'kernel +1 module cpufreq_ext'
insmod ./cpufreq_dummy.ko kind=setpolicy
fails "a driver that governs itself takes none" 1 'policy0: driver dummy governs itself, and takes no governor' freqext load vip
fails "nor for a command" 125 'policy0: driver dummy governs itself' freqext run util -- true
run freqext check
is "and the check fails, too" "$status" 1
is "nothing has changed" "$(ls $ext)$(ls /run/freqext 2>/dev/null)$(ls /sys/fs/bpf)$(governor 0)" "$(governor 0)"

# --- load and unload

driver kind=table
govern performance 1
check "the check is content" freqext check
check "a governor is loaded" freqext load util
is "policies have it" "$(governor 0) $(governor 1)" "util util"
like "status shows it" "$(freqext -rn -o policy,driver,governor,author)" '0	dummy	util	here'
is "so does the status in JSON" "$(freqext --json | jq -c '.format, .policies[1].governor, .policies[1].author')" '1
"util"
"here"'
is "it is listed" "$(freqext list --json | jq -c '.governors[] | select(.governor == "util") | [.loaded, .pinned, .policies]')" '[true,true,"0-1"]'
is "as are those that are not loaded" "$(freqext list -rn -o governor | tr '\n' ' ')" "hint util vip "
check "stats has it" test "$(freqext stats --json | jq '.governors[0].requests')" -gt 0
fails "it can't be loaded a second time" 1 "a governor 'util' is there already" freqext load util
fails "nor run" 125 "a governor 'util' is there already" freqext run util -- true
check "another can" freqext load --policy 1 vip
is "for a policy" "$(governor 0) $(governor 1)" "util vip"
check "it is unloaded" freqext unload vip
is "and the policy has the one before" "$(governor 0) $(governor 1)" "util util"
check "so is the first" freqext unload util
is "which gives back what each had" "$(governor 0) $(governor 1)" "schedutil performance"
wait_for "it is gone" gone util
is "with all that it had" "$(ls $ext)$(ls /sys/fs/bpf)$(ls /run/freqext)" ""
fails "then it can't be unloaded" 1 "has loaded no governor 'util'" freqext unload util
govern schedutil

# --- who changes it meanwhile meant it

freqext load vip
govern performance 0
check "unload leaves alone what was selected since" freqext unload vip
is "by a policy" "$(governor 0) $(governor 1)" "performance schedutil"
govern schedutil
freqext load --policy 0 vip
govern vip 1
fails "a policy that it was not loaded for is told of" 1 "policy1 has governor 'vip' still, in fallback" freqext unload vip
is "it is in fallback" "$(governor 1) $(khz 1)" "vip 3000000"
like "which the status shows" "$(freqext -rn -o policy,governor,author)" '1	vip	gone'
govern schedutil

# --- run

is "run gives the command's output" "$(freqext run vip -- echo hello)" hello
freqext run vip -- sh -c 'exit 7'
is "and its status" $? 7
fails "127 if there is none" 127 "can't run 'nothing-there'" freqext run vip nothing-there
is "a policy has the governor meanwhile" "$(freqext run --policy 1 vip cat $cpufreq/policy0/scaling_governor $cpufreq/policy1/scaling_governor | tr '\n' ' ')" "schedutil vip "
is "and what it had afterwards" "$(governor 0) $(governor 1)" "schedutil schedutil"

# killed WHAT SIGNAL: while a command runs
killed() {
	rm -f /tmp/started
	freqext run vip -- sh -c 'echo >/tmp/started; exec sleep 1000' &
	run_pid=$!
	wait_for "the command runs" test -e /tmp/started
	is "policies have the governor" "$(governor 0) $(governor 1)" "vip vip"
	kill "-$2" $run_pid
	wait $run_pid
	wait_for "$1" back && pass "$1"
	kill "$(pidof sleep)" 2>/dev/null
}

back() {
	[ "$(governor 0) $(governor 1)" = "schedutil schedutil" ] && [ -z "$(ls $ext)" ]
}

killed "policies have back what they had after SIGTERM" TERM
killed "and after SIGKILL" KILL

# Both are killed: the kernel's part is fallback, and unload does the rest.
rm -f /tmp/started
freqext run vip -- sh -c 'echo >/tmp/started; exec sleep 1000' &
run_pid=$!
wait_for "the command runs" test -e /tmp/started
guard=$(grep -lx freqext-guard /proc/[0-9]*/comm | cut -d / -f 3)
kill -9 "$guard" $run_pid
wait $run_pid
wait_for "the author is gone" gone vip
is "killed with its guard, policies are in fallback" "$(governor 0) $(khz 0)" "vip 3000000"
check "unload gives back" freqext unload vip
check "what they had" back
kill "$(pidof sleep)"

rm -f /tmp/started
freqext run vip -- sh -c 'echo >/tmp/started; exec sleep 1000' &
run_pid=$!
wait_for "the command runs" test -e /tmp/started
guard=$(grep -lx freqext-guard /proc/[0-9]*/comm | cut -d / -f 3)
kill -9 "$guard" $run_pid
wait $run_pid
kill "$(pidof sleep)"
wait_for "the author is gone" gone vip
check "the next run after such an end" freqext run vip -- true
check "gives back what was before the first" back

# --- bad input

fails "no governor" 2 'the governor is missing' freqext load
fails "two" 2 "unexpected argument 'vip'" freqext load util vip
fails "no command" 125 'the command is missing' freqext run vip --
fails "no policies" 1 "'x' is no list of policies" freqext load --policy x vip
fails "half a list" 1 "'0,' is no list of policies" freqext load --policy 0, vip
fails "a policy that there is not" 1 'there is no policy9' freqext load --policy 0,9 vip
fails "a pid that is none" 2 "'0' is no number from 1 on" freqext load --pid 0 vip
fails "a process that there is not" 1 'there is no process 4194305' freqext load --pid 4194305 vip
fails "a name that no task can have" 2 'is no name of a task' freqext load --comm sixteen-bytes-xx vip
fails "a cgroup that is none" 1 'is no directory of a cgroup' freqext load --cgroup /tmp vip
fails "VIPs of another governor" 1 'are for the governor vip' freqext load --pid 1 util
fails "a path in place of a name" 2 "is no name of a governor" freqext unload ../run
fails "a hint without its governor" 1 "governor hint is not loaded" freqext hint --cpu 0 --perf 1
fails "for nobody" 2 'one of --cpu, --pid and --cgroup is needed' freqext hint --perf 1
fails "of nothing" 2 '--perf is missing' freqext hint --cpu 0
fails "of too much" 2 "'1025' is no number from 0 to 1024" freqext hint --cpu 0 --perf 1025
fails "for a CPU that is not there" 2 "is no CPU of this machine" freqext hint --cpu 4096 --perf 1
fails "for no time" 2 "is no time" freqext hint --cpu 0 --perf 1 --for ever
fails "an unknown verb" 2 "unexpected argument 'nothing'" freqext nothing
fails "an unknown column" 2 "unknown column 'nothing'" freqext -o nothing
fails "no room for what is printed" 1 'No space left' sh -c 'exec freqext >/dev/full'
is "nothing has changed" "$(governor 0) $(governor 1) $(ls $ext)$(ls /sys/fs/bpf)$(ls /run/freqext)" "schedutil schedutil "
fails "who may not is told" 1 'needs the capabilities' setpriv --reuid nobody --clear-groups --inh-caps=-all freqext load vip

done_freqext
