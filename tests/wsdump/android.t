# SPDX-License-Identifier: GPL-2.0-only
# modes: android
# reports: wanted
# What is Android's: sources that user space makes, a command without any library, BTF
# that the kernel ignores when it is another kernel's, and CFI. On kernels built with
# GKI's options; docs/android.md says which.
. lib/lib.sh

lock=/sys/power/wake_lock unlock=/sys/power/wake_unlock
module=/lib/modules/$(uname -r)/updates/wakeup_kfuncs.ko

json() {
	jq -r "$1" /tmp/json
}

# --- the module that the kernel ignores the BTF of -----------------------------------

refuse "a module with the BTF of another kernel is not loaded" insmod wakeup_kfuncs-otherbtf.ko
said=$(dmesg | grep -e BTF -e wakeup_kfuncs)
like "the kernel itself only grumbles" "$said" \
	"BTF mismatch detected|failed to validate module \[wakeup_kfuncs\] BTF"
like "and the reason is in the log" "$said" "wakeup_kfuncs: its BTF does not match this kernel's and was ignored"
is "nothing of it is left" "$(ls -d /sys/module/wakeup_kfuncs /sys/kernel/btf/wakeup_kfuncs 2>/dev/null)" ""

# --- and the one that is right -------------------------------------------------------

check "the module loads" insmod "$module"
check "the kernel took its BTF" test -s /sys/kernel/btf/wakeup_kfuncs
# The list behind a comment in the page: MODULE
listed() {
	sed -n "/^<!-- tests\/wsdump\/android.t .* $1 -->/,/^[^ ]/s/^    //p" android.md | tr ' ' '\n'
}
for name in wakeup_kfuncs wakeup_nosysfs; do
	is "$name needs the symbols that docs/android.md lists" "$(listed $name)" "$(cat $name.symbols)"
done
is "so does dmabuf_kfuncs" "$(listed "dmabuf_kfuncs of $(uname -r | cut -d . -f 1-2)")" \
	"$(cat dmabuf_kfuncs.symbols)"

# --- sources of user space -----------------------------------------------------------

# Three hundred, all at once, and of each the count of times it was taken.
n=1
while [ $n -le 300 ]; do
	echo "app-$n" >$lock
	n=$((n + 1))
done
for n in 7 77 177; do
	echo "app-$n" >$lock		# active already: an event, nothing else
	echo "app-$n" >$unlock
	echo "app-$n" >$lock
done
for n in 3 13 113 213 300; do
	echo "app-$n" >$unlock
done
echo "late 50000000" >$lock		# for 50 ms
wait_for "the timeout expires" expired late

wsdump --json >/tmp/json
is "300 sources and one with a timeout are listed" \
	"$(json '[.wakeup_sources[] | select(.name | test("^(app-[0-9]+|late)$"))] | length')" 301
is "those that are active are those that the kernel says are held" \
	"$(json '[.wakeup_sources[] | select(.active) | .name] | sort | .[]')" \
	"$(tr ' ' '\n' <$lock | sed '/^$/d' | LC_ALL=C sort)"
is "there are 295 of them" "$(json '[.wakeup_sources[] | select(.active)] | length')" 295
is "the timeout has expired" \
	"$(json '.wakeup_sources[] | select(.name == "late") | "\(.active) \(.expire_count)"')" "false 1"
is "one taken, taken again, released and taken counts so" \
	"$(json '.wakeup_sources[] | select(.name == "app-77") | "\(.active_count) \(.event_count) \(.relax_count)"')" "2 3 1"
is "the table has a row for each source" "$(wsdump | wc -l)" $(($(json '.wakeup_sources | length') + 1))
check "debugfs has as many" \
	[ "$(json '.wakeup_sources | length')" = $(($(wc -l <$debugfs) - 2)) ]

# --- nothing but the command -----------------------------------------------------------

mkdir /tmp/phone /tmp/phone/proc /tmp/phone/sys
mount -t proc proc /tmp/phone/proc
mount -t sysfs sysfs /tmp/phone/sys
cp "$(command -v wsdump)" /tmp/phone/
is "it runs where there are no libraries, no /etc and no /dev" \
	"$(chroot /tmp/phone /wsdump --json | jq -c '[.wakeup_sources[].name]')" \
	"$(json '[.wakeup_sources[].name]' | jq -c .)"

# --- CFI ---------------------------------------------------------------------------------

run wsdump --pin
is "it pins" "$status" 0
is "and lists the same again" "$(wsdump --json | jq -c '[.wakeup_sources[].name]')" \
	"$(json '[.wakeup_sources[].name]' | jq -c .)"
wsdump --unpin
wait_for "the module unloads" rmmod wakeup_kfuncs && pass "the module unloads"
is "no indirect call of all that was wrong" "$(dmesg | grep -E "CFI|$reports")" ""

# That there is a check: the kernel's own test calls a function of another type. The task
# that did dies of it, and here not the whole VM with it.
echo 0 >/proc/sys/kernel/panic_on_oops
echo 0 >/proc/sys/kernel/panic_on_warn		# idle CPUs warn afterwards
refuse "one that is wrong is fatal" sh -c 'echo CFI_FORWARD_PROTO >/sys/kernel/debug/provoke-crash/DIRECT'
like "because of CFI" "$(dmesg)" "CFI failure at lkdtm"
dmesg -c >/dev/null

done_testing
