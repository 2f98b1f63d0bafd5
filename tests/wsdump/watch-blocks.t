# SPDX-License-Identifier: GPL-2.0-only
# once: all
# wsdump watch without a terminal: a block of lines for each interval.
. lib/lib.sh

modprobe wakeup_kfuncs
need_fixture
control many 6
for i in 0 1 2 3; do control stay $i; done	# active, which is to do something in any interval
run wsdump watch 0.3 --count 3
for i in 0 1 2 3; do control relax $i; done
is "without a terminal there are blocks" "$status$err" 0
is "as many as --count" "$(echo "$out" | grep -c '^wsdump .*, last [0-9.]*m*s: [0-9]* sources, ')" 3
is "each with headings" "$(echo "$out" | grep -c '^NAME ')" 3
is "and a blank line between two" "$(echo "$out" | grep -c '^$')" 2
is "with what did something" "$(echo "$out" | grep -c '^fixture-[0-3] ')" 12
is "and nothing else" "$(echo "$out" | grep -vc '^fixture-[0-3] \|^NAME\|^wsdump\|^$')" 0
run wsdump watch 0.1 --count 1 --idle -n -o name
is "--idle has all" "$(echo "$out" | wc -l)" "$(wsdump --json | jq '.wakeup_sources | length')"
control stay 2
run wsdump watch 0.2 --count 2 --json
is "JSON comes in blocks as well" "$(echo "$out" | jq -c '[.rebooted, .changes[0].name]' | uniq -c | tr -s ' ')" ' 2 [false,"fixture-2"]'
is "with rates and shares" "$(echo "$out" | jq -c '.changes[0] | [.active_ratio == 1, .event_rate_hz == 0]' | tail -n 1)" '[true,true]'
wsdump watch 0.1 --raw >/tmp/raw &
pid=$!
wait_for "two blocks" sh -c '[ "$(grep -c ^fixture /tmp/raw)" -ge 2 ]'
check "blocks are written when they are complete" test "$(grep -c ^fixture /tmp/raw)" -ge 2
kill -TERM $pid
wait $pid
is "and a signal ends it" "$?" 143
fails "a full disk" 1 "can't write to standard output" sh -c 'wsdump watch 0.1 >/dev/full'
fails "no time at all" 2 "'0' is no number of seconds from 0.01 on: try 'wsdump watch --help'" wsdump watch 0
fails "no number" 2 "'x' is no number of seconds" wsdump watch x
fails "a negative one" 2 "unknown option '-1'" wsdump watch -1
fails "two" 2 "unexpected argument '2'" wsdump watch 1 2
fails "no count" 2 "'0' is no number from 1 on: try 'wsdump watch --help'" wsdump watch --count 0

run wsdump watch --help
is "--help succeeds" "$status$err" 0
check "it is short enough for a screen" test "$(echo "$out" | wc -l)" -lt 60
like "and has examples" "$out" '^ sudo wsdump watch '

done_testing
