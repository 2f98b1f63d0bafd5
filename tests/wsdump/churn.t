# SPDX-License-Identifier: GPL-2.0-only
# quick: ci
# Other CPUs register, unregister, activate and release sources meanwhile:
# every snapshot is complete and every record of one instant.
. lib/lib.sh

seconds=$(option stress_seconds 8)
modprobe wakeup_kfuncs
need_fixture
control many 150
control stay 149
check "sources with books about them" insmod ./ws_books.ko
real=$(($(wc -l <$debugfs) - 2 - 150))

control churn 1
control storm 1
control churn 0

word() {
	echo "$counts" | sed -n "s/.* $1 \([0-9]*\).*/\1/p"
}
check "no snapshot was wrong" ./churn "$seconds"
counts=$(echo "$_said" | grep ^snapshots)
echo "# $counts"
is "the sources that stay were there each time" "$(word staying)" 150
check "others came and went" test "$(word renewed)" -gt 0
check "and those with books were compared with them" test "$(word compared)" -gt 0
check "none of those of the machine was ever missing" test "$(word least)" -ge $((real + 150))
check "nor was there any too many" test "$(word most)" -le $((real + 150 + 2 * 16))

# The command itself, as a person would.
for i in 1 2 3 4 5; do
	wsdump --json >/tmp/json 2>/tmp/err || break
	[ "$(jq '[.wakeup_sources[] | select(.name | startswith("fixture-")) | .name] | unique | length' /tmp/json)" = 150 ] || break
	[ "$(jq '[.wakeup_sources[].id] | length - (unique | length)' /tmp/json)" = 0 ] || break
	[ "$(wsdump | grep -c '^fixture-')" = 150 ] || break
done
is "five runs of the command are complete, as JSON and as table" "$i $(cat /tmp/err)" "5 "
control stop

check "there was a storm" test "$(wsdump --json |
	jq '[.wakeup_sources[] | select(.name == "fixture-0")][0].active_count')" -gt 1000
is "and the list is what it was" "$(wsdump --json | jq '.wakeup_sources | length')" $((real + 150))

done_testing
