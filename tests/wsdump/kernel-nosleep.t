# SPDX-License-Identifier: GPL-2.0-only
# kernel: nosleep
# A kernel with BTF, but without power management: wsdump says what is missing.
. lib/lib.sh

for option in "" --json; do
	fails "${option:-the table}" 1 "kernel $(uname -r | tr + .) has no wakeup sources: it was built without CONFIG_PM_SLEEP" wsdump $option
done
run wsdump --help
is "its help is there all the same" "$status$err" 0

done_testing
