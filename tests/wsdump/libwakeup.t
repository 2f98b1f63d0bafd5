# SPDX-License-Identifier: GPL-2.0-only
# once: release
# checked: no
# The library, as a program uses it: the example, built with pkg-config.
. lib/lib.sh

# ldconfig's cache, which this small system has not
export LD_LIBRARY_PATH=/usr/local/lib

modprobe wakeup_kfuncs
need_fixture
control many 20
for i in 3 5 8; do
	control stay $i
done
sleep 1

check "the example is short" test "$(wc -l <awake.c)" -le 40
for kind in static shared; do
	run ./awake-$kind
	is "it runs, $kind" "$status$err" 0
	is "and knows what is active" "$(echo "$out" | cut -d ' ' -f 1 | sort | tr '\n' ' ')" "fixture-3 fixture-5 fixture-8 "
	is "for how long" "$(echo "$out" | awk '$2 < 1000 || $2 > 100000 || $3 != "ms"')" ""
	fails "it tells what is wrong" 1 "^awake-$kind: .*needs the capabilities CAP_BPF and CAP_PERFMON" \
		setpriv --bounding-set=-all --inh-caps=-all ./awake-$kind
done

run ./cplusplus
is "C++ can use it" "$status $out" "0 $(wsdump --version | sed -n 's/^wsdump //p') $(source_count)"
run setpriv --bounding-set=-all --inh-caps=-all ./cplusplus
like "a program is told what kind of error it is" "$status $out" '^1 3 .*needs the capabilities'
setpriv --bounding-set=-all --inh-caps=-all ./events 2>/dev/null
is "as the example for events is" "$?" 77
./events >/tmp/events &
events=$!
activated() {
	control event 7 10
	grep -qx fixture-7 /tmp/events
}
wait_for "it prints what is activated" activated && pass "it prints what is activated"
kill $events

./threads >/tmp/threads
is "threads with readers of their own, and their own errors" "$? $(cat /tmp/threads)" "0 8 threads, 200 snapshots each, 0 wrong"
fails "flags that are not known" 1 "wakeup_open: flags 0x80 are not known" ./threads 0x80

for how in "the module is loaded" "it loads the module"; do
	# where nothing is pinned, all works without bpffs
	is "the process is as before, $how" "$(./leaves)" ""
	wait_for "the module can go" sh -c 'rmmod wakeup_kfuncs || ! test -e /sys/module/wakeup_kfuncs'
done

done_testing
