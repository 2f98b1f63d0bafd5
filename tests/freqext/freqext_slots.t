# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree
# rows: 6.12 6.12-cloud 6.12-rt 7.2 7.3 debug kcsan
# quick: debug kcsan
# checked: no
# cpu: constant_tsc
# Governors come and go: eight at once, several on one machine, in any order with policies that
# select them; what can't be is refused with its error, and nothing has changed.
. lib/lib.sh
. freqext/freqext.sh

modprobe cpufreq_ext
driver kind=table
begin_probe
is "one is attached" "$(probe attach one)" 0
is "a second of the name is refused" "$(probe attach one)" -22
is "one with a name of the kernel's, too" "$(probe attach performance)" -22
is "and is not left in sysfs" "$(ls $ext)" one
for name in UPPER da-sh sl/ash; do
	is "'$name' is no name" "$(probe attach "$name")" -22
done
is "nor is one of 16 bytes" "$(probe attach abcdefghijklmnop)" -22
is "one of 15 bytes is" "$(probe attach abcdefghijklmno)" 0
is "a rate of more than 10 seconds is refused" "$(probe attach slow 10000001)" -22
probe set init_error -17 >/dev/null
is "the error of init is that of attaching" "$(probe attach two)" -17
refuse "and nothing is left" test -e $ext/two
for name in three four five six seven eight; do
	is "$name is attached" "$(probe attach $name)" 0
done
is "a ninth is refused" "$(probe attach nine)" -28
is "all can be selected" "$(grep -oE 'one|three|eight' $cpufreq/policy0/scaling_available_governors | sort | tr '\n' ' ')" "eight one three "
is "one goes" "$(probe detach eight)" 0
refuse "and its name" grep -qw eight $cpufreq/policy0/scaling_available_governors
is "its slot is free" "$(probe attach nine)" 0

check "policies have different ones" govern one 0
check "at the same time" govern three 1
probe request 0 1000000 >/dev/null
probe request 1 2000000 >/dev/null
becomes "one decides for the first" 0 1000000
becomes "the other for the second" 1 2000000
is "sysfs tells which" "$(stat one policies) $(stat three policies)" "0 1"
is "functions cannot be replaced" "$(probe update one)" -95
like "start and limits were called" "$(probe count one)" 'inits=1 exits=0 starts=1 stops=0 limits=[1-9]'

probe set start_error -16 >/dev/null
probe detach nine >/dev/null
probe attach busy >/dev/null
refuse "a start that fails" govern busy 0
is "leaves the policy as it was" "$(governor 0)" one
becomes "at the frequency that is asked for" 0 500000
probe request 0 1000000 >/dev/null
becomes "and listening" 0 1000000
check "the module is in use" test "$(cat /sys/module/cpufreq_ext/refcnt)" -gt 0
refuse "and can't be unloaded" rmmod cpufreq_ext

probe detach one >/dev/null
is "an author goes: the policy stays" "$(governor 0)" one
is "in fallback" "$(khz 0)" 3000000
is "its CPUs take no requests" "$(probe request 0 1000000)" -19
refuse "and its name can't be selected" govern one 1
is "that of the other is not touched" "$(khz 1)" 2000000
is "another author comes" "$(probe attach one)" 0
probe request 0 1500000 >/dev/null
becomes "and the policy follows" 0 1500000
is "started once" "$(probe count one | grep -o 'starts=[0-9]*')" starts=1
ns=$(stat one fallback_ns)
check "the time between was counted" test "$ns" -gt 0
is "and has ended" "$(stat one fallback_ns)" "$ns"
end_probe
wait_for "all go" gone three
refuse "one that no policy has is gone from sysfs" test -e $ext/four
check "one that a policy has is not" test -e $ext/one
govern schedutil
is "till it has another" "$(ls $ext)" ""

done_freqext
