# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree
# rows: 6.12 6.12-rt 7.2 7.3 debug kcsan
# quick: no
# checked: no
# After any sequence of calls, in NMI and in tasks, a timer is as the last of them says, and the
# results are those of Linux 7.0 and later: the same program, on kernels with and without.
. lib/lib.sh
. nmi_defer/nmi_defer.sh

need_nmis
taps ./parity "$(option parity 10000)" 1
taps ./parity 1000 "$(date +%s)"
unload

done_testing
