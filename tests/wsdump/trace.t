# SPDX-License-Identifier: GPL-2.0-only
# wsdump trace: the lines and the summary against the kernel's own counts; what is lost;
# and that nothing of it is left behind.
. lib/lib.sh

modprobe wakeup_kfuncs
need_fixture
idle=$(./bpf_count)
nl='
'

# start OPTIONS...: a trace in the background, that has begun when this returns
start() {
	rm -f /tmp/lines
	wsdump trace "$@" >/tmp/lines 2>/tmp/trace.err &
	trace=$!
	wait_for "a trace begins" test -s /tmp/lines || cat /tmp/trace.err
}

# stop [SIGNAL]: end it; sets status
stop() {
	kill "-${1:-INT}" $trace
	wait $trace && status=0 || status=$?
}

# counts BEFORE AFTER: what the kernel counted between two outputs of --json
counts() {
	jq -rn --slurpfile a "$1" --slurpfile b "$2" '
		($a[0].wakeup_sources | map({ key: "\(.id)", value: . }) | from_entries) as $old |
		$b[0].wakeup_sources[] |
		[.id, .active_count - $old["\(.id)"].active_count,
		 .relax_count - $old["\(.id)"].relax_count] |
		select(.[1] + .[2] > 0) | map(tostring) | join(" ")' | sort
}

# The same from the lines.
traced() {
	awk -F '\t' '
		$2 == "activate" { n[$3]++; m[$3] += 0 }
		$2 == "release" { m[$3]++; n[$3] += 0 }
		END { for (id in n) print id, n[id], m[id] }' /tmp/lines | sort
}

# --- known books ----------------------------------------------------------------------

control many 20
control stay 9					# active before
control stay 10
wsdump --json >/tmp/before
start --raw
for i in 0 1 2 3 4 5; do
	for times in $(seq $i); do
		control stay $i
		control stay $i			# an event, but no activation
		control relax $i
	done
done
for i in 6 7; do
	control stay $i
	sleep 1
	control relax $i
done
control event 8 50				# released by its timeout
control relax 9
control stay 11					# active after
wait_expired 8
stop
wsdump --json >/tmp/after
is "Ctrl-C ends it well" "$status$(cat /tmp/trace.err)" 0
is "each activation and release is there" "$(traced)" "$(counts /tmp/before /tmp/after)"

id() {
	jq -r --arg name "$1" '.wakeup_sources[] | select(.name == $name) | .id' /tmp/after
}
field() {
	awk -F '\t' -v event="$1" -v id="$(id "$2")" -v n="$3" '$2 == event && $3 == id { print $n }' /tmp/lines
}
is "what was active before is there" "$(field active fixture-9 6) $(field active fixture-10 6)" "fixture-9 fixture-10"
is "and what is so after" "$(awk -F '\t' '$2 == "still" { print $6 }' /tmp/lines | sort | tr '\n' ' ')" "fixture-10 fixture-11 "
check "one held for a second is held for as long as the kernel has it" \
	jq -e --argjson held "$(field release fixture-6 4)" '.wakeup_sources[] | select(.name == "fixture-6") |
		$held > 1e9 and .total_time_ns < $held * 1.1 and .total_time_ns > $held * 0.9' /tmp/after
check "one from before is held from its beginning" \
	jq -e --argjson held "$(field release fixture-9 4)" '.wakeup_sources[] | select(.name == "fixture-9") |
		.total_time_ns < $held * 1.1 and .total_time_ns > $held * 0.9' /tmp/after
check "times are on the clock of the snapshots, and a release is not before its activation" \
	awk -F '\t' -v from="$(jq .monotonic_ns /tmp/before)" -v to="$(jq .monotonic_ns /tmp/after)" '
		NR > 1 && ($1 < from || $1 > to) { exit 1 }
		$2 == "activate" { begin[$3] = $1 }
		$2 == "release" && $3 in begin && $1 - begin[$3] != $4 { exit 1 }' /tmp/lines
is "nothing was lost" "$(grep -c lost /tmp/lines)" 1	# the heading
control relax 10
control relax 11

# --- sources that come and go, and names ------------------------------------------------

start --raw
for name in twin twin "two${nl}lines" "$(printf 'bad\377')" 'back\slash' "$(printf '%0300d' 0)"; do
	printf '%s' "$name" >$fixture/add
done
traced_names() {
	[ "$(awk -F '\t' '$2 == "activate" && $6 != "-"' /tmp/lines | grep -c .)" = "$1" ]
}
for i in 20 21 22 23 24 25; do
	# the list is read for a new source at most every 0.1 s; without that it has no id
	sleep 0.2
	control stay $i
	# and what is gone when it is looked up has no name
	wait_for "the name of source $i is there" traced_names $((i - 19))
done
control remove 20		# while it is active
for i in 21 22 23 24 25; do
	control relax $i
done
stop
is "a source that is removed while active was released before" \
	"$(awk -F '\t' '$6 == "twin" { print $2 }' /tmp/lines | sort | uniq -c | awk '{ print $2, $1 }' | tr '\n' ' ')" \
	"activate 2 release 2 "
is "two of one name have an id each" "$(awk -F '\t' '$6 == "twin" { print $3 }' /tmp/lines | sort -u | grep -c .)" 2
is "names of any bytes are one field" \
	"$(awk -F '\t' '$2 == "release" && NF == 6 { print $6 }' /tmp/lines | grep -v twin | sort | tr '\n' ' ')" \
	"$(printf '%0300d' 0) back\\x5cslash bad\\xff two\\x0alines "

# --- the lines and the summary, for people ------------------------------------------------

start
control stay 0
sleep 0.2
control stay 1
sleep 0.2
control relax 0
control relax 1
control event 1 10
control stay 21			# the twin that is left
wait_expired 1
stop TERM
is "SIGTERM ends it as well" "$status$(cat /tmp/trace.err)" 0
is "the heading" "$(head -n 1 /tmp/lines)" "        TIME EVENT       ACTIVE NAME"
like "a line" "$(sed -n 2p /tmp/lines)" '^ {4}0\.[0-9]{6} activate         - fixture-0$'
like "a release" "$(cat /tmp/lines)" '^ +[0-9]\.[0-9]{6} release +[0-9.]+m?s fixture-0$'
like "the sum" "$(cat /tmp/lines)" '^Any source active for [0-9.]+m?s of [0-9.]+m?s, [0-9.]+%\. Sources that were active: 3, still: 1\. Lost events: 0\.$'
like "top holders" "$(cat /tmp/lines)" '^ +[0-9.]+m?s +[0-9.]+% +1 +[0-9.]+m?s twin, still active$'
like "with counts" "$(cat /tmp/lines)" '^ +[0-9.]+m?s +[0-9.]+% +2 +[0-9.]+m?s fixture-1$'
control relax 21

wsdump trace 1 --quiet >/tmp/lines
is "it ends after a time, and can print the summary alone" "$(grep -c . /tmp/lines)$(grep -c 'Any source active for 0 of [1-9]' /tmp/lines)" 11

mkfifo /tmp/fifo
wsdump trace --svg /tmp/closed.svg 2>/tmp/trace.err >/tmp/fifo &
trace=$!
head -n 1 /tmp/fifo >/dev/null
wait $trace && status=0 || status=$?
is "it ends when nobody reads the lines" "$status$(cat /tmp/trace.err)" 0
like "and writes what it was asked for" "$(tail -n 1 /tmp/closed.svg)" '^</svg>$'

# --- more than it can take ------------------------------------------------------------------

activations() {
	awk '/^fixture-/ { n += $2 } END { print n + 0 }' $debugfs
}

activations_since() {
	[ "$(activations)" -ge "$1" ]
}

# 2 MiB have room for some 37,000 events, two for each activation.
overload() {
	_end=$(($(activations) + 30000))
	control storm 0
	wait_for "30,000 activations" activations_since $_end
	control stop
}

wsdump --json >/tmp/before
start --raw --svg /tmp/overload.svg --perfetto /tmp/overload.trace
kill -STOP $trace
overload
kill -CONT $trace
stop
wsdump --json >/tmp/after
lost=$(awk -F '\t' '$2 == "lost" { n += $5 } END { print n + 0 }' /tmp/lines)
seen=$(awk -F '\t' '$2 == "activate" || $2 == "release" { n++ } END { print n }' /tmp/lines)
real=$(counts /tmp/before /tmp/after | awk '{ n += $2 + $3 } END { print n }')
check "an overload loses events" test "$lost" -gt 0
is "those seen and those lost are all there were: $seen and $lost" $((seen + lost)) "$real"
like "the picture says so" "$(cat /tmp/overload.svg)" "^<text.*>$lost events were lost</text>\$"
like "its first line, too" "$(cat /tmp/overload.svg)" '>What was active: ~[0-9]'
check "and so does the trace" grep -q 'events lost' /tmp/overload.trace

start
wsdump --json >/tmp/before
kill -STOP $trace
overload
wsdump --json >/tmp/after
kill -CONT $trace
stop
counted=$(jq -s '(.[1].wakeup_sources[] | select(.name == "fixture-2") | .active_count) -
	(.[0].wakeup_sources[] | select(.name == "fixture-2") | .active_count)' /tmp/before /tmp/after)
# in ns: two units at most, as durations are written
check "any one was active for no longer than all of them together" awk '
	function ns(s, n, unit) {
		sub(/^~/, "", s)
		n = s + 0
		unit = s
		sub(/^[0-9.]+/, "", unit)
		return n * (unit == "s" ? 1e9 : unit == "ms" ? 1e6 : unit == "us" ? 1e3 : 1)
	}
	/^Any source active for/ { all = ns($5) }
	top { if (ns($1) > all) { print $0 " is more than " all; bad = 1 } n++ }
	/^ +TOTAL +SHARE/ { top = 1 }
	END { exit bad || !n }' /tmp/lines
like "the summary has the kernel's own counts then" "$(cat /tmp/lines)" " $counted +~?[0-9.]+[mu]?s fixture-2\$"

# --- nothing is left behind -------------------------------------------------------------------

# the kernel frees programs a moment later
is_idle() {
	[ "$(./bpf_count)" = "$idle" ]
}
start
check "a trace has programs in the kernel" test "$(./bpf_count)" != "$idle"
stop KILL
wait_for "none of them outlives it" is_idle
is "none of them outlives it, even after SIGKILL" "$(./bpf_count)" "$idle"

# --- files ------------------------------------------------------------------------------------

mkdir /tmp/dir
echo old >/tmp/dir/a.svg
start --svg /tmp/dir/a.svg --perfetto /tmp/dir/b
is "until the end an older file stays" "$(cat /tmp/dir/a.svg)" old
stop HUP
is "then both are there, and nothing else" "$(ls -A /tmp/dir | tr '\n' ' ')" "a.svg b "
is "for their owner only" "$(stat -c %a /tmp/dir/a.svg /tmp/dir/b | tr '\n' ' ')" "600 600 "
check "complete" grep -q '^</svg>$' /tmp/dir/a.svg
ln -s /tmp/dir/a.svg /tmp/dir/link
wsdump trace 0.1 --quiet --svg /tmp/dir/link >/dev/null
check "a link is replaced, not followed" test -f /tmp/dir/link -a ! -L /tmp/dir/link

mkdir /tmp/small
mount -t tmpfs -o size=4k tmpfs /tmp/small
echo old >/tmp/small/a
fails "a full disk" 1 "can't write /tmp/small/a: No space left" \
	sh -c 'wsdump trace 0.1 --quiet --svg /tmp/small/a >/tmp/lines'
is "leaves what was there" "$(ls -A /tmp/small):$(cat /tmp/small/a)" a:old
fails "so does a listing's" 1 "can't write /tmp/small/a: No space left" \
	wsdump --json --write /tmp/small/a
is "which leaves it as well" "$(ls -A /tmp/small):$(cat /tmp/small/a)" a:old
check "a listing goes to a file" wsdump --json --write /tmp/dir/list
is "which its owner may read" "$(stat -c %a /tmp/dir/list):$(jq -e .format /tmp/dir/list)" 600:1
fails "no such directory" 1 "can't write /tmp/none/a: No such file" wsdump trace 1 --svg /tmp/none/a
check "a device is written to" wsdump trace 0.1 --quiet --perfetto /dev/null
check "and not replaced" test -c /dev/null
fails "a full standard output" 1 "can't write to standard output: No space left" \
	sh -c 'wsdump trace 0.1 >/dev/full'

# --- usage ---------------------------------------------------------------------------------

fails "no time" 2 "'soon' is no time" wsdump trace soon
fails "nor is nothing" 2 "'0' is no time" wsdump trace 0
fails "two times" 2 "unexpected argument '2'" wsdump trace 1 2
wsdump trace -r --name 'fixture-[12]' >/tmp/lines &
trace=$!
begun() {
	control event 3 0
	control event 2 0
	grep -q fixture-2 /tmp/lines
}
wait_for "a trace of some sources" begun
kill $trace
wait $trace
is "a trace of some sources has no others" "$(cut -f 6 /tmp/lines | sort -u | tr '\n' ' ')" "fixture-2 name "
wsdump trace -j --name 'fixture-[12]' >/tmp/lines &
trace=$!
wait_for "a trace of some sources, for programs" begun
kill $trace
wait $trace
is "each line is an object" "$(jq -r 'select(.event == "activate") | .name' /tmp/lines | sort -u)" fixture-2
is "with all of it" "$(jq -c 'select(.event == "release") | [.active_time_ns >= 0, .time_ns > 0, .id > 0]' /tmp/lines | sort -u)" "[true,true,true]"
fails "a file called -" 1 "can't write '-': standard output is no file; for one of that name, say ./-" wsdump trace 1 --svg -
fails "for the viewer, too" 1 "can't write '-'" wsdump trace 1 --perfetto -
fails "nothing to print" 2 "leave nothing to print" wsdump trace -q -r

# --- while a command runs; what is asked for by what it was as the trace began

control relax 1
control event 2 0
names_in() {
	sed 1d "$1" | cut -f 6 | grep -v '^$' | sort -u | tr '\n' ' '
}
control stay 1
run wsdump trace -r --active --name 'fixture-*' -- sh -c "echo said; echo relax 1 >$fixture/control; echo event 2 0 >$fixture/control; exit 3"
is "a trace has its command's exit status, and leaves it standard output" "$status $out" "3 said"
printf '%s\n' "$err" >/tmp/lines
is "with --active only what was active as it began" "$(names_in /tmp/lines)" "fixture-1 "
unused=$(wsdump --json | jq '[.wakeup_sources[] | select(.last_change_ns == 0).name |
	capture("^fixture-(?<n>[0-9]+)$").n][0] | tonumber')
run wsdump trace -r --since 1h --name 'fixture-*' -- sh -c "echo event 2 0 >$fixture/control; echo event $unused 0 >$fixture/control"
printf '%s\n' "$err" >/tmp/lines
is "with --since only what had changed lately" "$status $(names_in /tmp/lines)" "0 fixture-2 "
run wsdump trace --quiet --svg /tmp/command.svg -- sleep 0.1
like "it has a summary" "$err" '^Any source active for '
check "and a picture" grep -q '^<svg' /tmp/command.svg
fails "a command that is not there" 127 "can't run '/none': No such file" wsdump trace -q -- /none
fails "no command" 125 "the command is missing" wsdump trace --
fails "a time besides it" 125 "a command ends the trace, so no time can" wsdump trace 1 -- true
fails "one file for both" 2 "the same file" wsdump trace --svg /tmp/x --perfetto /tmp/x
fails "without the capabilities" 1 "needs the capabilities CAP_BPF and CAP_PERFMON" \
	setpriv --bounding-set=-all --inh-caps=-all wsdump trace 1
check "the help is short" test "$(wsdump trace --help | wc -l)" -lt 60

done_testing
