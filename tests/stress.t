# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12 debug
# Listings and snapshots while everything around them changes, for stress_seconds with each
# kind of change: every snapshot passes churn.c's checks and agrees with the books of
# ws_books.ko, every listing is complete or is refused in one line, where there is a reason
# to refuse it. Sources are registered, unregistered, activated and released on all
# processors all the while.
. ./lib.sh

seconds=$(option stress_seconds 4)
stays=100
# loading the program for many takes seconds in a VM
many=
[ "$seconds" -lt 60 ] || many=many

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

begin() {
	: >/tmp/complete; : >/tmp/refused; : >/tmp/wrong; : >/tmp/times
	touch /tmp/running
}

# finish WHAT [PATTERN]: with refusals that match
finish() {
	rm -f /tmp/running
	wait
	echo "# $1: $(wc -l </tmp/complete) listings, $(wc -l </tmp/refused) refused, $(wc -l </tmp/times) times"
	check "$1: listings are made" test -s /tmp/complete
	is "$1: each is complete" "$(cat /tmp/wrong)" ""
	is "$1: or there is a reason" "$(grep -Ev "${2:-^$}" /tmp/refused | sort | uniq -c)" ""
	check "$1: this happened" test -s /tmp/times
}

# snapshots WHAT [many]
snapshots() {
	_phase=$1
	shift
	check "$_phase: no snapshot is wrong" ./churn "$seconds" "$@"
	_counts=$(echo "$_said" | grep ^snapshots)
	echo "# $_phase: $_counts"
	check "$_phase: and some were compared with the books" test "${_counts##* }" -gt 0
}

wait_seconds() {
	_end=$(($(date +%s) + seconds))
	while [ "$(date +%s)" -lt $_end ]; do sleep 0.5; done
}

modprobe wakeup_kfuncs
need_fixture
check "sources with books about them" insmod ./ws_books.ko
control many $stays
for cpu in $(seq 0 $(($(nproc) - 1))); do
	control churn "$cpu"
	control storm "$cpu"
done

# --- 64 at once

at_once() {
	for _i in $(seq 64); do listing "$_i" & done
	wait
	echo >>/tmp/times
}
begin
at_once
meanwhile at_once
wait_seconds
finish "64 at once"

# --- what is pinned comes and goes

pin() {
	wsdump --pin >/tmp/pin.out 2>&1 || cat /tmp/pin.out >>/tmp/pin.refused
	wsdump --unpin >/tmp/pin.out 2>&1 || cat /tmp/pin.out >>/tmp/pin.refused
	echo >>/tmp/times
}
: >/tmp/pin.refused
begin
meanwhile pin
meanwhile listing a
meanwhile listing b
snapshots "pinned and not"
finish "pinned and not"
is "pinning waits for others only" "$(grep -v 'another process is using' /tmp/pin.refused | sort | uniq -c)" ""
is "nothing stays pinned" "$(ls -d /sys/fs/bpf/wsdump/* 2>/dev/null)" ""

# --- suspended, as far as the kernel's test of it goes

suspend() {
	echo freeze >/sys/power/state 2>/dev/null && echo >>/tmp/times
	sleep 0.3
}
if [ -e /sys/power/pm_test ]; then
	echo devices >/sys/power/pm_test
	echo 0 >/sys/module/suspend/parameters/pm_test_delay
	begin
	meanwhile suspend
	meanwhile listing a
	snapshots "suspending" $many
	finish "suspending"
	echo none >/sys/power/pm_test
fi

# --- processors come and go

cpu=/sys/devices/system/cpu/cpu1/online
hotplug() {
	echo 0 >$cpu && echo 1 >$cpu && echo >>/tmp/times
}
if [ -e $cpu ]; then
	begin
	meanwhile hotplug
	meanwhile listing a
	snapshots "processors" $many
	finish "processors"
	is "all are there again" "$(cat $cpu)" 1
fi

# --- little memory

# All but some 100 MB are in use, then little less; caches are thrown away.
use_memory() {
	_free=$(($(sed -n 's/^MemAvailable: *\([0-9]*\).*/\1/p' /proc/meminfo) / 1024 - 100))
	[ $_free -le 0 ] || dd if=/dev/zero of=/full/file bs=1M count=$_free 2>/dev/null
	echo $_free >>/tmp/filled_MiB
	echo 3 >/proc/sys/vm/drop_caches
	rm -f /full/file
	echo >>/tmp/times
}
: >/tmp/filled_MiB
mkdir /full
mount -t tmpfs -o size=100% full /full
begin
meanwhile use_memory
meanwhile listing a
snapshots "little memory"
finish "little memory"
umount /full
check "little memory: it was little" test "$(sort -n /tmp/filled_MiB | tail -n 1)" -gt 300

# --- the module comes and goes

unload() {
	rmmod wakeup_kfuncs 2>/dev/null && echo >>/tmp/times
}
listing_now_and_then() {
	listing a
	sleep 0.3
}
control stop
begin
meanwhile unload
meanwhile listing_now_and_then
wait_seconds
# it may go at any step of loading the program, and what's missing then has many names
finish "unloading" '^wsdump: '

is "the list is what it was" "$(wsdump | grep -c ^fixture-)" $stays
check "the fixture unloads" rmmod ws_books ws_fixture
for i in 1 2 3 4 5 6; do rmmod wakeup_kfuncs 2>/dev/null && break; sleep 0.5; done
is "so does the module" "$(lsmod | grep wakeup_kfuncs)" ""

done_testing
