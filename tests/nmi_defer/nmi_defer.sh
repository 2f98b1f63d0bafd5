# SPDX-License-Identifier: GPL-2.0-only
# For tests of deferral from NMI: the module where the kernel has it not, and a source of NMIs.

nmis=/sys/kernel/debug/nmi_fixture

# needs_module: the kernel can't do it itself
needs_module() {
	! grep -aq bpf_timer_cancel_async /sys/kernel/btf/vmlinux
}

need_nmis() {
	! needs_module || { [ ! -e ./nmi_defer.ko ] || insmod ./nmi_defer.ko; modprobe nmi_defer; } || fail "the module loads"
	insmod ./nmi_fixture.ko || fail "the fixture module loads"
}

# gone MODULE: it is not loaded any more; programs and maps are freed a moment after their user
gone() {
	[ ! -d "/sys/module/$1" ] || rmmod "$1"
}

# unload: all of it, when nobody uses it
unload() {
	wait_for "the fixture unloads" gone nmi_fixture && pass "the fixture unloads"
	! needs_module || { wait_for "the module unloads" gone nmi_defer && pass "the module unloads"; }
}
