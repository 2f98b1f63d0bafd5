# SPDX-License-Identifier: GPL-2.0-only
# modes: module
# arch: amd64
# checked: no
# Making the module's BTF on the machine that it is for, with no image of its kernel at
# hand: from the running kernel, if it is that very one, and never from another.
. lib/lib.sh

export PATH="$PATH:/tests/btf"
tools=/tests/btf

# Headers as far as add_btf looks, for a kernel: RELEASE VERSION
headers=/tmp/headers
pretend() {
	mkdir -p $headers/include/generated
	echo "#define UTS_RELEASE \"$1\"" >$headers/include/generated/utsrelease.h
	echo "#define UTS_VERSION \"$2\"" >$headers/include/generated/utsversion.h
	cp /tests/wakeup_kfuncs-bare.ko /tmp/made.ko
}

# no module is left behind: DESCRIPTION
refused() {
	pretend "$2" "$3"
	run $tools/add_btf $headers $tools /tmp/made.ko
	check "$1 is refused" test "$status" != 0 -a ! -e /tmp/made.ko
	like "and is told from this one" "$err" "it is the running kernel's: $(uname -r | sed 's/[.+]/\\&/g'), #"
}

refuse "there is no image here" ls /boot/vmlinuz*
check "there is the running kernel's BTF" test -s /sys/kernel/btf/vmlinux

refused "a kernel of another release" "$(uname -r)-other" "$(uname -v)"
refused "one of the same release but another build" "$(uname -r)" "#1 SMP another build"

pretend "$(uname -r)" "$(uname -v)"
refuse "the module has no BTF yet, and does not load" insmod /tmp/made.ko
dmesg -c >/dev/null
run $tools/add_btf $headers $tools /tmp/made.ko
is "this very kernel will do" "$status" 0
like "and is named" "$out" 'base from /sys/kernel/btf/vmlinux$'
check "the module made so loads" insmod /tmp/made.ko
check "the kernel has taken its BTF" test -e /sys/kernel/btf/wakeup_kfuncs
run wsdump --json
is "and wsdump lists all sources with it" "$status $(echo "$out" | jq '.wakeup_sources | length')" \
	"0 $(source_count)"

done_testing
