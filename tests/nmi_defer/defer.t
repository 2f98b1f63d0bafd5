# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12 7.3
# checked: no
# What can be deferred from NMI and from elsewhere, what each call returns, and what is called.
. lib/lib.sh
. nmi_defer/nmi_defer.sh

need_nmis
taps ./defer
unload

done_testing
