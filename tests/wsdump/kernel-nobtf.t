# SPDX-License-Identifier: GPL-2.0-only
# kernel: nobtf
# A kernel without BTF: wsdump says what is missing.
. lib/lib.sh

for option in "" --json; do
	fails "${option:-the table}" 1 "kernel $(uname -r | tr + .) has no BTF .*: it must be built with CONFIG_DEBUG_INFO_BTF" wsdump $option
done
run wsdump --help
is "its help is there all the same" "$status$err" 0

done_testing
