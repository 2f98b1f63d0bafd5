# SPDX-License-Identifier: GPL-2.0-only
# once: all
# wsdump diff: what happened between two files of wsdump --json.
. lib/lib.sh

# field NAME KEY: of one source in /tmp/json
field() {
	jq -c --arg name "$1" ".changes[] | select(.name == \$name) | .$2" /tmp/json
}

modprobe wakeup_kfuncs
need_fixture
control many 8
control stay 0
for i in 1 2 3; do
	control stay 1
	control relax 1
done
wsdump --json >/tmp/before
is "right after, only what is active has changes" "$(wsdump diff -n -o name /tmp/before)" fixture-0
is "the same file twice has no other" "$(wsdump diff -n -o name /tmp/before /tmp/before)" fixture-0
is "but --idle prints all" "$(wsdump diff -n --idle /tmp/before /tmp/before | wc -l)" \
	"$(jq '.wakeup_sources | length' /tmp/before)"
like "a file has no changes against itself" "$(wsdump diff /tmp/before /tmp/before | head -n 1)" '^0 awake: 0 of [0-9]+ sources with changes$'

# --- other files than JSON

# as cp -r of coreutils does with nodes that end in a slash; that of busybox copies the links
copy_sysfs() {
	for node in /sys/class/wakeup/*; do
		mkdir -p "$1/${node##*/}"
		cp -r "$node"/* "$1/${node##*/}/" 2>/dev/null
	done
}

wsdump --raw >/tmp/raw.1
wsdump --csv >/tmp/csv.1
cat $debugfs >/tmp/debugfs.1
copy_sysfs /tmp/sysfs.1
control event 0 0
control event 0 0
wsdump --raw >/tmp/raw.2
wsdump --csv >/tmp/csv.2
cat $debugfs >/tmp/debugfs.2
copy_sysfs /tmp/sysfs.2
for kind in raw csv debugfs sysfs; do
	is "two of $kind" "$(wsdump diff -nr -o name,events /tmp/$kind.1 /tmp/$kind.2)" "fixture-0	2"
	is "one of $kind, and now" "$(wsdump diff -nr -o name,events,change /tmp/$kind.1)" "fixture-0	2	kept"
	like "$kind does not tell the time" "$(wsdump diff /tmp/$kind.1 /tmp/$kind.2 | head -n 1)" '^unknown time awake: 1 of '
done
is "one of each" "$(wsdump diff -nr -o name,events /tmp/debugfs.1 /tmp/raw.2)" "fixture-0	2"
fails "a table that is cut" 1 "/tmp/cut: line [0-9]+: the file ends in the middle of it" \
	sh -c 'head -c 300 /tmp/raw.1 >/tmp/cut; exec wsdump diff /tmp/cut'
fails "a table without some columns" 1 "/tmp/cut: column [a-z_]+ is missing: write it without --output" \
	sh -c 'wsdump --raw -o name,id >/tmp/cut; exec wsdump diff /tmp/cut'
mkdir /tmp/empty
fails "a folder without sources" 1 "/tmp/empty: this directory has no wakeup sources: copy them with" wsdump diff /tmp/empty

wsdump --json 'fixture-*' >/tmp/some
like "a file that has only some is noticed" "$(wsdump diff /tmp/some | head -n 1)" '; OLD lacks [0-9]+ that were not asked for$'
is "and the others are not new" "$(wsdump diff -nr -o name,change /tmp/some | grep -c new)" 0
is "nor gone" "$(wsdump diff -nr -o name,change /tmp/before /tmp/some | grep -c gone)" 0

is "nothing has a share of no time" "$(wsdump diff --json --idle /tmp/before /tmp/before |
	jq -c '[.changes[].active_ratio] | unique')" '[null]'

# Short, however busy the machine: of what follows, 2 and 5 are active for longer.
control relax 0
wsdump --json >/tmp/before
control stay 0
control relax 0
control stay 2
for i in 1 2 3 4; do
	control stay 1
	control relax 1
done
control event 3 50
control remove 4
control many 1			# fixture-0 is there twice now
control stay 5
sleep 1
wait_expired 3
control relax 5
wsdump --json >/tmp/after

run wsdump diff /tmp/before /tmp/after
is "two files are compared" "$status$err" 0
like "the first line says how long it was, and how many changed" "$(echo "$out" | sed -n 1p)" \
	'^[1-9][0-9.]*s awake: 7 of [0-9]+ sources with changes, 1 new, 1 gone$'
like "then the headings" "$(echo "$out" | sed -n 2p)" '^NAME +CHANGE +SHARE +TOTAL +COUNT +EVENTS '
like "what is still active came first: it was so for longest" "$(echo "$out" | sed -n 3p)" \
	'^fixture-2 +- +[0-9.]+% +[1-9][0-9.]*s +1 +1 +0 +0 +0 +[1-9][0-9.]*s -$'
like "then what was active for a second" "$(echo "$out" | sed -n 4p)" \
	'^fixture-5 +- +[0-9.]+% +[1-9][0-9.]*s +1 +1 +0 +0 +0 +- -$'
check "an idle one is not there" test -z "$(echo "$out" | grep fixture-6)"
like "the one that went is" "$out" '^fixture-4 +gone +- +- +- +- +- +- +- +- -$'

wsdump diff --json /tmp/before /tmp/after >/tmp/json
is "JSON has the figures of each" "$(field fixture-1 '| [.change, .delta_active_count, .delta_relax_count, .delta_event_count]')" \
	'["kept",4,4,4]'
is "an expired one" "$(field fixture-3 delta_expire_count)" 1
is "what is new, and what has the same name and is not" \
	"$(field fixture-0 change | sort | tr '\n' ' ')" '"kept" "new" '
is "of a gone one nothing is known" "$(field fixture-4 '| [.change, .delta_event_count, .active_ratio]')" \
	'["gone",null,null]'
is "the interval is that of the files" "$(jq .interval_ns /tmp/json)" \
	"$(jq -s '.[1].monotonic_ns - .[0].monotonic_ns' /tmp/before /tmp/after)"
is "a share is one of the interval" \
	"$(jq '.interval_ns as $i | [.changes[] | select(.change == "kept") |
		(.delta_total_time_ns / $i - .active_ratio) | select(. > 0.0001 or . < -0.0001)] | length' /tmp/json)" 0
# Time active is never more than the time there was, but for the moment of reading.
is "the sum of what was before and the difference is what is after" \
	"$(jq -n --slurpfile a /tmp/before --slurpfile b /tmp/after --slurpfile d /tmp/json '
		[$d[0].changes[] | select(.change == "kept") | . as $c |
		 ($a[0].wakeup_sources[] | select(.id == $c.id)) as $x |
		 ($b[0].wakeup_sources[] | select(.id == $c.id)) as $y |
		 select($x.total_time_ns + $c.delta_total_time_ns != $y.total_time_ns or
			$x.event_count + $c.delta_event_count != $y.event_count)] | length')" 0
is "--raw has the same" "$(wsdump diff --raw /tmp/before /tmp/after | awk -F '\t' '
	NR == 1 { for (i = 1; i <= NF; i++) col[$i] = i; next }
	$col["name"] == "fixture-1" { print $col["delta_active_count"], $col["change"] }')" "4 kept"
is "columns can be chosen, and the order" \
	"$(wsdump diff -n -o name,count --name 'fixture-[12]' --sort count /tmp/before /tmp/after | tr -s ' ' | tr '\n' '|')" \
	"fixture-2 1|fixture-1 4|"
is "--top" "$(wsdump diff -n -o name --top 1 /tmp/before /tmp/after)" fixture-2
is "--active" "$(wsdump diff -n -o name --active /tmp/before /tmp/after)" fixture-2
like "--ns" "$(wsdump diff -n --ns -o name,time --top 1 /tmp/before /tmp/after)" '^fixture-2 [1-9][0-9]{9,}$'

run sh -c 'wsdump diff - /tmp/after </tmp/before'
is "- is standard input, a pipe is fine" "$(cat /tmp/before | wsdump diff - /tmp/after)" "$out"
run wsdump diff /tmp/before
is "without NEW it is the difference to now" "$status$err" 0
like "of which there is more" "$(echo "$out" | grep fixture-2)" '^fixture-2 .* [0-9][0-9.ms]*s -$'

# A number that was given up is given to the next that comes.
id=$(jq '.wakeup_sources[] | select(.name == "fixture-7") | .id' /tmp/after)
control event 7 0
wsdump --json >/tmp/before2
control remove 7
printf other >$fixture/add
wsdump --json >/tmp/after2
is "another source with the same number is another" \
	"$(wsdump diff -n -o name,change --name 'other' --name 'fixture-7' --sort name /tmp/before2 /tmp/after2 | tr -s ' ' | tr '\n' '|')" \
	"fixture-7 gone|other new|"
is "it does have the same" "$(jq '.wakeup_sources[] | select(.name == "other") | .id' /tmp/after2)" "$id"
last=$(jq '[.wakeup_sources[] | select(.name | startswith("fixture") or . == "other")] | length' /tmp/after2)
control remove $((last + 1))	# "other", the last of those registered, two having gone
printf fixture-7 >$fixture/add
wsdump --json >/tmp/after3
wsdump diff --json /tmp/before2 /tmp/after3 >/tmp/json
is "one with the same number and name, but less on its counters, was reset" \
	"$(field fixture-7 '| [.change, .id, .delta_event_count]')" "[\"reset\",$id,0]"
like "and the summary says so" "$(wsdump diff /tmp/before2 /tmp/after3 | sed -n 1p)" ', 1 reset$'

# Another boot: the same file, with another boot's number.
sed 's/"boot_id":"[^"]*"/"boot_id":"another"/' /tmp/before >/tmp/other-boot
run wsdump diff --json /tmp/other-boot /tmp/after
echo "$out" >/tmp/json
is "another boot is noticed" "$status$err $(jq -c .rebooted /tmp/json)" "0 true"
is "everything is since the boot, then" "$(field fixture-1 delta_active_count) $(jq .interval_ns /tmp/json)" \
	"7 $(jq .monotonic_ns /tmp/after)"
like "and the table says so" "$(wsdump diff /tmp/other-boot /tmp/after)" '^rebooted in between, so all is since the boot: '

# What is wrong, and where.
fails "no file" 2 "OLD is missing.*: try 'wsdump diff --help'" wsdump diff
fails "three files" 2 "unexpected argument '/tmp/json': try" wsdump diff /tmp/before /tmp/after /tmp/json
fails "a file that is not there" 1 '^wsdump: /tmp/nothing: .*No such file' wsdump diff /tmp/nothing
fails "a directory" 1 '^wsdump: /tmp: .*directory' wsdump diff /tmp
fails "NEW and OLD swapped" 1 'OLD is newer than NEW: swap them' wsdump diff /tmp/after /tmp/before
fails "standard input for both" 2 'standard input' wsdump diff - -
fails "an unknown column" 2 "unknown column 'nonsense'" wsdump diff -o nonsense /tmp/before
fails "an unknown column to sort by" 2 "unknown column 'nonsense'" wsdump diff --sort -nonsense /tmp/before
head -c 1000 /tmp/before >/tmp/bad
fails "a file that was cut" 1 '^wsdump: /tmp/bad: byte 1000: ' wsdump diff /tmp/bad
: >/tmp/bad
fails "an empty one" 1 '^wsdump: /tmp/bad: byte 0: ' wsdump diff /tmp/bad
head -c 4096 /bin/busybox >/tmp/bad
fails "a program" 1 '^wsdump: /tmp/bad: byte [0-9]+: ' wsdump diff /tmp/bad
wsdump >/tmp/bad
fails "a table" 1 '^wsdump: /tmp/bad: byte [0-9]+: ' wsdump diff /tmp/bad
echo '{"a":1}' >/tmp/bad
fails "JSON of something else" 1 '/tmp/bad: .*nothing that .wsdump --json. has written' wsdump diff /tmp/bad
wsdump diff --json /tmp/before /tmp/after >/tmp/bad
fails "a difference" 1 '/tmp/bad: ' wsdump diff /tmp/bad
(cat /tmp/before; echo x) >/tmp/bad
fails "something behind it" 1 '/tmp/bad: byte [0-9]+: ' wsdump diff /tmp/bad
printf '%0100d' 0 | tr 0 '[' >/tmp/bad
fails "deep nesting" 1 '/tmp/bad: byte 8: more than 8 levels' wsdump diff /tmp/bad

# spoil DESCRIPTION PATTERN JQ: the file changed by a program of jq
spoil() {
	jq -c "$3" /tmp/before >/tmp/bad
	fails "$1" 1 "^wsdump: /tmp/bad: $2" wsdump diff /tmp/bad
}
spoil "a format of the future" 'format is 2, and this wsdump reads format 1 only' '.format = 2'
spoil "no time" 'monotonic_ns is missing' 'del(.monotonic_ns)'
spoil "no list" 'wakeup_sources is of type object, not array' '.wakeup_sources = {}'
spoil "a number where a source should be" 'wakeup_sources\[1\] is of type int, not object' '.wakeup_sources[1] = 1'
spoil "a missing field" 'wakeup_sources\[2\]\.event_count is missing' 'del(.wakeup_sources[2].event_count)'
spoil "a name that is a number" 'wakeup_sources\[0\]\.name is of type int, not string' '.wakeup_sources[0].name = 1'
spoil "a null" 'wakeup_sources\[0\]\.active_count is of type null, not int' '.wakeup_sources[0].active_count = null'
spoil "a negative count" 'wakeup_sources\[0\]\.active_count is not between 0 and ' '.wakeup_sources[0].active_count = -1'
spoil "a fraction" 'wakeup_sources\[0\]\.active_count is of type double, not int' '.wakeup_sources[0].active_count = 0.5'
spoil "a number twice" 'wakeup_sources\[3\]\.id is also that of wakeup_sources\[1\]' '.wakeup_sources[3].id = .wakeup_sources[1].id'
spoil "half a byte" 'wakeup_sources\[0\]\.name_hex has half a byte' '.wakeup_sources[0].name_hex = "123"'
spoil "no hexadecimal" 'wakeup_sources\[0\]\.name_hex has no hexadecimal' '.wakeup_sources[0].name_hex = "zz"'
spoil "a NUL in a name" 'wakeup_sources\[0\]\.name has a NUL byte' '.wakeup_sources[0].name = "a\u0000b"'
sed 's/"active_count":/"active_count":1,"active_count":/' /tmp/before >/tmp/bad
fails "a key twice" 1 '/tmp/bad: byte [0-9]+: the object that begins here has a key twice' wsdump diff /tmp/bad
at=$(wsdump diff /tmp/bad 2>&1 | sed 's/.*byte \([0-9]*\).*/\1/')
is "which is where it says" "$(tail -c +$((at + 1)) /tmp/bad | head -c 8)" '{"name":'
awk 'NR == 2 { sub(/"active_count":[0-9]*/, "\"active_count\":9223372036854775808") } 1' /tmp/before >/tmp/bad
fails "a large number" 1 'wakeup_sources\[0\]\.active_count is not between 0 and 9223372036854775807' wsdump diff /tmp/bad
sed 's/9223372036854775808/99999999999999999999/' /tmp/bad >/tmp/huge
# which of the two depends on the version of json-c
fails "a huge one" 1 '/tmp/huge: (byte [0-9]+: .* number|wakeup_sources\[0\]\.active_count is not between)' wsdump diff /tmp/huge
printf 'cut \303' | cat /tmp/before - >/tmp/huge
fails "bytes that are no UTF-8" 1 "/tmp/huge: byte $(($(wc -c </tmp/before) + 4)): this is no UTF-8" wsdump diff /tmp/huge
fails "a file like no other in NEW" 1 '^wsdump: /tmp/bad: ' wsdump diff /tmp/before /tmp/bad
fails "a full disk" 1 "can't write to standard output" sh -c 'wsdump diff /tmp/before /tmp/after >/dev/full'

for text in null '"text"' 5; do
	echo "$text" >/tmp/bad
	fails "JSON that is no object: $text" 1 'this is JSON, but nothing that .wsdump --json. has written' wsdump diff /tmp/bad
done
jq '.boot_id = "0123456789" * 9' /tmp/before >/tmp/bad
fails "a boot of a long name" 1 '/tmp/bad: boot_id is longer than [0-9]+ bytes' wsdump diff /tmp/bad
{ cat /tmp/before; printf '\0'; } >/tmp/bad
fails "a NUL byte at the end" 1 "/tmp/bad: byte $(wc -c </tmp/before): a NUL byte" wsdump diff /tmp/bad
truncate -s 65M /tmp/bad
fails "a file of any size" 1 '/tmp/bad: larger than 64 MiB: nothing that .wsdump --json. has written' wsdump diff /tmp/bad
rm /tmp/bad
fails "a column twice" 2 "column 'TOTAL' is there twice: try 'wsdump diff --help'" wsdump diff -o name,time,TIME /tmp/before
fails "more patterns than there is room for" 2 "more than 256 times --name: try" \
	wsdump diff $(for i in $(seq 257); do echo "--name $i"; done) /tmp/before

# made SECONDS SOURCES: a file as it would have been saved so long after boot, of sources that
# are like the first of /tmp/before but for what is said here
made() {
	jq --argjson s "$1" --argjson v "$2" '.monotonic_ns = $s * 1e9 | .wakeup_sources[0] as $like |
		.wakeup_sources = [$v | to_entries[] | $like + {id: .key, active: false, device: null,
			active_time_ns: 0, active_count: 0, relax_count: 0, event_count: 0,
			wakeup_count: 0, expire_count: 0, total_time_ns: 0, max_time_ns: 0,
			last_change_ns: 0, prevent_sleep_time_ns: 0, autosleep: false} + .value]' /tmp/before
}

# What takes hours; and what has the same figure, in the order of the next.
made 10 '[{"name": "days"}, {"name": "hours"}, {"name": "young"}, {"name": "old"},
	{"name": "much", "total_time_ns": 9}, {"name": "often", "event_count": 9}, {"name": "never"}]' >/tmp/old
made 1000010 '[{"name": "days", "total_time_ns": 266400000000000}, {"name": "hours", "total_time_ns": 7500000000000},
	{"name": "young"}, {"name": "old"}, {"name": "much", "total_time_ns": 9},
	{"name": "often", "event_count": 9}, {"name": "never"}]' >/tmp/new
is "hours and days are told as such" "$(wsdump diff -n -o name,time /tmp/old /tmp/new | tr -s ' ' | tr '\n' '|')" \
	'days 3d02h|hours 2h05m|'
is "what did nothing stands in the order of what it did before" \
	"$(wsdump diff -n -o name --idle /tmp/old /tmp/new | tr '\n' ' ')" 'days hours much often young old never '
awake() {
	for _since in b:5 c:5 a:4; do
		_at=${_since#*:}
		echo "{\"name\": \"${_since%:*}\", \"active\": true, \"active_count\": 1, \"event_count\": 1,
			\"last_change_ns\": ${_at}000000000, \"active_time_ns\": $(($1 - _at))000000000}"
	done | jq -s . >/tmp/awake
	made "$1" "$(cat /tmp/awake)"
}
awake 10 >/tmp/old
awake 20 >/tmp/new
is "what was active all the time: for longest first" "$(wsdump diff -n -o name /tmp/old /tmp/new | tr '\n' ' ')" 'a b c '
is "--output-all has each column" "$(wsdump diff -O /tmp/before /tmp/after | sed -n 2p | wc -w)" \
	"$(wsdump diff --help | sed -n '/^Columns/,/^$/p' | grep -c '^ ')"

# Names of any bytes come back, as text that is safe.
printf 'red \033[31m' >$fixture/add
printf 'cut \303' >$fixture/add
wsdump --json >/tmp/now
is "a control character is shown as hex" "$(wsdump diff -n -o name --name 'red*' /tmp/after3 /tmp/now)" 'red \x1b[31m'
is "and so is what is no UTF-8" "$(wsdump diff -n -o name --name 'cut*' /tmp/after3 /tmp/now)" 'cut \xc3'
is "JSON has its bytes" "$(wsdump diff -j --name 'cut*' /tmp/after3 /tmp/now | jq -r '.changes[].name_hex')" 63757420c3

setpriv --reuid 65534 --regid 65534 --clear-groups wsdump diff /tmp/before /tmp/after >/tmp/user 2>&1
is "two files need no privileges" "$(cat /tmp/user)" "$(wsdump diff /tmp/before /tmp/after)"

run wsdump diff --help
is "--help succeeds" "$status$err" 0
check "it is short enough for a screen" test "$(echo "$out" | wc -l)" -lt 60
like "and has examples" "$out" '^ sudo wsdump diff '

done_testing
