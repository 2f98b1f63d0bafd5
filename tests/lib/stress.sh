# SPDX-License-Identifier: GPL-2.0-only
# For the tests stress_*.t: listings and snapshots while everything around them changes, for
# stress_seconds, and until what the test is about has happened and a listing was made. Every
# snapshot passes churn.c's checks and agrees with the books of ws_books.ko. Every listing has
# all sources, or wsdump fails with one line, where there is a reason to fail. Sources are
# registered, unregistered, activated and released on all processors all the while.

seconds=$(option stress_seconds 4)
stays=100

# over and over, until it's over: COMMAND...
meanwhile() {
	while [ -e /tmp/running ]; do "$@"; done &
}

# listing NAME: several at a time need different names
listing() {
	_out=/tmp/listing.$1
	if wsdump >"$_out" 2>"$_out.err"; then
		if [ "$(grep -c ^fixture- "$_out")" = $stays ] && [ ! -s "$_out.err" ]; then
			echo >>/tmp/complete
		else
			cat "$_out.err" "$_out" >>/tmp/wrong
		fi
	elif [ ! -s "$_out" ] && [ "$(wc -l <"$_out.err")" = 1 ]; then
		cat "$_out.err" >>/tmp/refused
	else
		cat "$_out.err" "$_out" >>/tmp/wrong
	fi
}

# time_listing: how long one takes, in $took_s, before anything happens
time_listing() {
	_start=$(cut -d ' ' -f 1 /proc/uptime)
	listing a
	took_s=$(awk "{ print \$1 - $_start }" /proc/uptime)
	: >/tmp/complete
}

# pause: up to twice as long as that, so what comes then does at any step of a listing, or after it
pause=0
pause() {
	pause=$(((pause + 1) % 8))
	sleep "$(awk "BEGIN { print $took_s * $pause / 4 }")"
}

# happened: what the test is about did, once more
happened() {
	echo >>/tmp/times
}

# snapshots
snapshots() {
	check "no snapshot is wrong" ./churn "$seconds"
	_counts=$(echo "$_said" | grep ^snapshots)
	echo "# $_counts"
	check "and some were compared with the books" test "${_counts##* }" -gt 0
}

wait_seconds() {
	_end=$(($(date +%s) + seconds))
	while [ "$(date +%s)" -lt $_end ]; do sleep 0.5; done
}


# Where it is not loaded there is nothing to do.
rmmod_kfuncs() {
	[ ! -e /sys/module/wakeup_kfuncs ] || rmmod wakeup_kfuncs
}

begin() {
	modprobe wakeup_kfuncs
	need_fixture
	check "sources with books about them" insmod ./ws_books.ko
	control many $stays
	for cpu in $(seq 0 $(($(nproc) - 1))); do
		control churn "$cpu"
		control storm "$cpu"
	done
	: >/tmp/complete; : >/tmp/refused; : >/tmp/wrong; : >/tmp/times
	touch /tmp/running
}

# finish [PATTERN]: with refusals that match
finish() {
	wait_for "what this is about happens" test -s /tmp/times
	wait_for "a listing is made" test -s /tmp/complete
	rm -f /tmp/running
	wait
	echo "# $seconds seconds: $(wc -l </tmp/times) times," \
		"$(wc -l </tmp/complete) listings, $(wc -l </tmp/refused) refused"
	check "what this is about happened" test -s /tmp/times
	check "listings were made" test -s /tmp/complete
	is "each was complete" "$(cat /tmp/wrong)" ""
	sort /tmp/refused | uniq -c | sed 's/^/# /'
	is "or there was a reason" "$(grep -Ev "${1:-^$}" /tmp/refused | sort | uniq -c)" ""

	control stop
	is "the list is what it was" "$(wsdump | grep -c ^fixture-)" $stays
	check "the fixture unloads" rmmod ws_books ws_fixture
	wait_for "the module unloads" rmmod_kfuncs && pass "so does the module"
}
