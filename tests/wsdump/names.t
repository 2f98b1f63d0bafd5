# SPDX-License-Identifier: GPL-2.0-only
# quick: ci
# Names of any length and any bytes come out whole, and harm neither JSON nor terminal.
. lib/lib.sh

# add BYTES...: one source a name, bytes as printf(1) escapes
add() {
	for _name; do
		printf "$_name" >/tmp/name
		dd if=/tmp/name of=$fixture/add bs=64k 2>/dev/null
		cat /tmp/name /tmp/nul >>/tmp/added
	done
}

# length N: that many characters, different all along
length() {
	awk -v n="$1" 'BEGIN { while (length(s) < n) s = s i++ "-"; printf "%s", substr(s, 1, n) }'
}

json() {
	jq -r "$1" /tmp/json
}

insmod /tests/ws_fixture.ko
modprobe wakeup_kfuncs
printf '\0' >/tmp/nul
real=$(($(wc -l <$debugfs) - 2))

# Around the sizes that the walk copies at a time.
for n in 1 7 8 9 15 16 17 23 24 25 31 32 33 150 254 255 256 257 300 511 512 513 4000 4094 4095 4096 4097; do
	name=$(length $n)
	add "$name"
	wsdump --json >/tmp/json
	is "a name of $n bytes is whole" "$(json '.wakeup_sources[0].name')" "$name"
done
check "and so are all in the table" test "$(wsdump | grep -c -- "^$(length 150)")" -ge 9

# Around what a chunk of the buffer holds, and more.
for n in 45055 45056 45057 60000; do
	length $n >/tmp/long
	dd if=/tmp/long of=$fixture/add bs=64k 2>/dev/null
	wsdump --json >/tmp/json
	check "a name of $n bytes is whole" test "$(json '.wakeup_sources[0].name')" = "$(cat /tmp/long)"
done

printf '' >/tmp/name
/tests/add_empty $fixture/add
wsdump --json >/tmp/json
is "a name may be empty" "$(json '.wakeup_sources[0] | "<\(.name)>"')" "<>"

: >/tmp/added
add 'double "quotes"' "single 'quotes'" 'back\\slash' 'new\nline' 'tab\there' '\033[31mred\033[0m' \
	'\033]0;title\007' 'del\177' 'c1 \302\233 31m' '\001\002\003\037' '%%s %%n' 'same' 'same' \
	'ünïcödé ✓' '</script>' 'a,b;c' '=1+1' ' leading and trailing ' \
	'\377\376' 'cut \303' 'cut \342\202 here' 'overlong \300\200' 'surrogate \355\240\200' \
	'past \364\220\200\200' '\200'
added=$(tr -cd '\0' </tmp/added | wc -c)
is "a blank at the end is seen" "$(wsdump -n -o name ' leading and trailing ')" ' leading and trailing\x20'
check "JSON stays JSON" wsdump --json
wsdump --json >/tmp/json
check "of valid UTF-8" /tests/utf8_check </tmp/json
is "no control byte but newline is in it" "$(tr -d '\n\040-\176\200-\377' </tmp/json | od -An -tx1)" ""
is "no C1 control character either" "$(LC_ALL=C grep -c "$(printf '\302[\200-\237]')" /tmp/json)" 0

# Exactly what was added, newest first, from the text or, where it is no text, the hex.
json "[.wakeup_sources[:$added][]] | reverse | .[] | .name_hex // (.name | @text | explode | implode | @json)" >/tmp/got
jq -j "[.wakeup_sources[:$added][]] | reverse | .[] | select(.name_hex == null) | .name + \"\\u0000\"" /tmp/json >/tmp/text
json "[.wakeup_sources[:$added][]] | reverse | .[] | .name_hex // empty" | sed 's/$/00/' | xxd -r -p >/tmp/bytes
# the last seven are no UTF-8
cat /tmp/text /tmp/bytes >/tmp/got
check "every name comes back byte for byte" cmp /tmp/added /tmp/got
is "seven of them as hex" "$(json '[.wakeup_sources[] | select(.name_hex)] | length')" 7
is "and readable all the same" "$(json '.wakeup_sources[] | select(.name_hex == "63757420c3") | .name')" "cut �"
is "two of the same name are two" "$(json '[.wakeup_sources[] | select(.name == "same")] | length')" 2

json '.wakeup_sources[]' >/tmp/want
wsdump --pin 2>/dev/null
wsdump --json >/tmp/json
check "all are the same when pinned, where another program reads them" sh -c \
	'jq -r ".wakeup_sources[]" /tmp/json | cmp - /tmp/want'
wsdump --unpin

for locale in C C.UTF-8; do
	LC_ALL=$locale wsdump >/tmp/table
	is "no control byte but newline is in the table ($locale)" \
		"$(tr -d '\n\040-\176\200-\377' </tmp/table | od -An -tx1)" ""
	is "no C1 control character either ($locale)" \
		"$(LC_ALL=C grep -c "$(printf '\302[\200-\237]')" /tmp/table)" 0
	is "one row for each ($locale)" "$(wc -l </tmp/table)" "$(($(json '.wakeup_sources | length') + 1))"
done
check "what is cut out of a name is shown as hex" grep -q '^\\x1b\[31mred\\x1b\[0m ' /tmp/table
check "the table of a UTF-8 locale is valid UTF-8" /tests/utf8_check </tmp/table
LC_ALL=C wsdump >/tmp/table
is "that of the C locale is ASCII" "$(tr -d '\000-\177' </tmp/table | od -An -tx1)" ""

printf 'no\302\240break' >/tmp/name
dd if=/tmp/name of=$fixture/add bs=64k 2>/dev/null
is "and so is one that only looks like it" "$(wsdump -n -o name 'no*break')" 'no\xc2\xa0break'

done_testing
