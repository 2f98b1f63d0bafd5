# SPDX-License-Identifier: GPL-2.0-only
# In the VM, for hostile_wake_lock.t: such names by way of the file that any program may
# write to which may keep the machine awake.
wake_lock=/sys/power/wake_lock
. wsdump/hostile.vm.sh
