# SPDX-License-Identifier: GPL-2.0-only
# firmware: secureboot
# arch: amd64
# once: release
# quick: ci
# Secure Boot: the module that DKMS signed loads with the key enrolled, and no other does.
. lib/lib.sh

installed=$(modinfo -n wakeup_kfuncs)

is "the firmware verifies" "$(dmesg | grep -c 'secureboot: Secure boot enabled')" 1
is "the kernel enforces" "$(cat /sys/module/module/parameters/sig_enforce)" Y
like "it is locked down" "$(dmesg)" "Kernel is locked down from EFI Secure Boot"
like "it has the key that DKMS made" "$(dmesg)" "Loaded X.509 cert '.*DKMS module [Ss]igning [Kk]ey"
like "the module is signed with that" "$(modinfo -F signer wakeup_kfuncs)" "DKMS module [Ss]igning [Kk]ey"

_said=$(insmod ./wakeup_kfuncs-unsigned.ko 2>&1)
like "an unsigned module is refused" "$_said" "Key was rejected by service|Required key not available|Operation not permitted"
_said=$(insmod ./wakeup_kfuncs-stranger.ko 2>&1)
like "so is one signed with another key" "$_said" "Key was rejected by service|Required key not available"
refuse "neither is loaded" test -e /sys/module/wakeup_kfuncs

mv "$installed" /tmp/signed
cp ./wakeup_kfuncs-stranger.ko "${installed%.ko*}.ko"
depmod
fails "wsdump says so, and what to do" 1 "wakeup_kfuncs.*(mokutil|enrol)" wsdump
rm "${installed%.ko*}.ko"
mv /tmp/signed "$installed"
depmod

check "the one that DKMS signed loads" modprobe wakeup_kfuncs
is "without tainting the kernel as unsigned" "$(($(cat /proc/sys/kernel/tainted) & 8192))" 0
is "wsdump lists all sources" "$(wsdump --json | jq '.wakeup_sources | length')" "$(ls /sys/class/wakeup | wc -l)"
check "and pins its program" wsdump --pin
check "wsdump lists them again" wsdump
check "and traces what they do" wsdump trace 0.1

done_testing
