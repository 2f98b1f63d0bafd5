# SPDX-License-Identifier: GPL-2.0-only
# once: all
# options: lockdown=confidentiality
# The kernel keeps its memory from root: BPF programs can't read the list, and wsdump says so.
. lib/lib.sh

mount -t securityfs securityfs /sys/kernel/security
is "the kernel is locked down" "$(cat /sys/kernel/security/lockdown)" "none integrity [confidentiality]"
why="the kernel is locked down for confidentiality, so no BPF program may read its memory: boot it with lockdown=integrity"
fails "without the module" 1 "$why" wsdump
modprobe wakeup_kfuncs || :
for verb in '' watch 'run true' trace --pin; do
	case $verb in run*) status=125 ;; *) status=1 ;; esac
	# shellcheck disable=SC2086
	fails "wsdump $verb" $status "$why" wsdump $verb
done

done_testing
