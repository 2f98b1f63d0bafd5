# SPDX-License-Identifier: GPL-2.0-only
# wakes: alarm key
# For `make pictures`: wsdump why after a short night. A source of the fixture is active, so that
# there is something to see; the machine slept, and a key woke it.
. lib/lib.sh
. lib/screen.sh

modprobe wakeup_kfuncs
need_fixture
for name in modem-uplink wlan0; do printf $name >$fixture/add; done
rtcwake -m mem -s 5 >/dev/null
control stay 0
sleep 2
export PS1='# '
t new-session -d -x 80 -y 40 "stty cols 80; PS1='# ' sh"
type 'clear; wsdump why' Enter
wait_for "the answer" on_screen '^May wake'
sleep 1
screen | sed -e '$d' -e '/^$/d' >/tmp/why
hand_out /tmp/why
done_testing
