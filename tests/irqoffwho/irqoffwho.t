# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12
# checked: no
# What keeps interrupts off is found, with its name and who ran it, for the time that it was.
. lib/lib.sh
. nmi_defer/nmi_defer.sh

fails "with no counter of cycles it says so" 1 'no counter of CPU cycles.*--nmi' irqoffwho --for 1s

need_nmis
taskset -p 1 $$ >/dev/null

# begin ARGUMENTS...: looks at the fixture's NMIs, with its output in /tmp/out, till stopped
begin() {
	irqoffwho "$@" --nmi nmi_fixture_in_nmi >/tmp/out 2>/tmp/err &
	pid=$!
	wait_for "irqoffwho has begun" sh -c "grep -q 'link_type:.*tracing' /proc/$pid/fdinfo/*"
}

# stop
stop() {
	kill -INT $pid
	wait $pid
	is "it ends well when it is stopped" "$?" 0
}

# keep_off MICROSECONDS: by this shell, on CPU 0, which goes on to exist, so that its arguments can
# be read. When what happened is in $begun $nmi $nmi_ended $end $after
keep_off() {
	echo "$1" >$nmis/irqs_off
	read -r begun nmi nmi_ended end after <$nmis/irqs_off
}

echo 1000 >$nmis/storm
begin --for 1h --json
for us in 5000 20000 100000; do
	keep_off $us
	echo "$us $begun $nmi $nmi_ended $end $after"
done >/tmp/kept
stop
echo 0 >$nmis/storm
check "what it prints is JSON" jq . /tmp/out
cat /tmp/err
while read -r us begun nmi nmi_ended end after; do
	region=$(jq -c ".regions[] | select(.cpu == 0 and .first_ns >= $begun and .first_ns <= $after)" /tmp/out |
		head -n 1)
	echo "# $us us: $region"
	is "$us us: the function is named" "$(echo "$region" | jq -r .function)" nmi_fixture_keeps_irqs_off
	is "and the CPU" "$(echo "$region" | jq .cpu)" 0
	like "and who" "$(echo "$region" | jq -r .cmdline)" '^sh .*irqoffwho/irqoffwho.t$'
	like "and how it came there" "$(echo "$region" | jq -r .stack)" \
		'(do_syscall_64|entry_SYSCALL).*;vfs_write;.*file_write.*;nmi_fixture_keeps_irqs_off$'
	check "it begins with the first NMI" test "$(echo "$region" | jq .first_ns)" -ge "$nmi" \
		-a "$(echo "$region" | jq .first_ns)" -le "$nmi_ended"
	length=$(echo "$region" | jq .length_ns)
	check "it does not end before interrupts are back" test "$length" -ge $((end - nmi_ended))
	! needs_module ||
		check "but before anything else happens" test "$length" -le $((after - nmi))
	check "samples saw it" test "$(echo "$region" | jq .samples)" -ge 1
done </tmp/kept

echo 1000 >$nmis/storm
begin --for 1h --min 10ms --format table
keep_off 50000
stop
cat /tmp/out /tmp/err
like "the table names it" "$(cat /tmp/out)" '[0-9]ms .* sh +nmi_fixture_keeps_irqs_off '
like "what can't be seen is said" "$(cat /tmp/err)" 'may have been 1.00 ms longer; shorter ones are met by chance only'
is "nothing shorter is there" "$(awk 'NR > 1 && $1 ~ /[un]s$/' /tmp/out)" ""

begin --for 1h --min 10ms --format folded
keep_off 50000
stop
like "folded stacks have it" "$(cat /tmp/out)" '^sh;.*;vfs_write;.*;nmi_fixture_keeps_irqs_off [0-9]+$'

begin --for 1h --min 10ms --format histogram
keep_off 50000
stop
like "a histogram has it" "$(cat /tmp/out)" 'ms +[0-9.]+m?s +[1-9][0-9]* #+'

begin watch --min 10ms --format raw
said() { keep_off 50000; grep -q nmi_fixture_keeps_irqs_off /tmp/out; }
wait_for "watch prints it when it is over" said && pass "watch prints it when it is over"
# one that the first sample came late in may be too short
said_twice() { keep_off 50000; test "$(grep -c nmi_fixture_keeps_irqs_off /tmp/out)" -ge 2; }
wait_for "and the next" said_twice && pass "and the next"
stop
is "with one line of headings" "$(grep -c ^length_ns /tmp/out)" 1
echo 0 >$nmis/storm

for bad in "--for 0" "--for x" "--min x" "--hz 0" "--hz 20001" "--format x" "--sort x" "--nmi" x; do
	fails "irqoffwho $bad is refused" 2 'irqoffwho --help' irqoffwho $bad
done
fails "a handler that is none is refused" 1 'there_is_no_such_function' irqoffwho --for 1s --nmi there_is_no_such_function
fails "no NMI is no result" 1 'no sample was taken' irqoffwho --for 1s --nmi nmi_fixture_in_nmi
fails "who may not load programs is told so" 1 'CAP_BPF and CAP_PERFMON' setpriv --reuid=nobody --clear-groups --inh-caps=-all --bounding-set=-all irqoffwho

run irqoffwho --version
like "the version says who defers" "$out" "deferral from NMI: the (kernel's|module's)"
unload

done_testing
