# SPDX-License-Identifier: GPL-2.0-only
# quick: arm64
# modes: module in-tree
# Every name, count and time of `wsdump --json` against the kernel's own debugfs file.
. lib/lib.sh

# debugfs as "name|numbers...", without its heading and the row "deleted", which is no
# source. A name is padded with blanks to 12 bytes there.
kernel_says() {
	awk -F '\t+' 'NR > 1 && !/^deleted / {
		sub(/ +$/, "", $1)
		print $1 "|" $2, $3, $4, $5, $6, $7, $8, $9, $10
	}' $debugfs
}

# The same from wsdump; debugfs cuts times to milliseconds.
wsdump_says() {
	jq -r '.wakeup_sources[] | "\(.name)|" + ([
		.active_count, .event_count, .wakeup_count, .expire_count,
		(.active_time_ns, .total_time_ns, .max_time_ns, .last_change_ns,
		 .prevent_sleep_time_ns | . / 1000000 | floor)] | map(tostring) | join(" "))' "$1"
}

# Nothing the kernel counts ever shrinks while no source is released: so each number
# lies between what debugfs says before and after. Where those agree, as for every
# idle source, that is equality. Rows must be the same in number and order.
agree() {
	kernel_says >/tmp/before
	wsdump --json >/tmp/json || return 1
	kernel_says >/tmp/after
	wsdump_says /tmp/json >/tmp/ours || return 1
	rows_lie_between "$1" 9
}

json() {
	jq -r "$1" /tmp/json
}

[ "$MODE" = in-tree ] || modprobe wakeup_kfuncs

real=$(($(wc -l <$debugfs) - 2))
# what QEMU's machines have at least
case $DEB_ARCH in
amd64) least=8 ;;
arm64) least=2 ;;
esac
check "the machine has wakeup sources of its own" test $real -ge $least
check "real sources agree with debugfs" agree $real
# but that of autosleep, see lib.sh
outside=
[ ! -e /sys/power/autosleep ] || outside=autosleep
is "each has a device" "$(json '.wakeup_sources[] | select(.device == null) | .name')" "$outside"
bad=$(json '.wakeup_sources[] | "\(.id) \(.device) \(.name)"' | while read -r id device name; do
	node=/sys/class/wakeup/wakeup$id
	[ -z "$outside" ] || [ "$name" != "$outside" ] || node=/sys/devices/wakeup$id device=
	[ "$(cat $node/name)" = "$name" ] || echo "wakeup$id: $name"
	link=$(readlink $node/device)
	[ "${link##*/}" = "$device" ] || echo "wakeup$id: device $device, not $link"
done)
is "ids, names and devices are those of /sys/class/wakeup" "$bad" ""

need_fixture
control many 150
# From here on events count as wakeups. Reading it waits while any source is active.
cat /sys/power/wakeup_count >/tmp/wakeup_count
cat /tmp/wakeup_count >/sys/power/wakeup_count
control event 50 0
for i in 3 5 8 13 21 34 55 89 144; do
	control stay $i				# stays active
done
for i in 1 2 4 7 11 16 22 29 37 46; do
	control stay $i
	control stay $i				# an event while active
	control relax $i
done
for i in 10 20 30 40; do
	control event $i 1			# expires
done
for i in 60 61 149; do
	control remove $i
done
sleep 1
wait_expired 10 20 30 40

total=$((real + 147))
check "150 sources less three agree with debugfs" agree $total
is "nine are active" "$(json '[.wakeup_sources[] | select(.active)] | length')" 9
is "those that are meant to" "$(json '[.wakeup_sources[] | select(.active) | .name] | sort | join(" ")')" \
	"$(for i in 3 5 8 13 21 34 55 89 144; do echo fixture-$i; done | sort | tr '\n' ' ' | sed 's/ $//')"
is "the active ones have been so for a while, the others not" \
	"$(json '[.wakeup_sources[] | select(.active != (.active_time_ns > 500000000))] | length')" 0
is "four have expired" "$(json '[.wakeup_sources[] | select(.expire_count == 1)] | length')" 4
check "wakeups are counted" test "$(json '[.wakeup_sources[] | select(.wakeup_count > 0)] | length')" -ge 1
is "events while active are counted" "$(json '[.wakeup_sources[] | select(.event_count == 2 and .active_count == 1)] | length')" 10
is "the unregistered ones are gone" "$(json '[.wakeup_sources[] | select(.name | test("^fixture-(60|61|149)$"))] | length')" 0
is "what was activated was released, or is active" \
	"$(json '[.wakeup_sources[] | select((.active_count - .relax_count == 1) != .active)] | length')" 0
is "nothing changed in the future" \
	"$(json '.monotonic_ns as $now | [.wakeup_sources[] | select(.last_change_ns > $now)] | length')" 0
is "no autosleep, no device: said, not left out" \
	"$(json '[.wakeup_sources[] | select(.name | startswith("fixture-")) | "\(.autosleep) \(.device)"] | unique | join(",")')" "false null"

printf child >$fixture/add_child
total=$((total + 1))
check "one with a device agrees, too" agree $total
is "and the device has its name" "$(json '.wakeup_sources[] | select(.name == "child") | .device')" ws_fixture

wsdump --pin 2>/dev/null
check "all agree when pinned, where another program reads them" agree $total
wsdump --unpin

control many 9850
check "10,000 sources agree with debugfs" agree $((total + 9850))
is "no two have the same id" "$(json '[.wakeup_sources[].id] | length - (unique | length)')" 0
wsdump --pin 2>/dev/null
check "10,000 agree when pinned" agree $((total + 9850))
wsdump --unpin
is "the table has as many rows" "$(wsdump | wc -l)" $((total + 9850 + 1))

done_testing
