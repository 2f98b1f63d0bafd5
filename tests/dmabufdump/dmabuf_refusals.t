# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree
# rows: 6.12 7.2 7.3 6.12-arm64 6.12-rt debug
# quick: arm64 debug
# checked: no
# Every misuse of the iterator that a program could try is refused by the verifier, with the
# module's as with the kernel's own.
. dmabufdump/lib.sh

need_kfuncs
/tests/refusals /tests/dmabuf_refusals.bpf.o >/tmp/dmabuf_refusals || fail "all programs were tried"
cat /tmp/dmabuf_refusals
count=$(grep -Ec '^(not )?ok ' /tmp/dmabuf_refusals)
check "there are programs" test "$count" -gt 10
hand_out /tmp/dmabuf_refusals

done_testing
