# SPDX-License-Identifier: GPL-2.0-only
# rows: debug
# quick: debug
# reports: wanted
# A kernel that tells does tell: each kind of mistake, made on purpose, is in its log. And
# what is there fails a test, but this one: tests/vm/boot says so, for this file it would
# be a failure if nothing were found.
. lib/lib.sh

echo 0 >/proc/sys/kernel/panic_on_warn
insmod /tests/ws_misdeeds.ko

# reported NAME PATTERN: the mistake of this name is
reported() {
	dmesg -c >/dev/null
	echo "$1" >/sys/kernel/debug/ws_misdeeds
	like "$1" "$(dmesg)" "$2"
}

# lockdep stops at the first report, its own or another's, but for those of RCU
reported rcu 'WARNING: suspicious RCU usage'
reported locks 'WARNING: possible circular locking dependency'
reported use_after_free 'BUG: KASAN: slab-use-after-free in use_after_free'
reported shift 'UBSAN: shift-out-of-bounds'
reported list 'list_add corruption'
reported timer 'ODEBUG: free active .* timer_list'
reported sleep_in_atomic 'BUG: sleeping function called from invalid context'
# tests/vm/init looks for it, at the end of any test; here as well, to say that it's found
echo leak >/sys/kernel/debug/ws_misdeeds
sleep 6
echo scan >/sys/kernel/debug/kmemleak
echo scan >/sys/kernel/debug/kmemleak
like "leak" "$(cat /sys/kernel/debug/kmemleak)" 'leak\+0x.* \[ws_misdeeds\]'

dmesg -c >/dev/null	# tests/vm/boot has the console
done_testing
