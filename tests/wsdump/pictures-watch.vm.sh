# SPDX-License-Identifier: GPL-2.0-only
# In the VM, for `make pictures`: the screen of `wsdump watch`, and then a listing, with sources
# of the tests' fixture beside those that the VM has by itself.
. lib/lib.sh

mkdir -p /dev/pts
mount -t devpts devpts /dev/pts
export TERM=linux

t() {
	tmux -L picture -f /dev/null "$@"
}

modprobe wakeup_kfuncs
insmod /tests/ws_fixture.ko
add() {
	printf '%s' "$2" >/sys/kernel/debug/ws_fixture/"$1"
}
control() {
	echo "$*" >/sys/kernel/debug/ws_fixture/control
}
add add_child wlan0
add add modem-uplink
add add battery
add add_child usb1-port2
add add touchscreen
add add_child fingerprint

{
	t new-session -d -x 100 -y 20 'wsdump watch 2'
	control stay 1
	n=0
	while [ $n -lt 70 ]; do
		control event 0 60
		[ $((n % 3)) != 0 ] || control event 3 10
		[ $((n % 20)) != 0 ] || control event 2 400
		[ $n != 50 ] || add add bluetooth-resume
		n=$((n + 1))
		sleep 0.1
	done
} >/dev/null 2>&1
t capture-pane -e -N -p >/tmp/watch.screen
t kill-server

wsdump --pin 2>/dev/null
control event 2 5000
sleep 1.3
control event 0 900
{
	echo '# wsdump --top 6'
	wsdump --top 6
} >/tmp/listing
hand_out /tmp/watch.screen /tmp/listing
