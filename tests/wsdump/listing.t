# SPDX-License-Identifier: GPL-2.0-only
# once: all
# What a listing has in it: columns, order, filters, and the formats that have them.
. lib/lib.sh

names() {
	wsdump -n -o name "$@" | tr -d ' ' | tr '\n' ' '
}

modprobe wakeup_kfuncs
need_fixture
real=$(source_count)
control many 6
control event 2 300
wait_expired 2
control stay 1
control relax 1
control stay 4
control stay 4
# ...long before what is "lately" below: as long as ten listings, which on a slow machine take
# some seconds each
begin=$(cut -d . -f 1 /proc/uptime)
wsdump >/dev/null
lately=$((5 + 10 * ($(cut -d . -f 1 /proc/uptime) - begin)))
sleep $lately

# --- columns

is "-o chooses columns, in this order" "$(wsdump -o EVENTS,name,active_count fixture-4)" "EVENTS NAME      COUNT
     2 fixture-4     1"
is "names are of any case" "$(wsdump -o NaMe,id,Awake fixture-4 | head -n 1 | tr -s ' ')" "NAME ID NOW"
is "+LIST adds to the table" "$(wsdump -o +id,relax_count fixture-4 | head -n 1 | tr -s ' ')" \
	"$(wsdump fixture-4 | head -n 1 | tr -s ' ') ID RELEASED"
is "what is there already stays where it is" "$(wsdump -o +name,id fixture-4 | head -n 1 | tr -s ' ')" \
	"$(wsdump fixture-4 | head -n 1 | tr -s ' ') ID"
is "--output-all has all that JSON has" "$(wsdump --output-all fixture-4 | head -n 1 | wc -w)" \
	"$(wsdump --json fixture-4 | jq '.wakeup_sources[0] | length')"
is "a column has the names of debugfs and sysfs, and its older ones" \
	"$(wsdump -no total_time,last_change,max_time_ms,awake fixture-3 | tr -s ' ')" "$(wsdump -no total,changed,max,now fixture-3 | tr -s ' ')"
is "flags are 1 or 0" "$(wsdump -no name,awake,autosleep 'fixture-[34]' | tr -s ' ' | sort)" "fixture-3 0 0
fixture-4 1 0"
is "JSON has the columns asked for" "$(wsdump --json -o name,event_count fixture-4 | jq -c .wakeup_sources)" \
	'[{"name":"fixture-4","event_count":2}]'
is "of the right types" "$(wsdump --json fixture-4 | jq -c '.wakeup_sources[0] | map_values(type) | to_entries | group_by(.value) | map("\(.[0].value): \(map(.key) | join(" "))") | .[]' -r)" \
"boolean: active autosleep
null: device
number: id active_time_ns active_count relax_count event_count wakeup_count expire_count total_time_ns max_time_ns last_change_ns prevent_sleep_time_ns
string: name"
missing=
for key in $(wsdump --json | jq -r 'keys[], (.wakeup_sources[0] | keys[])'); do
	grep -q "^\.It Cm $key\$" wsdump.8 || missing="$missing $key"
done
is "the manual page has every key of JSON" "$missing" ""
for column in $(wsdump --output-all fixture-4 | head -n 1); do
	like "--help has column $column" "$(wsdump --help)" "^ (\[$column\]|$column) +[a-zP]"
	check "and -o knows it" wsdump -o $column
	check "as does --sort" wsdump --sort $column
done

# --- headings and units

is "-n leaves out the headings" "$(wsdump -n | wc -l)" "$((real + 6))"
is "also of --raw" "$(wsdump -nr -o name fixture-4)" "fixture-4"
like "--ns is for programs" "$(wsdump --ns -no active,total,max,changed fixture-4 | tr -s ' ')" '^ ?[0-9]{10,} [0-9]{10,} [0-9]{10,} [0-9]{10,}$'
is "and says so" "$(wsdump --ns -o name,active,count,total,max,changed,prevent | head -n 1 | tr -s ' ')" \
	"NAME ACTIVE_NS COUNT TOTAL_NS MAX_NS CHANGED_NS PREVENT_NS"
is "what is not active has no time" "$(wsdump --ns -no active fixture-3)" "-"

# --- order

is "--sort: smallest first" "$(names --sort id 'fixture-*')" "fixture-0 fixture-1 fixture-2 fixture-3 fixture-4 fixture-5 "
is "with -: largest first" "$(names --sort -id 'fixture-*')" "fixture-5 fixture-4 fixture-3 fixture-2 fixture-1 fixture-0 "
is "by text" "$(names --sort -name 'fixture-[0-2]')" "fixture-2 fixture-1 fixture-0 "
is "by time" "$(names --sort -last_change_ns 'fixture-[124]')" "fixture-4 fixture-1 fixture-2 "
is "by flag" "$(names --sort -awake --top 1)" "fixture-4 "
is "by count" "$(names --sort -events --top 1)" "fixture-4 "
is "by the device, none first" "$(wsdump --sort device -no device | tr -s ' ' | head -n 1)" "-"
is "raw, too" "$(wsdump -nr -o name --sort -id 'fixture-*' | head -n 1)" fixture-5
is "without, raw is in the kernel's order" "$(wsdump -nr -o name)" "$(sed '1d; $d' $debugfs | cut -f 1 | sed 's/ *$//')"
is "--top: the most interesting" "$(names --top 2)" "fixture-4 fixture-2 "
is "raw, too" "$(wsdump -nr -o name --top 2 | tr '\n' ' ')" "fixture-4 fixture-2 "
is "--top of more than there are is all" "$(wsdump -n --top 1000 | wc -l)" "$((real + 6))"

# --- filters

is "--active" "$(names --active)" "fixture-4 "
is "in JSON" "$(wsdump --json --active | jq -r '.wakeup_sources[].name')" fixture-4
is "--since: all that ever changed" "$(names --since 7d 'fixture-*' | tr ' ' '\n' | sort | tr '\n' ' ')" "fixture-1 fixture-2 fixture-4 "
control event 5 1
is "--since: lately" "$(names --since ${lately}s)" "fixture-5 "
is "both" "$(wsdump -n --since ${lately}s --active)" ""
run wsdump --since 1ns --active
is "nothing left is no error" "$status$err $(echo "$out" | wc -l)" "0 1"
is "a name" "$(names fixture-3)" "fixture-3 "
is "a pattern" "$(names 'fixture-[!0-4]' )" "fixture-5 "
is "two patterns" "$(names 'fixture-3' '*-5' | tr ' ' '\n' | sort | tr '\n' ' ')" "fixture-3 fixture-5 "
is "a pattern and a filter" "$(names --active 'fixture-*')" "fixture-4 "
is "by --name" "$(names --name fixture-3)" "fixture-3 "
printf on-a-device >$fixture/add_child
is "by the device" "$(names --device 'ws_fix*')" "on-a-device "
id=$(wsdump -nr -o id on-a-device)
is "by the number" "$(names --id "$id")" "on-a-device "
is "by all of them" "$(names --id "$id" --device ws_fixture on-a-device)" "on-a-device "
for verb in "" "watch 0.1 -c 1" "run" "trace 0.1"; do
	what= failed=1
	[ "$verb" != run ] || what=true failed=125
	fails "'$verb': a name that nothing has" $failed "no wakeup source is called 'nothing'" wsdump $verb --name nothing $what
	fails "'$verb': a device that nothing has" $failed "no wakeup source belongs to a device called 'nothing'" wsdump $verb --device nothing $what
	fails "'$verb': a number that nothing has" $failed "no wakeup source has the number 99999" wsdump $verb --id 99999 $what
done
fails "what is no number" 2 "'x' is no number of a source" wsdump --id x
is "watch has those that are asked for" "$(wsdump watch 0.1 -n -c 1 -i -o name --device ws_fixture)" on-a-device
wsdump run -n -w /tmp/run -i -o name --id "$id" true
is "so has run" "$(cat /tmp/run)" on-a-device

# --- what a source is

is "a device in words" "$(wsdump -n -o name,subsystem,path,wake on-a-device | tr -s ' ')" \
	"on-a-device platform /sys/devices/platform/ws_fixture incapable"
rtc=$(basename "$(readlink -f /sys/class/rtc/rtc0/device 2>/dev/null)")
is "a clock" "$([ -z "$rtc" ] || wsdump -nr -o driver,wake "$rtc" | tr '\t' ' ')" "${rtc:+rtc_cmos enabled}"
./epoll_hold 1000 &
holder=$!
is_there() {
	wsdump -nr -o process eventpoll | grep .
}
wait_for "a process behind a source of epoll" is_there
is "a process behind a source of epoll" "$(wsdump -nr -o process eventpoll)" "epoll_hold (PID $holder)"
kill $holder
is "these columns are there when they are asked for" "$(wsdump --json | jq -c '.wakeup_sources[0] | has("driver")')" false
is "as any other" "$(wsdump --json -o +driver | jq -c '.wakeup_sources[0] | has("driver")')" true

# --- for eyes

like "--color always: what is active stands out" "$(wsdump --color always -n fixture-4)" "^$(printf '\033')\[1mfixture-4 "
is "but nothing else" "$(wsdump --color always -n fixture-3 | grep -c "$(printf '\033')")" 0
is "nor anything where it is no terminal" "$(wsdump | grep -c "$(printf '\033')")" 0
fails "another word" 2 "color is auto, always or never, not 'x'" wsdump --color x
is "the time of the last change" "$(wsdump -nr -o when fixture-3)" ""
now=$(date '+%Y-%m-%d %H:')
like "on the clock on the wall" "$(wsdump -nr -o when fixture-4)" "^2[0-9]{3}-[0-9]{2}-[0-9]{2} [0-9:]{8}\$"

printf watch >$fixture/add
is "a source that is called like a verb" "$(names -- watch)" "watch "
is "or after the verb" "$(wsdump list -n -o name watch)" "watch"

# --- the same in every format

for format in table raw json pairs csv debugfs android; do
	is "$format has the one that was asked for" "$(wsdump --format $format fixture-4 | grep -c fixture-4)" 1
	is "and no other" "$(wsdump --format $format fixture-4 | grep -c fixture-3)" 0
	like "--help has format $format" "$(wsdump --help)" "^Formats:.* $format(,|\$)"
done
for format in raw pairs csv; do
	is "--$format is --format $format" "$(wsdump --$format fixture-3)" "$(wsdump --format $format fixture-3)"
done
fails "columns of another's format" 2 "format 'debugfs' has columns of its own: try" wsdump --format debugfs -o name
fails "all of them" 2 "format 'android' has columns of its own: try" wsdump --format android -O

done_testing
