# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12 debug kcsan
# quick: debug
# The module comes and goes: see stress.sh.
. ./lib.sh
. ./stress.sh

unload() {
	rmmod wakeup_kfuncs 2>/dev/null && happened
}

listing_now_and_then() {
	listing a
	sleep 0.3
}

begin
control stop
meanwhile unload
meanwhile listing_now_and_then
wait_seconds
# it may go at any step of loading the program, and what's missing then has many names
finish '^wsdump: '
done_testing
