# SPDX-License-Identifier: GPL-2.0-only
# In the VM, for trace_files.t: a trace of sources with a known story, in both forms, and
# the same as lines.
. lib/lib.sh
set -e

modprobe wakeup_kfuncs
insmod ws_fixture.ko
nl='
'
for name in touch modem 'a<b>&"c'"'"'d' "two${nl}lines" twin twin "$(printf 'bad\377\302\205\357\277\276')"; do
	printf '%s' "$name" >$fixture/add
done
control stay 0				# held from before the trace

wsdump trace --raw --perfetto /tmp/trace.pftrace --svg /tmp/trace.svg >/tmp/trace.raw &
trace=$!
until [ -s /tmp/trace.raw ]; do
	sleep 0.1
done
for round in 1 2 3; do
	for i in 1 2 3 4 5 6; do
		control stay $i
	done
	sleep 0.2
	for i in 6 5 4 3 2 1; do
		control relax $i
	done
	sleep 0.1
done
control stay 1				# and one until after it
printf late >$fixture/add
control event 7 100
until awk -F '\t' '$2 == "release" && $6 == "late" { n++ } END { exit !n }' /tmp/trace.raw; do
	sleep 0.1
done
kill -INT $trace
wait $trace
hand_out /tmp/trace.raw /tmp/trace.pftrace /tmp/trace.svg
