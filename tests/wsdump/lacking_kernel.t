# SPDX-License-Identifier: GPL-2.0-only
# once: all
# Kernels that lack what wsdump needs: it says what is missing. This kernel has all of it, so
# what tells that it does is hidden or changed: files in /sys/kernel/btf.
. lib/lib.sh

btf=/sys/kernel/btf/vmlinux

# says WHAT PATTERN: whatever the format
says() {
	for option in "" --json; do
		fails "$1${option:+, $option}" 1 "kernel $(uname -r | tr + .) $2" wsdump $option
	done
	run wsdump --help
	is "its help is there all the same" "$status$err" 0
}

# without NAME: the kernel's BTF has another one
without() {
	_offset=$(strings -t d $btf | awk -v name="$1" '$2 == name { print $1; exit }')
	cp $btf /tmp/btf
	printf X | dd of=/tmp/btf bs=1 seek="$_offset" conv=notrunc 2>/dev/null
	mount -o bind /tmp/btf $btf
}

mount -t tmpfs tmpfs /sys/kernel/btf
says "without BTF" "has no BTF .*: it must be built with CONFIG_DEBUG_INFO_BTF"
umount /sys/kernel/btf
without wakeup_sources_read_lock
says "without power management" "has no wakeup sources: it was built without CONFIG_PM_SLEEP"
umount $btf
without bpf_loop
says "too old" "is too old: it has no bpf_loop for BPF programs, 6.1 is the oldest that will do"
umount $btf
check "as it is, it will do" wsdump

done_testing
