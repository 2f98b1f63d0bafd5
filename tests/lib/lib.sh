# SPDX-License-Identifier: GPL-2.0-only
# For tests in the VM: assertions that print TAP, and the fixture module.

set -u

count=0
fixture=/sys/kernel/debug/ws_fixture
debugfs=/sys/kernel/debug/wakeup_sources

. lib/reports.sh

pass() {
	count=$((count + 1))
	echo "ok $count - $1"
}

# fail DESCRIPTION [DETAILS...]
fail() {
	count=$((count + 1))
	echo "not ok $count - $1"
	shift
	[ $# = 0 ] || printf '%s\n' "$@" | head -n 30 | sed 's/^/#   /'
}

# check DESCRIPTION COMMAND...: the command succeeds
check() {
	_what=$1
	shift
	if _said=$("$@" 2>&1); then pass "$_what"; else fail "$_what" "$*: status $?" "$_said"; fi
}

# refuse DESCRIPTION COMMAND...: the command fails
refuse() {
	_what=$1
	shift
	if _said=$("$@" 2>&1); then fail "$_what" "$*: succeeded" "$_said"; else pass "$_what"; fi
}

# is DESCRIPTION GOT WANTED
is() {
	if [ "$2" = "$3" ]; then pass "$1"; else fail "$1" "got:    $2" "wanted: $3"; fi
}

# like DESCRIPTION GOT PATTERN: an extended regular expression matches
like() {
	if printf '%s\n' "$2" | grep -Eq -- "$3"; then pass "$1"; else fail "$1" "got:    $2" "wanted: $3"; fi
}

# run COMMAND...: sets out, err and status
run() {
	out=$("$@" 2>/tmp/run.err) && status=0 || status=$?
	err=$(cat /tmp/run.err)
}

# fails DESCRIPTION STATUS PATTERN COMMAND...: nothing on stdout, and one line on
# stderr that matches
fails() {
	_what=$1 _status=$2 _pattern=$3
	shift 3
	run "$@"
	if [ "$status" = "$_status" ] && [ -z "$out" ] && [ "$(wc -l </tmp/run.err)" = 1 ] &&
	   printf '%s\n' "$err" | grep -Eq -- "$_pattern"; then
		pass "$_what: $err"
	else
		fail "$_what" "status: $status, wanted $_status" "stdout: $out" "stderr: $err" \
			"wanted: $_pattern"
	fi
}

# taps COMMAND...: a program that prints TAP lines, whose numbers don't count, and no plan
taps() {
	"$@" >/tmp/taps 2>&1 || fail "$* comes to its end" "status: $?"
	sed 's/^\(\(not \)\{0,1\}ok\) [0-9][0-9]* /\1 /' /tmp/taps
	count=$((count + $(grep -Ec '^(not )?ok ' /tmp/taps)))
}

# No test concludes from what happened in some seconds: a machine may be slow. It waits for what
# has to come, for longer than that takes with a tenth of a processor. What did not come by then
# is reported as too slow, which may be wrong as well, and not as anything else.
patience=600	# seconds

# wait_for WHAT COMMAND...: until the command succeeds, which is tried each $pause seconds
pause=0.1
wait_for() {
	_awaited=$1
	shift
	_until=$(($(cut -d . -f 1 /proc/uptime) + patience))
	until "$@" >/tmp/waited 2>&1; do
		if [ "$(cut -d . -f 1 /proc/uptime)" -gt $_until ]; then
			fail "$_awaited" "too slow: not within $patience seconds: $*" "$(cat /tmp/waited)"
			return 1
		fi
		sleep $pause
	done
}

# rows_lie_between ROWS NUMBERS: so many lines "NAME|NUMBER..." are in each of /tmp/before, /tmp/ours
# and /tmp/after, with the same names in the same order, and none of our numbers is below what it
# was before or above what it was after
rows_lie_between() {
	[ "$(wc -l </tmp/ours)" = "$1" ] || { echo "rows: $(wc -l </tmp/ours), wanted $1"; return 1; }
	paste -d '|' /tmp/before /tmp/ours /tmp/after | awk -F '|' -v numbers="$2" '
		NF != 6 || $1 != $3 || $3 != $5 { print "names differ: " $0; bad = 1; next }
		{
			n = split($2, before, " "); split($4, ours, " "); split($6, after, " ")
			for (i = 1; i <= n; i++)
				if (ours[i] < before[i] || ours[i] > after[i]) {
					print "number " i " differs: " $0
					bad = 1
				}
			if (n != numbers) { print "numbers are missing: " $0; bad = 1 }
		}
		END { exit bad }'
}

# hand_out FILE...: have these files outside of the VM, see tests/vm/boot
hand_out() {
	for _file; do
		base64 "$_file" | sed "s/^/wsdump-file: ${_file##*/} /"
	done
}

# Load the module that makes sources, and wait for what its device causes to settle.
need_fixture() {
	insmod /tests/ws_fixture.ko || fail "the fixture module loads"
}

# option NAME DEFAULT: from the kernel's command line, where tests/vm/boot puts
# WSDUMP_OPTIONS="wsdump.NAME=..."
option() {
	_value=$(sed -n "s/.*\<wsdump\.$1=\([^ ]*\).*/\1/p" /proc/cmdline)
	echo "${_value:-$2}"
}

# How many wakeup sources there are: nodes in sysfs, and one more where the kernel has
# autosleep, which makes its source before there is a class to put it in.
source_count() {
	_nodes=$(ls /sys/class/wakeup | wc -l)
	[ ! -e /sys/power/autosleep ] || _nodes=$((_nodes + 1))
	echo $_nodes
}

# control WORDS...: a command for the fixture, see tests/fixture/ws_fixture.c
control() {
	echo "$*" >"$fixture/control"
}

# expired NAME: the kernel has released this source because its time was over
expired() {
	awk -v name="$1" '$1 == name && $5 && !$6 { found = 1 } END { exit !found }' $debugfs
}

# wait_expired NUMBER...: those sources of the fixture have, after the command "event"
wait_expired() {
	for _source; do
		wait_for "source $_source expires" expired "fixture-$_source"
	done
}

# stop_servers: of the scheduler's fair class, by giving them no runtime
stop_servers() {
	for _server in /sys/kernel/debug/sched/fair_server/cpu*/runtime; do
		echo 0 >"$_server" || return
	done
}
# Those of 6.12 are wrong about a processor that is late: dl_task_timer() warns of a timer that is
# set already, in a VM with a tenth of a processor that did nothing but verify a program.
case ${IN_ROOT:-}$(uname -r) in
6.12.*-debug | 6.12.*-kcsan) stop_servers ;;
esac

# From now on a suspend goes as far as the kernel's test of it, and does not wait there. The
# kernel gives up, with a trace of each task that did not freeze, after 20 seconds: less than it
# takes to load a module, or to verify a program, on a busy machine with a kernel that checks all
# it does.
pretend_to_suspend() {
	echo devices >/sys/power/pm_test
	echo 0 >/sys/module/suspend/parameters/pm_test_delay
	echo 600000 >/sys/power/pm_freeze_timeout	# milliseconds
}

# suspend_once: or as far as that goes; succeeds if the kernel counts it
suspend_once() {
	_suspends=$(cat /sys/power/suspend_stats/success)
	echo freeze >/sys/power/state 2>/dev/null
	[ "$(cat /sys/power/suspend_stats/success)" -gt "$_suspends" ]
}

# The last line of every test: no test passes that made the kernel complain. (Outside
# of a VM the kernel is the machine's, and none of a test's business.) Once the VM has
# ended tests/vm/boot looks again, at all that came after the boot loader.
done_testing() {
	if [ -z "${IN_ROOT:-}" ]; then
		_said=$(dmesg | ${traces:-cat} | grep -EA 25 "$reports" || true)
		is "the kernel has nothing to report" "$_said" ""
	fi
	echo "1..$count"
}
