# SPDX-License-Identifier: GPL-2.0-only
# kernel: old
# quick: no
# Debian 11's kernel: wsdump says what is missing.
. lib/lib.sh

for option in "" --json; do
	fails "${option:-the table}" 1 "kernel $(uname -r | tr + .) is too old: it has no bpf_loop for BPF programs, 6.1 is the oldest that will do" wsdump $option
done
run wsdump --help
is "its help is there all the same" "$status$err" 0

done_testing
