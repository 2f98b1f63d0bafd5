# SPDX-License-Identifier: GPL-2.0-only
# once: all
# options: lockdown=integrity
# The kernel protects itself from root, and does not know the key of DKMS, which signed the
# module: wsdump says so. (secureboot.t is where it does.)
. lib/lib.sh

mount -t securityfs securityfs /sys/kernel/security
is "the kernel is locked down" "$(cat /sys/kernel/security/lockdown)" "none [integrity] confidentiality"
fails "wsdump can't load the module" 1 \
	"module wakeup_kfuncs carries no signature this kernel trusts: enrol the key" wsdump

done_testing
