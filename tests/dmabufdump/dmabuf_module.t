# SPDX-License-Identifier: GPL-2.0-only
# modes: module android
# except: 6.1-arm64
# quick: arm64 debug kcsan
# checked: no
# dmabuf_kfuncs.ko: loads, refuses to load in vain or with a lock that is not the list's,
# unloads, leaves nothing behind.
. dmabufdump/lib.sh

ko=$(modinfo -F filename dmabuf_kfuncs)

rmmod_soon() {
	wait_for "it unloads" rmmod dmabuf_kfuncs
}

state() {
	grep '^[0-9]' $bufinfo
	ls /sys/kernel/btf
	ps -o comm | grep dmabuf_kfuncs
}

is "its license is GPL" "$(modinfo -F license dmabuf_kfuncs)" GPL
like "it has a version" "$(modinfo -F version dmabuf_kfuncs)" '^[0-9]+\.[0-9]+\.[0-9]+$'
like "it has a description" "$(modinfo -F description dmabuf_kfuncs)" 'dma-bufs'
is "it depends on no other module" "$(modinfo -F depends dmabuf_kfuncs)" ""

need_dmabuf_fixture
echo "keep 3 4096 some" >$fixture/control
before=$(state)
check "it loads" modprobe dmabuf_kfuncs
check "the kernel has taken its BTF" test -e /sys/kernel/btf/dmabuf_kfuncs
is "without a word" "$(dmesg | grep dmabuf_kfuncs: | grep -v -e taint -e 'module verification')" ""
is "its temporary buffers and threads are gone" "$(state | grep dmabuf_kfuncs)" dmabuf_kfuncs
check "it unloads" rmmod dmabuf_kfuncs
is "which leaves nothing behind" "$(state)" "$before"

for variant in nobtf noids; do
	refuse "without its $variant part it refuses to load" insmod /tests/dmabuf_kfuncs-$variant.ko
	is "and is not there" "$(lsmod | grep dmabuf_kfuncs)" ""
	like "and the log says what to do ($variant)" "$(dmesg | grep dmabuf_kfuncs: | tail -n 1)" 'built without .*: rebuild it'
done
is "which leaves nothing behind either" "$(state)" "$before"

run insmod /tests/dmabuf_kfuncs-wronglock.ko
is "with another mutex than the list's it refuses to load" "$status $(lsmod | grep -c dmabuf_kfuncs)" "1 0"
like "as there is no such device" "$err" 'No such device'
like "and says why" "$(dmesg | grep dmabuf_kfuncs: | tail -n 1)" \
	'is not the mutex of the kernel.s list of buffers: (own_mutex|__key\.[0-9]+) \[dmabuf_kfuncs\] did not keep a buffer from being exported'
is "which leaves nothing behind either" "$(state)" "$before"

# Others export and free all the time while it looks for the list.
echo "storm 4" >$fixture/control
for i in 1 2 3 4 5 6 7 8 9 10; do
	modprobe dmabuf_kfuncs && rmmod dmabuf_kfuncs || break
done
is "it finds the list while buffers come and go, ten times" "$i $(lsmod | grep -c dmabuf_kfuncs)" "10 0"
echo calm >$fixture/control

modprobe dmabuf_kfuncs
hold=dmabuf_hold.bpf.o
grep -aq bpf_iter_num_new /sys/kernel/btf/vmlinux || hold=dmabuf_hold_old.bpf.o
/tests/hold /tests/$hold >/tmp/hold.out &
wait_for "a program that uses it is loaded" grep -q loaded /tmp/hold.out
refuse "it can't be unloaded while a program uses it" rmmod dmabuf_kfuncs
check "and the program's user is not disturbed" dmabufdump
kill $!
check "it can be unloaded when that is gone" rmmod_soon
for i in 1 2 3 4 5 6 7 8 9 10; do
	modprobe dmabuf_kfuncs && dmabufdump >/dev/null && rmmod_soon || break
done
is "ten rounds of loading, using and unloading" "$i $(lsmod | grep -c dmabuf_kfuncs)" "10 0"
is "leave nothing behind" "$(state)" "$before"
echo drop >$fixture/control
wait_for "all buffers go" is_live 0
check "the fixture unloads" rmmod dmabuf_fixture

done_testing
