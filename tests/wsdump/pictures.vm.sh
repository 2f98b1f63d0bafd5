# SPDX-License-Identifier: GPL-2.0-only
# In the VM, for `make pictures`: what the README shows, of sources as a phone has them.
. lib/lib.sh
set -e

modprobe wakeup_kfuncs
insmod ws_fixture.ko
for name in touchscreen modem wlan_rx alarm-rtc usb-charger sensor-hub audio-offload; do
	printf '%s' "$name" >$fixture/add
done

wsdump trace --quiet --svg /tmp/timeline.svg >/dev/null &
trace=$!
sleep 1
{
	sleep 0.7; control stay 4; sleep 3.1; control relax 4	# the charger, plugged in
} &
{
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
		control event 5 25
		sleep 0.4
	done
} &
control event 3 150
sleep 0.4
control stay 1
sleep 0.3
for i in 1 2 3 4 5 6; do
	control event 2 60
	sleep 0.12
done
control relax 1
sleep 0.5
control stay 6
sleep 1.2
control event 0 80
sleep 0.2
control event 0 240
sleep 0.6
control relax 6
control event 3 120
control stay 1
sleep 0.35
control relax 1
sleep 0.6
wait $! || true
kill -INT $trace
wait $trace
hand_out /tmp/timeline.svg
