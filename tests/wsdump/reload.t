# SPDX-License-Identifier: GPL-2.0-only
# arch: amd64
# once: release
# checked: no
# An upgrade replaces the loaded module at once, or when what uses it has ended: what DKMS
# runs when it has installed a version.
. lib/lib.sh

kver=$(uname -r)
file=/lib/modules/$kver/updates/dkms/wakeup_kfuncs.ko
version=$(modinfo -F version wakeup_kfuncs)

loaded() {
	cat /sys/module/wakeup_kfuncs/version
}

run ./reload "$kver" wakeup_kfuncs wsdump
is "it does not load what was not loaded" "$status $(test -e /sys/module/wakeup_kfuncs && loaded)" "0 "

modprobe wakeup_kfuncs
wsdump --pin 2>/dev/null
run ./reload "$kver" wakeup_kfuncs wsdump
is "the same version is left alone" "$status $out$err $(loaded)" "0  $version"

# DKMS installs: the file is there, depmod has not run.
rm "$file"*
cp ./wakeup_kfuncs-newer.ko "$file"
run ./reload 6.99.0 wakeup_kfuncs wsdump
is "so is it when the new one is for another kernel" "$status $out$err $(loaded)" "0  $version"

run ./reload "$kver" wakeup_kfuncs wsdump
is "while a program uses the module, it stays" "$status $(loaded)" "0 $version"
like "and that is said" "$err" "programs are using version $version, which stays loaded"
like "with what to do" "$err" "wsdump --unpin; modprobe -r wakeup_kfuncs; modprobe wakeup_kfuncs"
check "it works as before" wsdump
depmod
check "and after depmod" wsdump

./hold hold.bpf.o >/tmp/held &
holder=$!
until grep -q loaded /tmp/held; do sleep 0.1; done
wsdump --unpin
run ./reload "$kver" wakeup_kfuncs wsdump
is "one program more keeps it" "$status $(loaded)" "0 $version"
check "the command still works" wsdump
kill $holder
wait $holder 2>/dev/null
run ./reload "$kver" wakeup_kfuncs wsdump
is "when the last has ended, the new one replaces it" "$status $out$err $(loaded)" "0  99.1"
check "the command works with it" wsdump

done_testing
