# SPDX-License-Identifier: GPL-2.0-only
# In the VM, for hostile.t: sources with names that are made to break what prints them, and
# all that wsdump prints of them.
. ./lib.sh
set -e

modprobe wakeup_kfuncs
insmod ws_fixture.ko
mkdir /tmp/out
cd /tmp/out

# add: a source with the name on standard input
add() {
	cat >/tmp/name
	dd if=/tmp/name of=$fixture/add bs=64k 2>/dev/null
	cat /tmp/name /tmp/nul >>names
}
printf '\0' >/tmp/nul

# every byte that a name can have, by itself and all at once
for byte in $(seq 1 255); do
	printf "\\$(printf %03o "$byte")" | add
done
for byte in $(seq 1 255); do printf "\\$(printf %03o "$byte")"; done | add
for byte in $(seq 255 -1 1); do printf "\\$(printf %03o "$byte")"; done | add
# and each behind a first byte of UTF-8, of each length
for lead in 302 337 340 355 364 377; do
	for byte in 177 200 237 240 277 300 377; do printf "\\$lead\\${byte}x" | add; done
done
while IFS= read -r line; do
	printf -- "$line" | add
done <<'END'
\033[31mred\033[0m
\033]0;title\007
\033]8;;http://example.org\033\\\\link\033]8;;\033\\\\
\033[2J\033[H
\033P+q544e\033\\\\
\302\23331m
\302\233
\016\017
\r\010\010\010over
two\nlines\n
tab\there\013\014
"
\\\\
\\\\"
","id":0,"x":"
"}]}
\\\\u0000
\\\\x41
</script><!--
]]>
&amp;&#0;<a>
=1+1
+1
-1
@SUM(1)
\011=1
\r=1
'=1
a,b\r\n"c",d
x" } 1\n# EOF\n
name="x"
\\\\n
{le="1"}
# TYPE a counter
$(reboot)
`reboot`
$HOME
;reboot
a'b"c
%%s%%n%%d
\357\277\275
\357\273\277bom
\342\200\256rtl
\342\200\250\342\200\251
\342\200\213a\342\200\215b\342\201\240c\302\255d
\331\234\342\200\217\342\201\247\342\201\251
\363\240\200\201\363\240\201\201
\360\237\230\200
e\314\201
--help
-
~
.
..
/etc/passwd
NULL
END
awk 'BEGIN { while (n++ < 4000) printf "%c", 33 + n % 94 }' | add
awk 'BEGIN { while (n++ < 1333) printf "\"\\\033" }' | add
LC_ALL=C awk 'BEGIN { while (n++ < 4000) printf "%c", 128 + n % 128 }' | add
wc -c <names >/tmp/count

for format in table raw json pairs csv openmetrics prometheus; do
	wsdump --format $format >$format
done
LC_ALL=C wsdump >table.C
wsdump -n --csv -o name >csv.names
wsdump -n --raw -o name >raw.names
wsdump -n --pairs -o name >pairs.names

# What they did: all of them do something between the two.
wsdump --json >before
wsdump trace --raw --svg svg --perfetto perfetto >trace.raw &
raw=$!
until [ -s trace.raw ]; do sleep 0.1; done
wsdump trace >trace &
until [ -s trace ]; do sleep 0.1; done
for i in $(seq 0 $(($(tr -cd '\0' <names | wc -c) - 1))); do
	control stay "$i"
	control relax "$i"
done
kill -INT $raw $!
wait
for format in '' --json --raw; do
	wsdump diff $format before >"diff$format"
done
wsdump watch 0.1 --count 1 --idle >watch
wsdump watch 0.1 --count 1 --idle --json >watch--json
LC_ALL=C wsdump diff before >diff.C

# (a table has a column as wide as its longest name, for all rows)
tar -czf /tmp/hostile.tgz .
hand_out /tmp/hostile.tgz
