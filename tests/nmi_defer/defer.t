# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree
# rows: 6.12 6.12-rt 7.2 7.3 debug kcsan
# quick: debug kcsan
# checked: no
# What can be deferred from NMI and from elsewhere, what each call returns, and what is called.
. lib/lib.sh
. nmi_defer/nmi_defer.sh

need_nmis
taps ./defer
unload

done_testing
