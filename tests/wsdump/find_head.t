# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12 6.1
# checked: no
# wakeup_kfuncs.ko finds the head of the list also when the last source goes while it looks.
. lib/lib.sh

# In the order of the list, without those of the machine in front.
names() {
	wsdump --json | jq -r '.wakeup_sources[].name'
}

sed '1d; /^deleted /d; s/ *\t.*//' $debugfs >/tmp/before
check "the fixture loads" insmod ws_tail.ko
is "its sources are the last" "$(sed '1d; /^deleted /d; s/ *\t.*//' $debugfs | tail -n 2 | tr '\n' ' ')" "ws_last_but_one ws_last "
check "the module loads" taskset -c 0 modprobe wakeup_kfuncs
is "and meanwhile the last one goes" "$(cat /sys/module/ws_tail/parameters/gone)" Y
is "what is left is listed" "$(names)" "$(cat /tmp/before; echo ws_last_but_one)"
need_fixture
control many 2
is "and new ones in front" "$(names | head -n 2 | tr '\n' ' ')" "fixture-1 fixture-0 "
check "all of it unloads" rmmod ws_tail ws_fixture

done_testing
