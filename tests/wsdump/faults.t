# SPDX-License-Identifier: GPL-2.0-only
# rows: debug kcsan
# quick: debug
# traces: wanted
# Memory that the kernel does not get, and copies from and to a program that fail, in loading
# the modules, in the library and in the command: all of the work is done or an error says
# why not, the next time it works, and nothing is left behind. (Where vmalloc() gets no
# memory it says so in the log with a trace of calls: there may be those, and no others.)
. lib/lib.sh
traces=expected_traces

rounds=$(($(option stress_seconds 50) / 5))	# of some thousand faults, see faults.c

# no word in the log for each fault, and faults in allocations that may sleep, too
for what in failslab fail_usercopy; do
	echo 0 >/sys/kernel/debug/$what/verbose
done
echo N >/sys/kernel/debug/failslab/ignore-gfp-wait

need_fixture
control many 20
nodes() {
	ls /sys/class/wakeup /sys/kernel/btf /sys/fs/bpf /sys/module
}
nodes >/tmp/before

# faulty WHAT ROUNDS ARGUMENTS...: of faults.c
faulty() {
	_about=$1
	shift
	if ./faults "$@" >/tmp/said 2>&1; then
		pass "$_about"
	else
		fail "$_about" "$(grep -v ' times: ' /tmp/said)"
	fi
	sed 's/^/# /' /tmp/said
}

for module in wakeup_kfuncs wakeup_nosysfs; do
	faulty "$module loads, or is refused" "$rounds" module "$(modinfo -F filename $module)" $module
done
nodes >/tmp/after
is "all nodes and modules are as before" "$(diff /tmp/before /tmp/after)" ""

modprobe wakeup_kfuncs
lines=$(wsdump --raw | wc -l)
n=$(source_count)
is "there is something to list" "$((lines > 20))" 1
faulty "a snapshot is complete, or an error says why not" "$rounds" snapshot "$n"
faulty "the command lists all, or says why not" "$rounds" command "$lines" wsdump --raw
# these are some hundred
wsdump --pin
faulty "so it does with pinned programs" $((6 * rounds)) command "$lines" wsdump --raw
wsdump --unpin
# programs end a moment after who loaded them
wait_for "the module unloads" rmmod wakeup_kfuncs
nodes >/tmp/after
is "nothing is left of them" "$(diff /tmp/before /tmp/after)" ""

done_testing
