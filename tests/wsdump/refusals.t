# SPDX-License-Identifier: GPL-2.0-only
# modes: module android
# quick: arm64 debug
# checked: no
# Every misuse of the kfuncs that a program could try is refused by the verifier.
. lib/lib.sh

modprobe wakeup_kfuncs
/tests/refusals /tests/refusals.bpf.o /tests/refusals_list_head.bpf.o >/tmp/refusals || fail "all programs were tried"
cat /tmp/refusals
count=$(grep -Ec '^(not )?ok ' /tmp/refusals)
check "there are programs" test "$count" -gt 20
hand_out /tmp/refusals

done_testing
