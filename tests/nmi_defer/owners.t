# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12 6.12-rt debug kcsan
# quick: ci debug kcsan
# checked: no
# Who attaches and who goes: how many owners there may be, of what shape, what an id is good for
# when its owner has gone, and who holds the module.
. lib/lib.sh
. nmi_defer/nmi_defer.sh

need_nmis
taps ./owners
is "nobody is attached" "$(cat /sys/module/nmi_defer/parameters/owners)" ""

./owners hold >/tmp/held & held=$!
wait_for "an owner attaches" grep -q attached /tmp/held
like "the module says who" "$(cat /sys/module/nmi_defer/parameters/owners)" \
	'^0x[0-9a-f]+ 16 defer$'
refuse "it can't be unloaded then" rmmod nmi_defer
echo 500 >$nmis/storm
before=$(cat $nmis/count)
storm_blows() { test "$(cat $nmis/count)" -gt $((before + 200)); }
wait_for "NMIs come" storm_blows
kill -9 $held
wait $held
nobody_attached() { test -z "$(cat /sys/module/nmi_defer/parameters/owners)"; }
wait_for "who is killed in a storm is no owner any more" nobody_attached &&
	pass "who is killed in a storm is no owner any more"
echo 0 >$nmis/storm
unload

done_testing
