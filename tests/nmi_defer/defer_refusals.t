# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12 6.12-rt debug kcsan
# checked: no
# The verifier refuses programs that may not defer, and members that can't be what they say.
. lib/lib.sh

modprobe nmi_defer
taps ./refusals defer_refusals.bpf.o
check "there are programs" test "$count" -ge 18
taps ./refusals defer_refusals_license.bpf.o

done_testing
