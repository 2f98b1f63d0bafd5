# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12 debug
# quick: debug
# checked: no
# The kfuncs in softirq: the timer of a BPF program walks the list there, and can't leave the read
# section open. Linux 6.12 with PREEMPT_RT takes no program with such a timer.
. lib/lib.sh

modprobe wakeup_kfuncs
need_fixture
control many 200
for cpu in $(seq 0 $(($(nproc) - 1))); do
	control storm "$cpu"
done

sources=$(wsdump --json | jq '.wakeup_sources | length')
for i in 1 2 3 4 5; do
	run ./softirq softirq.bpf.o
	[ "$status $out" = "0 $sources softirq" ] || break
done
is "five timers find all sources, in softirq" "$i $status $out$err" "5 0 $sources softirq"

# Sources are unregistered, which waits for the sections of timers as for others.
control stop
control clear
is "they can be unregistered after that" "$(wsdump --json | jq '.wakeup_sources | length')" $((sources - 200))

run ./softirq softirq.bpf.o leave_open_in_softirq
check "a timer that leaves the section open is refused" test "$status" = 1
like "for that" "$err" "Unreleased reference|reference has not been acquired|reference leak"

done_testing
