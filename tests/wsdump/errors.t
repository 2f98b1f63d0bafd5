# SPDX-License-Identifier: GPL-2.0-only
# modes: module
# quick: ci
# What can go wrong on a kernel that could do it: one line with the cause and the way
# out, a status, and nothing that looks like a listing.
. lib/lib.sh

ko_dir=/lib/modules/$(uname -r)/updates

fails "an unknown option" 2 "unknown option '--frobnicate': try 'wsdump --help'" wsdump --frobnicate
fails "an unknown letter" 2 "unknown option '-x': try" wsdump -x
fails "an unknown letter behind a known one" 2 "unknown option '-x': try" wsdump -jx
fails "an argument for an option that has none" 2 "option '--json=yes' takes no argument: try" wsdump --json=yes
fails "an option without its argument" 2 "option '--output' needs an argument: try" wsdump --output
fails "a letter without its argument" 2 "option '-o' needs an argument: try" wsdump -jo
fails "a column that there is not" 2 "unknown column 'size': try" wsdump -o name,size
fails "a column twice" 2 "column 'ID' is there twice: try" wsdump -o id,ID
fails "no column" 2 "unknown column '': try" wsdump -o ''
fails "a column to sort by that there is not" 2 "unknown column 'size': try" wsdump --sort -size
fails "a format that there is not" 2 "unknown format 'xml': try" wsdump --format xml
fails "a name where nothing is listed" 2 "unexpected argument 'fixture': try" wsdump --pin fixture
for bad in 0 -1 x 5x '' 99999999999999999999; do
	fails "--top '$bad'" 2 "'$bad' is no number from 1 on: try" wsdump --top "$bad"
done
for bad in '' s 5x 1.s 3m12 -5s 99999999999d 99999999999999999999s; do
	fails "--since '$bad'" 2 "'$bad' is no duration such as .*: try" wsdump --since "$bad"
done

mv "$ko_dir" /tmp/hidden
depmod
fails "a kernel without kfuncs, and no module" 1 "lacks .* is not installed: run 'make install' in the source of wakeup-kfuncs as root" wsdump
mkdir -p /lib/modules/6.99.0-other
echo 'updates/dkms/wakeup_kfuncs.ko.xz:' >/lib/modules/6.99.0-other/modules.dep
fails "a module that is installed for another kernel only" 1 \
	"installed for kernel 6\.99\.0-other only: run 'dkms autoinstall -k .*' as root" wsdump
mkdir -p "$ko_dir"
cp /tests/wakeup_kfuncs-other.ko "$ko_dir/wakeup_kfuncs.ko"
depmod
fails "a module that was built for another kernel" 1 \
	"built for another kernel than .*: rebuild it with 'dkms install --force wakeup-kfuncs/[0-9.]+ -k " wsdump
cp /tests/wakeup_kfuncs-nobtf.ko "$ko_dir/wakeup_kfuncs.ko"
depmod
fails "a module without BTF" 1 "could not load module wakeup_kfuncs: .*\(the kernel's log has: wakeup_kfuncs: .*BTF" wsdump
rm -r "$ko_dir" /lib/modules/6.99.0-other
mv /tmp/hidden "$ko_dir"
depmod

mkdir /etc/modprobe.d
echo 'install wakeup_kfuncs /bin/false' >/etc/modprobe.d/not.conf
fails "a line of modprobe.d that forbids it" 1 \
	"could not load module wakeup_kfuncs: 'modprobe --showconfig' has a line 'install wakeup_kfuncs', which failed: " wsdump
echo 'install wakeup_kfuncs /bin/true' >/etc/modprobe.d/not.conf
fails "one that does nothing instead" 1 \
	"modprobe did not fail, but module wakeup_kfuncs is not loaded: see whether 'modprobe --showconfig' has a line 'install wakeup_kfuncs'" wsdump
rm -r /etc/modprobe.d

mv /sbin/modprobe /sbin/modprobe.gone
fails "no modprobe" 1 "could not load module wakeup_kfuncs: there is no modprobe, it comes with package kmod" wsdump
printf '\0' >/sbin/modprobe
chmod 755 /sbin/modprobe
fails "a modprobe that can't be run" 1 "could not load module wakeup_kfuncs: can't run .*/modprobe: Exec format error" wsdump
printf '#!/bin/sh\nexit 3\n' >/sbin/modprobe
fails "a modprobe that says nothing" 1 "could not load module .*: modprobe wakeup_kfuncs failed without a word" wsdump
printf '#!/bin/sh\nenv >/tmp/environment\nexit 3\n' >/sbin/modprobe
MODPROBE_OPTIONS='-C /tmp' LD_LIBRARY_PATH=/tmp PATH=/tmp:$PATH wsdump >/dev/null 2>&1
is "modprobe gets no environment of ours" "$(grep -cE '^MODPROBE_OPTIONS=|/tmp' /tmp/environment) $(grep -c ^PATH= /tmp/environment)" "0 1"
rm /sbin/modprobe
mv /sbin/modprobe.gone /sbin/modprobe

fails "a user" 1 "needs the capabilities CAP_BPF and CAP_PERFMON.*: run it as root" \
	setpriv --reuid 65534 --regid 65534 --clear-groups wsdump
fails "root without capabilities" 1 "needs the capabilities CAP_BPF and CAP_PERFMON" \
	setpriv --bounding-set=-all --inh-caps=-all wsdump
fails "root with CAP_BPF only" 1 "needs the capabilities CAP_BPF and CAP_PERFMON" \
	setpriv --bounding-set=-all,+bpf --inh-caps=-all wsdump
for caps in +bpf,+perfmon +sys_admin; do
	fails "the module not loaded, and no right to load it, with $caps" 1 \
		"loading it needs CAP_SYS_MODULE: run 'modprobe wakeup_kfuncs' as root" \
		setpriv --bounding-set=-all,$caps --inh-caps=-all wsdump
done
is "none of these loaded it" "$(lsmod | grep -c wakeup_kfuncs)" 0

run sh -c 'trap "" CHLD; exec wsdump'
is "with all in place it loads the module itself, even if it is told of no child" "$status $err" "0 "
wait_for "the module unloads" rmmod wakeup_kfuncs
run wsdump
is "so it does if it is told" "$status $err" "0 "
is "and that stays" "$(lsmod | grep -c '^wakeup_kfuncs ')" 1
run setpriv --bounding-set=-all,+bpf,+perfmon --inh-caps=-all wsdump
is "with the module loaded, CAP_BPF and CAP_PERFMON are enough" "$status $err" "0 "
fails "a name that no source has" 1 "no wakeup source is called 'fixture\*', and it is no verb: try 'wsdump --help'" wsdump 'fixture*'
fails "a verb behind an option" 1 "no wakeup source is called 'list'; as a verb it has to come first: wsdump list" wsdump -j list
run setpriv --bounding-set=-all,+sys_admin --inh-caps=-all wsdump
is "so is CAP_SYS_ADMIN alone" "$status $err" "0 "

fails "a file that has no name" 1 "can't write '/tmp/': it names no file" wsdump --write /tmp/
fails "a file called -" 1 "can't write '-': standard output is no file" wsdump --write -
mkdir /tmp/limited
# by a pipe, as the limit is for the file that standard error is, too
run sh -c '(ulimit -f 0; wsdump --write /tmp/limited/a; echo "status $?") 2>&1 | cat'
is "a file larger than ulimit allows" "$out" "wsdump: can't write /tmp/limited/a: File too large
status 1"
is "leaves nothing there" "$(ls -A /tmp/limited)" ""
fails "a full disk" 1 "can't write to standard output: No space left on device" sh -c 'wsdump >/dev/full'
fails "a full disk, JSON" 1 "can't write to standard output: No space left on device" sh -c 'wsdump --json >/dev/full'
fails "a full disk, help" 1 "can't write to standard output: No space left on device" sh -c 'wsdump --help >/dev/full'
fails "a full disk, version" 1 "can't write to standard output: No space left on device" sh -c 'wsdump --version >/dev/full'
need_fixture
control many 500
fails "a full disk in the middle of much" 1 "can't write to standard output" sh -c 'wsdump >/dev/full'
fails "a full disk in the middle of much JSON" 1 "can't write to standard output" sh -c 'wsdump --json >/dev/full'
fails "standard output closed" 1 "standard output is closed" sh -c 'wsdump >&-'
run sh -c 'wsdump <&-'
is "standard input closed does no harm" "$status $err" "0 "
run sh -c 'wsdump 2>&-'
is "nor does standard error" "$status" 0

umount /sys/kernel/debug /sys/fs/bpf
run wsdump
is "debugfs and bpffs are not needed" "$status $err" "0 "
rmmod ws_fixture
run unshare -m sh -c 'umount -l /sys && exec wsdump'
is "nor is sysfs" "$status $err" "0 "
wait_for "the module can go" rmmod wakeup_kfuncs	# programs end a moment after who loaded them
echo 1 >/proc/sys/kernel/modules_disabled
fails "modules can't be loaded any more" 1 \
	"could not load module wakeup_kfuncs: kernel.modules_disabled is 1, .*Operation not permitted" wsdump
umount -l /sys
fails "without the module, it is what has to be there first" 1 "/sys/kernel is missing: mount sysfs" wsdump

done_testing
