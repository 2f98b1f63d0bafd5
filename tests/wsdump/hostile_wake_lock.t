# SPDX-License-Identifier: GPL-2.0-only
# where: monitoring
# rows: debug
# first: hostile_wake_lock.vm.sh
# What hostile.t checks, of names that programs gave to the kernel in /sys/power/wake_lock,
# which Debian's kernels don't have: all that it takes for a name, up to a page.
locks=yes
. wsdump/hostile.t
