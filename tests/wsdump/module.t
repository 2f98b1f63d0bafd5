# SPDX-License-Identifier: GPL-2.0-only
# quick: arm64 debug kcsan
# checked: no
# wakeup_kfuncs.ko: loads, refuses to load in vain, unloads, leaves nothing behind.
. lib/lib.sh

ko=$(modinfo -F filename wakeup_kfuncs)

# A program may be freed a little after the process that held it has gone.
rmmod_soon() {
	wait_for "it unloads" rmmod wakeup_kfuncs
}

state() {
	cut -f 1 $debugfs
	ls /sys/class/wakeup
	ls /sys/kernel/btf
}

# See tests/vm/kernels.
case "$DEB_ARCH $MODE" in
"amd64 module") dir=updates/dkms what="that DKMS installed" ;;
*) dir=updates what="that make modules built" ;;
esac
is "it is the module $what" "${ko%/*}" "/lib/modules/$(uname -r)/$dir"
is "its license is GPL" "$(modinfo -F license wakeup_kfuncs)" GPL
like "it has a version" "$(modinfo -F version wakeup_kfuncs)" '^[0-9]+\.[0-9]+\.[0-9]+$'
like "it has a description" "$(modinfo -F description wakeup_kfuncs)" 'wakeup sources'
is "it depends on no other module" "$(modinfo -F depends wakeup_kfuncs)" ""

before=$(state)
check "it loads" modprobe wakeup_kfuncs
check "the kernel has taken its BTF" test -e /sys/kernel/btf/wakeup_kfuncs
is "its temporary source is gone" "$(grep wakeup_kfuncs $debugfs)" ""
check "it unloads" rmmod wakeup_kfuncs
is "which leaves nothing behind" "$(state)" "$before"

for variant in nobtf noids; do
	refuse "without its $variant part it refuses to load" insmod /tests/wakeup_kfuncs-$variant.ko
	is "and is not there" "$(lsmod | grep wakeup_kfuncs)" ""
	like "and the log says what to do ($variant)" "$(dmesg | grep wakeup_kfuncs: | tail -n 1)" 'built without .*: rebuild it'
	is "in one line" "$(dmesg -c | grep -c 'wakeup_kfuncs: built without')" 1
done
is "which leaves nothing behind either" "$(state)" "$before"

modprobe wakeup_kfuncs
/tests/hold /tests/hold.bpf.o >/tmp/hold.out &
wait_for "a program that uses it is loaded" grep -q loaded /tmp/hold.out
is "a program that uses it is loaded" "$(cat /tmp/hold.out)" "loaded"
refuse "it can't be unloaded meanwhile" rmmod wakeup_kfuncs
check "and the program's user is not disturbed" wsdump
kill $!
check "it can be unloaded when that is gone" rmmod_soon
is "and again leaves nothing behind" "$(state)" "$before"

for i in 1 2 3 4 5 6 7 8 9 10; do
	modprobe wakeup_kfuncs && wsdump >/dev/null && rmmod_soon || break
done
is "ten rounds of loading, using and unloading" "$i $(lsmod | grep -c wakeup_kfuncs)" "10 0"
is "leave nothing behind" "$(state)" "$before"

# Someone unloads it as soon as it was loaded, before it could be used. (A name ends in what kmod
# is to do.)
mkdir /tmp/real
ln -s /bin/kmod /tmp/real/modprobe
mv /sbin/modprobe /sbin/modprobe.gone
cat >/sbin/modprobe <<'END'
#!/bin/sh
/tmp/real/modprobe "$@" && echo >>/tmp/loaded
[ "$(wc -l </tmp/loaded)" -gt 3 ] || rmmod wakeup_kfuncs
END
chmod 755 /sbin/modprobe
run wsdump --json
is "if it is unloaded before it was used, it's loaded again" "$status $err $(wc -l </tmp/loaded)" "0  4"
mv /sbin/modprobe.gone /sbin/modprobe
check "for a program that ends" rmmod_soon

done_testing
