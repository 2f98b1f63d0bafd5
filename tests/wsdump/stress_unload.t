# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12 debug kcsan
# quick: ci debug kcsan
# The module comes and goes: see stress.sh.
. lib/lib.sh
. lib/stress.sh

# As soon as nothing uses it, from a time on that may be at any step of a listing.
unload() {
	pause
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
time_listing
meanwhile unload
meanwhile listing_now_and_then
wait_seconds
finish
done_testing
