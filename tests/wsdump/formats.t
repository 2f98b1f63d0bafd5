# SPDX-License-Identifier: GPL-2.0-only
# once: all
# quick: ci
# Formats that others have defined: the kernel's file in debugfs, Android's rows, RFC 4180,
# the shell's. Each is compared with what its definer makes of the same sources.
. lib/lib.sh

# add BYTES...: one source a name, bytes as printf(1) escapes
add() {
	for _name; do
		printf "$_name" >/tmp/name
		dd if=/tmp/name of=$fixture/add bs=64k 2>/dev/null
	done
}

# The file without its last line, "deleted".
kernels_own() {
	sed '$d' $debugfs
}

same_as_debugfs() {
	wsdump --format debugfs >/tmp/ours
	kernels_own >/tmp/kernels
	cmp /tmp/ours /tmp/kernels
}

# The figures of each line of a file in debugfs' format, for lines that are alike but for these.
# between BEFORE OURS AFTER: times lie between, all else is the same. (Fields: name, four
# counts, active, total, max, last change, prevent.)
between() {
	paste /tmp/$1 /tmp/$2 /tmp/$3 | awk -F '\t+' '
		NR == 1 { if ($1 != $11 || $10 != $20) bad("heading"); next }
		function bad(what) { print what ": " $0; wrong = 1 }
		NF != 30 { bad(NF " fields"); next }
		{
			for (i = 1; i <= 10; i++) {
				if (i >= 6 && i <= 8 || i == 10) {
					if ($i + 0 > $(i + 10) + 0 || $(i + 10) + 0 > $(i + 20) + 0)
						bad("field " i)
				} else if ($i != $(i + 10) || $i != $(i + 20)) {
					bad("field " i)
				}
			}
		}
		END { exit wrong || NR < 2 }'
}

modprobe wakeup_kfuncs
need_fixture

# --- debugfs

is "the last line of the kernel's file is no source" "$(tail -n 1 $debugfs | cut -c 1-8)" "deleted "
check "the machine's own sources, byte for byte" same_as_debugfs
control many 150
for i in 3 5 8; do control stay $i; control stay $i; control relax $i; done
for i in 10 20 30; do control event $i 20; done
add 'a' 'exactly12byt' 'exactly13byte' 'spaces in it ' 'tab\there' 'per%%cent' '"quotes"' \
	'gr\303\274n' 'bad\377\300' 'back\\slash' '=cmd()' '\0555' "'a" '@x' 'a,b' 'dollar $HOME `id`' '\033[31mred' '\302\233'
printf child >$fixture/add_child
wait_expired 10 20 30
check "idle ones, with names of all kinds" same_as_debugfs
add 'new\nline'
check "a name of two lines" same_as_debugfs
is "--noheadings is without the first line" "$(wsdump -n --format debugfs | md5sum)" "$(kernels_own | sed 1d | md5sum)"
is "one source's line is the kernel's" "$(wsdump -n --format debugfs fixture-5)" "$(grep '^fixture-5 ' $debugfs)"

# Active ones, whose times move while they are read: within what was read before and after.
control stay 40
control stay 41
sleep 0.1
kernels_own | grep -Ev '^(new|line|tab)' >/tmp/before
wsdump --format debugfs | grep -Ev '^(new|line|tab)' >/tmp/ours
kernels_own | grep -Ev '^(new|line|tab)' >/tmp/after
run between before ours after
is "active ones lie between two readings" "$status$out" 0
is "and they were active" "$(awk -F '\t+' 'NR > 1 && $6 > 0' /tmp/ours | wc -l)" 2
sed 's/^\(fixture-40.*\t\)[0-9]*\(\t\t[0-9]*\t\t[0-9]*\)$/\10\2/' /tmp/ours >/tmp/wrong
refuse "which a wrong one would not" between before wrong after
control relax 40
control relax 41
check "idle again, they are the same again" same_as_debugfs

# --- Android

# Android makes its rows from sysfs.
rows_of_sysfs() {
	# the second: of autosleep, see lib.sh
	for _dir in /sys/class/wakeup/* /sys/devices/wakeup[0-9]*; do
		[ -e "$_dir/name" ] || continue
		_status=Inactive
		[ "$(cat $_dir/active_time_ms)" = 0 ] || _status=Active
		printf ' | %-30s | %6s | %-6s | %-8s | %12s | %12s | %12s | %12s | %12s | %12s | %20s | %16s | \n' \
			"$(cat $_dir/name)" --- Kernel $_status "$(cat $_dir/active_count)" \
			"$(cat $_dir/total_time_ms)ms" "$(cat $_dir/max_time_ms)ms" \
			"$(cat $_dir/event_count)" "$(cat $_dir/wakeup_count)" \
			"$(cat $_dir/expire_count)" "$(cat $_dir/prevent_suspend_time_ms)ms" \
			"$(cat $_dir/last_change_ms)ms"
	done
}

control stay 44
wsdump --format android >/tmp/android
line="  $(printf '%193s' '' | tr ' ' -)"
is "Android's frame" "$(sed -n '1p;3p;5p;$p' /tmp/android)" "$line
$line
$line
$line"
is "its title" "$(sed -n 2p /tmp/android)" "$(printf ' | %104s%90s' 'WAKELOCK STATS' ' | ')"
is "its columns" "$(sed -n 4p /tmp/android)" ' | NAME                           | PID    | TYPE   | STATUS   | ACTIVE COUNT | TOTAL TIME   | MAX TIME     | EVENT COUNT  | WAKEUP COUNT | EXPIRE COUNT | PREVENT SUSPEND TIME | LAST CHANGE      | '
like "an active source" "$(grep fixture-44 /tmp/android)" \
	'^ \| fixture-44                     \|    --- \| Kernel \| Active   \|            1 \| +[0-9]+ms \| +[0-9]+ms \|            1 \|            0 \|            0 \|                  0ms \| +[0-9]+ms \| $'
control relax 44
# (a name of two lines is looked at below)
LC_ALL=C rows_of_sysfs | LC_ALL=C grep -Ev 'new|line' | LC_ALL=C sort >/tmp/theirs
wsdump -n --format android | LC_ALL=C grep -Ev 'new|line' | LC_ALL=C sort >/tmp/ours
check "idle ones have the rows that Android makes of sysfs" cmp /tmp/ours /tmp/theirs
like "a newline in a name is left out" "$(wsdump -n --format android 'new*')" '^ \| newline                        \|    --- '

# --- CSV

wsdump --csv >/tmp/csv
is "every line of CSV ends in CR LF" "$(grep -c "$(printf '\r')\$" /tmp/csv)" "$(wc -l </tmp/csv)"
is "one for each source, and headings" "$(wc -l </tmp/csv)" "$(($(source_count) + 1))"
is "which are the keys" "$(head -n 1 /tmp/csv | tr -d '\r' | tr ',' '\n')" \
	"$(wsdump --json | jq -r '.wakeup_sources[0] | keys_unsorted[]')"
is "a name is quoted" "$(wsdump -n --csv -o name,event_count fixture-5)" "$(printf '"fixture-5",2\r')"
is "quotes in it are doubled" "$(wsdump -n --csv -o name '"*')" "$(printf '"""quotes"""\r')"
is "a comma is not a separator" "$(wsdump -n --csv -o name,event_count 'a,b')" "$(printf '"a,b",0\r')"
is "a formula is none" "$(wsdump -n --csv -o name,event_count '=*')" "$(printf "\"'=cmd()\",0\r")"
is "a number is none" "$(wsdump -n --csv -o name,event_count -- '-5')" "$(printf "\"'-5\",0\r")"
is "nor a function" "$(wsdump -n --csv -o name '@x')" "$(printf "\"'@x\"\r")"
is "an apostrophe is told from ours" "$(wsdump -n --csv -o name "'a")" "$(printf "\"''a\"\r")"
is "UTF-8 stays" "$(wsdump -n --csv -o name 'gr*')" "$(printf '"gr\303\274n"\r')"
is "other bytes are escaped" "$(wsdump -n --csv -o name 'bad*')" "$(printf '"bad\\xff\\xc0"\r')"
is "control characters, too" "$(wsdump -n --csv -o name 'tab*' 'new*' '*red' "$(printf '\302\233')" | LC_ALL=C sort | tr -d '\r' | tr '\n' ' ')" '"\x1b[31mred" "\xc2\x9b" "new\x0aline" "tab\x09here" '
is "no device is nothing" "$(wsdump -n --csv -o name,device fixture-5)" "$(printf '"fixture-5",\r')"
is "a device is quoted" "$(wsdump -n --csv -o name,device child)" "$(printf '"child","ws_fixture"\r')"

# --- pairs

is "a line of pairs for each source" "$(wsdump --pairs | wc -l)" "$(source_count)"
is "pairs have the keys" "$(wsdump --pairs fixture-5 | sed 's/="[^"]*"//g' | tr ' ' '\n')" \
	"$(wsdump --json | jq -r '.wakeup_sources[0] | keys_unsorted[]')"
eval "$(wsdump -P -o name,event_count,device fixture-5)"
is "a shell takes them" "$name $event_count ${device:-none}" "fixture-5 2 none"
is "and runs nothing" "$(wsdump -P -o name 'dollar*')" 'name="dollar \x24HOME \x60id\x60"'
is "quotes end nothing" "$(wsdump -P -o name '"*')" 'name="\x22quotes\x22"'
wsdump --pairs >/tmp/pairs
while IFS= read -r pairs; do eval "$pairs"; done </tmp/pairs
is "all can be taken by a shell" "$?" 0

# --- raw

is "raw names are printable ASCII" "$(wsdump -nr -o name | LC_ALL=C grep -c '[^ -~]')" 0

# --- one of them

is "the number of sources is that of all, however many are asked for" \
	"$(wsdump -f openmetrics -t 1 | grep '^wakeup_sources ')" "wakeup_sources $(wsdump -nr | wc -l)"
fails "two formats" 2 "formats 'json' and 'raw' can't both be had: try" wsdump --json --raw
check "but one that is said twice" wsdump --json -f json

done_testing
