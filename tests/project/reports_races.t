# SPDX-License-Identifier: GPL-2.0-only
# rows: kcsan
# quick: kcsan
# reports: wanted
# The kernel that tells of data races does, see reports.t: of those in modules, and of what
# the rest of the kernel, which isn't watched, does to their memory.
. lib/lib.sh

echo 0 >/proc/sys/kernel/panic_on_warn
insmod /tests/ws_misdeeds.ko

make_mistake() {
	echo "$1" >/sys/kernel/debug/ws_misdeeds
	dmesg | grep -q KCSAN
}

# told NAME PATTERN: of the mistake of this name, which is made until it's seen: that is a matter
# of chance
told() {
	dmesg -c >/dev/null
	wait_for "a report of $1" make_mistake "$1"
	like "$1" "$(dmesg)" "$2"
}

told race 'BUG: KCSAN: data-race in (race|count_on)'
told race_unwatched 'race at unknown origin, with'

dmesg -c >/dev/null	# tests/vm/boot has the console
done_testing
