# SPDX-License-Identifier: GPL-2.0-only
# once: all
# quick: ci
# Any arguments, and any environment, for root, who may do everything they say.
. lib/lib.sh

modprobe wakeup_kfuncs
need_fixture
control many 5
control stay 2
mkdir /tmp/fuzz
cd /tmp/fuzz
wsdump --json >old
control event 1 1
wsdump --json >new
check "300 runs end as documented" /tests/arguments "$(command -v wsdump)" 100000 300
printf '%s\n' "$_said" | grep statuses
wsdump --unpin 2>/dev/null
run wsdump
is "and wsdump works as before" "$status $err" "0 "

done_testing
