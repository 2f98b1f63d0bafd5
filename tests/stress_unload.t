# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12 debug kcsan
# quick: debug
# The module comes and goes: see stress.sh.
. ./lib.sh
. ./stress.sh

# As soon as nothing uses it, from a time on that may be at any step of a listing or after it:
# the pauses are up to twice as long as one takes.
pause=0
unload() {
	pause=$(((pause + 1) % 8))
	sleep "$(awk "BEGIN { print $took_s * $pause / 4 }")"
	until rmmod wakeup_kfuncs 2>/dev/null; do
		[ -e /tmp/running ] || return
	done
	happened
}

listing_now_and_then() {
	listing a
	sleep 0.3
}

begin
control stop
start=$(cut -d ' ' -f 1 /proc/uptime)
listing a
took_s=$(awk "{ print \$1 - $start }" /proc/uptime)
: >/tmp/complete
meanwhile unload
meanwhile listing_now_and_then
wait_seconds
# it may go at any step of loading the program, and what's missing then has many names
finish '^wsdump: '
done_testing
