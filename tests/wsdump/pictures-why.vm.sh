# SPDX-License-Identifier: GPL-2.0-only
# wakes: alarm
# For `make pictures`: wsdump why after a short night. A source of the fixture is active, so that
# there is something to see; the machine slept, and the alarm woke it.
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
# -J: lines that the terminal has broken in one piece; and without the last prompt
{
	echo '# wsdump why'
	t capture-pane -p -J | grep -v -e '^ *$' -e '^# *$' | sed 's/ *$//'
} >/tmp/why
check "which begins with what is active" grep -q '^Active now' /tmp/why
hand_out /tmp/why
done_testing
