# SPDX-License-Identifier: GPL-2.0-only
# quick: arm64
# The command line, the exit status, and what the table looks like.
. lib/lib.sh

modprobe wakeup_kfuncs

for option in --help -h; do
	run wsdump $option
	is "$option succeeds" "$status$err" 0
	like "and says how to use it" "$out" '^Usage: wsdump '
done
check "it is short enough for a screen" test "$(wsdump --help | wc -l)" -lt 60
for option in --json --verbose --help --version; do
	like "it knows $option" "$out" "$option"
done
for column in $(wsdump | head -n 1); do
	like "it explains column $column" "$out" "^ $column +[a-z-]"
done
for option in --version -V; do
	run wsdump $option
	is "$option succeeds" "$status$err" 0
	is "and prints the package's version, and where the kfuncs come from" "$out" \
		"wsdump $(modinfo -F version wakeup_kfuncs)
kfuncs: module wakeup_kfuncs $(cat /sys/module/wakeup_kfuncs/version)"
done

run wsdump
is "without options it succeeds" "$status$err" 0
table=$out
is "and prints a row for each source" "$(echo "$out" | wc -l)" "$(($(wc -l <$debugfs) - 1))"
up=$(cut -d . -f 1 /proc/uptime)
now=$(date +%s)
run wsdump -j
is "-j is short for --json" "$status$err $(echo "$out" | jq -r .format)" "0 1"
is "JSON knows this boot" "$(echo "$out" | jq -r .boot_id)" "$(cat /proc/sys/kernel/random/boot_id)"
is "and this kernel" "$(echo "$out" | jq -r .kernel)" "$(uname -r)"
age=$(echo "$out" | jq '.monotonic_ns / 1e9 | floor')
check "and when it was taken" test "$age" -ge "$up" -a "$age" -le "$(cut -d . -f 1 /proc/uptime)"
taken=$(echo "$out" | jq '.realtime_ns / 1e9 | floor')
check "by the clock on the wall, too" test "$taken" -ge "$now" -a "$taken" -le "$(date +%s)"

run wsdump -v
is "-v succeeds" "$status" 0
like "and prints the verifier's log" "$err" '^processed [0-9]+ insns'
like "and the verifier's" "$err" '^processed [0-9]+ insns'
is "on stderr only" "$(echo "$out" | sed 's/ [0-9].*//' | sort)" "$(echo "$table" | sed 's/ [0-9].*//' | sort)"

need_fixture
control many 3
control stay 1
control event 2 50
sleep 1
wait_expired 2
run wsdump
like "the active source comes first" "$(echo "$out" | sed -n 2p)" '^fixture-1 +[0-9.]+m?s +1 +1 +0 +0 '
like "then the one that was active for longest" "$(echo "$out" | sed -n 3p)" '^fixture-2 +- +1 +1 +0 +1 +[0-9.]+ms +[0-9.]+ms +[0-9.]+m?s '
is "no line ends in a blank" "$(echo "$out" | grep -c ' $')" 0

# A comma as decimal point would not survive the way into a spreadsheet or a script.
comma() {
	LC_ALL=comma.UTF-8 "$@"
}
is "there is a locale with a comma" "$(./comma) $(comma ./comma)" "1.5 1,5"
like "it does not change numbers" "$(comma wsdump | sed -n 2p)" '^fixture-1 +[0-9.]+m?s '
wsdump --json >/tmp/one
control event 2 50
wait_expired 2
wsdump --json >/tmp/two
for option in '' --json --raw; do
	# shellcheck disable=SC2086
	is "nor those of a difference, $option" "$(comma wsdump diff $option /tmp/one /tmp/two)" \
		"$(wsdump diff $option /tmp/one /tmp/two)"
done
like "some of which have a point" "$(wsdump diff /tmp/one /tmp/two)" '[0-9]\.[0-9]'
for format in --json --csv --raw '--format openmetrics' '--format android' '--format debugfs'; do
	# shellcheck disable=SC2086
	is "nor any of $format" "$(comma wsdump $format fixture-2 | sed -E 's/[0-9]+/0/g')" \
		"$(wsdump $format fixture-2 | sed -E 's/[0-9]+/0/g')"
done
is "nor a rate" "$(comma wsdump watch 0.05 --count 1 --json | sed -E 's/[0-9]+/0/g')" \
	"$(wsdump watch 0.05 --count 1 --json | sed -E 's/[0-9]+/0/g')"
is "nor how they are read" "$(comma wsdump --since 1000000.5s fixture-2 | wc -l) $(comma wsdump trace 0.01 -q | wc -l)" "2 $(wsdump trace 0.01 -q | wc -l)"

done_testing
