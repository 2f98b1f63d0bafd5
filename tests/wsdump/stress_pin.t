# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12 debug kcsan
# quick: ci
# Programs that are pinned come and go: see stress.sh.
. lib/lib.sh
. lib/stress.sh

pin() {
	wsdump --pin >/tmp/pin.out 2>&1 || cat /tmp/pin.out >>/tmp/pin.refused
	wsdump --unpin >/tmp/pin.out 2>&1 || cat /tmp/pin.out >>/tmp/pin.refused
	happened
}

: >/tmp/pin.refused
begin
meanwhile pin
meanwhile listing a
meanwhile listing b
snapshots
finish
is "pinning waits for others only" "$(grep -v 'another process is using' /tmp/pin.refused | sort | uniq -c)" ""
is "nothing stays pinned" "$(ls -d /sys/fs/bpf/wsdump/* 2>/dev/null)" ""
done_testing
