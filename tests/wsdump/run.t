# SPDX-License-Identifier: GPL-2.0-only
# once: release
# wsdump run: the difference over a command, whose exit status is passed on.
. lib/lib.sh

modprobe wakeup_kfuncs
need_fixture
control many 4
control stay 3

run wsdump run -- sh -c 'echo stay 1 >$0; echo relax 1 >$0; echo event 2 1 >$0; echo said; sleep 1; exit 7' $fixture/control
is "the command's exit status is passed on" "$status" 7
is "standard output is the command's" "$out" said
like "the difference is on standard error" "$(echo "$err" | sed -n 1p)" \
	'^[1-9][0-9.]*s awake: 3 of [0-9]+ sources with changes$'
like "with what was active all the time first" "$(echo "$err" | sed -n 3p)" \
	'^fixture-3 +- 100\.0% +[1-9][0-9.]*s +0 +0 +0 +0 +0 +[1-9][0-9.]*s -$'
like "what the command did" "$(echo "$err" | grep fixture-1)" \
	'^fixture-1 +- +[0-9.]+% +[0-9.]+[mu]?s +1 +1 +0 +0 +0 +- -$'
like "and what expired" "$(echo "$err" | grep fixture-2)" ' 1 +1 +0 +1 +0 +- -$'

run wsdump run --write /tmp/difference --json sh -c 'echo event 1 0 >$0; echo said >&2' $fixture/control
is "without -- the command begins where options end" "$status $err" "0 said"
is "--write prints the difference to a file" \
	"$(jq -c '.changes[] | select(.name == "fixture-1") | [.delta_event_count, .change]' /tmp/difference)" '[1,"kept"]'
mkdir /tmp/dir
dir=/tmp/dir
yes | head -c 100000 >$dir/file
chmod 666 $dir/file
ln -s file $dir/link
run wsdump run -w $dir/file --json cat $dir/file
is "an older file is there while the command runs" "$status $(echo "$out" | sort | uniq -c | tr -s ' ')" "0  50000 y"
is "then a new one, its owner's only, and nothing else" \
	"$(stat -c %a $dir/file) $(jq .format $dir/file) $(ls -A $dir | tr '\n' ' ')" "600 1 file link "
wsdump run -w $dir/link --raw true
check "a link is replaced, not followed" jq . $dir/file
refuse "and is none any more" test -L $dir/link
echo old >$dir/file
run wsdump run -w $dir/file -- /nonsense
is "a command that can't be run leaves what was there" "$status $(cat $dir/file)" "127 old"
run setpriv --bounding-set=-all --inh-caps=-all wsdump run -w $dir/file true
is "so does a run without rights" "$status $(cat $dir/file)" "125 old"
run wsdump run -w $dir/new -- /nonsense
refuse "nor is there a file that was not" test -e $dir/new
wsdump run -w $dir/file sh -c 'echo $$ >/tmp/child; exec sleep 1000' &
wait_for "it runs" test -s /tmp/child
kill -KILL $!
kill "$(cat /tmp/child)"
wait
wait_for "what it began is gone" sh -c "[ \"\$(ls -A $dir | wc -l)\" = 2 ]"
is "one that is killed leaves what was there, and nothing else" "$(ls -A $dir | tr '\n' ' ')$(cat $dir/file)" "file link old"
mount -t tmpfs -o size=4k tmpfs $dir
echo old >$dir/file
fails "a full disk leaves it, too" 125 "^wsdump: can't write $dir/file: No space left" wsdump run --idle --json -w $dir/file true
is "and nothing else" "$(ls -A $dir) $(cat $dir/file)" "file old"
umount $dir
fails "what stands for an open file is not replaced" 125 "can't write /tmp/stdout: it stands for an open file" \
	sh -c 'ln -s /proc/self/fd/1 /tmp/stdout; wsdump run -w /tmp/stdout true >/tmp/out'
check "it is there still" test -L /tmp/stdout
wsdump run -w /dev/null true
is "and may be a device" "$?" 0

# A suspend, as far as the kernel's test mode takes it: tasks frozen, devices suspended. It waits
# by a loop, and only the first processor is told how fast: others find out by themselves, which
# goes wrong on a busy machine.
echo devices >/sys/power/pm_test
control relax 3
suspends=$(cat /sys/power/suspend_stats/success)
run wsdump run --json -w /tmp/difference -- taskset -c 0 sh -c 'cat /proc/uptime; echo freeze >/sys/power/state && cat /proc/uptime'
is "a suspend" "$status$err" 0
is "that the kernel counts" "$(cat /sys/power/suspend_stats/success)" $((suspends + 1))
check "takes as long as the kernel's test of it" test "$(jq '.interval_ns > 4e9' /tmp/difference)" = true
# which has two digits: a hundredth is lost at most
check "and as the command saw" test "$(jq --argjson s "$(echo "$out" | awk '{ t[NR] = $1 } END { print t[2] - t[1] }')" \
	'.interval_ns / 1e9 >= $s - 0.01 and $s > 0' /tmp/difference)" = true
echo none >/sys/power/pm_test
control stay 3
run wsdump run -- sh -c 'cat /sys/power/wakeup_count >/tmp/count & sleep 1; kill $!; exit 3'
is "one that does not come about, as a source is active" "$status" 3
like "has that source on top" "$(echo "$err" | sed -n 3p)" '^fixture-3 +- +100\.0%'
control relax 3

for signal in 15 9 1; do
	run wsdump run -- sh -c "kill -$signal \$\$"
	is "a command ended by signal $signal" "$status" $((128 + signal))
	like "has its difference" "$err" ' awake: '
done

# Signals to wsdump are the command's, but for those that a terminal sends to both.
wsdump run -w /tmp/difference -- sh -c 'trap "echo got it; exit 5" TERM; echo ready >/tmp/ready; while :; do sleep 0.1; done' >/tmp/said &
pid=$!
while [ ! -s /tmp/ready ]; do sleep 0.1; done
kill -INT $pid
kill -QUIT $pid
kill -TERM $pid
wait $pid
is "SIGTERM is passed on, SIGINT and SIGQUIT are left to the command" "$? $(cat /tmp/said)" "5 got it"
check "and the difference is printed" test -s /tmp/difference

run wsdump run -- ls /proc/self/fd
is "the command inherits nothing" "$(echo "$out" | tr '\n' ' ')" "0 1 2 3 "
run wsdump run -- sh -c 'cat; echo $#' x a 'b c' </dev/null
is "arguments are passed on as they are" "$out" 2
is "standard input, too" "$(echo hello | wsdump run -w /dev/null -- cat)" hello
run wsdump run sh -c 'exit 0' --json
is "options behind the command are the command's" "$status $(echo "$err" | sed -n 1p | cut -c 1-2)" "0 $(echo "$err" | cut -c 1-2 | sed -n 1p)"
is "signals are as before for the command" "$(wsdump run -w /dev/null -- grep -E '^Sig(Blk|Ign)' /proc/self/status)" \
	"$(grep -E '^Sig(Blk|Ign)' /proc/self/status)"
# Who ignores SIGCHLD is not told how a child ended, so this must not.
run sh -c 'trap "" CHLD; exec wsdump run -w /dev/null -- sh -c "grep SigIgn /proc/self/status; exit 7"'
is "nor is the status lost where all children are ignored, as the command finds them" \
	"$status $out" "7 $(sh -c 'trap "" CHLD; exec grep SigIgn /proc/self/status')"

fails "a command that is not found" 127 "^wsdump: can't run '/nonsense': No such file or directory" wsdump run -- /nonsense
fails "a command that is none" 126 "^wsdump: can't run '/tmp': Permission denied" wsdump run -- /tmp
fails "no command" 125 "the command is missing: try 'wsdump run --help'" wsdump run --json --
fails "an unknown option" 125 "unknown option '--nonsense': try 'wsdump run --help'" wsdump run --nonsense true
fails "an unknown column" 125 "unknown column 'nonsense'" wsdump run -o nonsense true
fails "a file that can't be written" 125 "^wsdump: can't write /nonsense/file: No such file" wsdump run -w /nonsense/file -- touch /tmp/was-run
fails "a user" 125 'needs the capabilities' setpriv --reuid 65534 --regid 65534 --clear-groups wsdump run -- touch /tmp/was-run
check "in both cases the command is not run" test ! -e /tmp/was-run
fails "a full disk" 125 "can't write" wsdump run -w /dev/full true
run wsdump run -w /dev/full -- sh -c 'exit 9'
is "does not hide that the command failed" "$status" 9

run wsdump run --help
is "--help succeeds" "$status$err" 0
is "it tells of one kind of exit status" "$(echo "$out" | grep -ci 'exit status')" 1
check "it is short enough for a screen" test "$(echo "$out" | wc -l)" -lt 60
like "and has examples" "$out" '^ sudo wsdump run '

fails "two names of one column" 125 "column .TOTAL. is there twice" wsdump run -o name,total,time true
check "whatever it is called" wsdump run -w /tmp/difference -o name,total true

done_testing
