# SPDX-License-Identifier: GPL-2.0-only
# In the VM, for hostile.t: sources with names that are made to break what prints them, and
# all that wsdump prints of them. $wake_lock is the file of the kernel that makes sources,
# for hostile_wake_lock.t; it's the fixture that makes them if that is empty.
. lib/lib.sh
set -e

lock=${wake_lock:-}
modprobe wakeup_kfuncs
[ -n "$lock" ] || insmod ws_fixture.ko
mkdir /tmp/out
cd /tmp/out

# add: a source for each line, with the name that printf makes of it. The shell writes each
# at once, and no other process is needed, which kernels that check everything start slowly.
add() {
	while IFS= read -r line; do
		if [ -z "$lock" ]; then
			printf -- "$line" >$fixture/add
		elif ! printf -- "$line" >$lock; then
			# it takes spaces for the end of the name, and a time must follow
			printf '%s\n' "$line" >>refused
			continue
		fi
		printf -- "$line\\000" >>names
		printf '%s\n' "$line" >>/tmp/lines
	done 2>/tmp/said
}

# escaped: bytes, their numbers on standard input, as printf wants them
escaped() {
	awk '{ printf "\\%03o", $1 } END { print "" }'
}

# every byte that a name can have, by itself and all at once
seq 1 255 | awk '{ printf "\\%03o\n", $1 }' | add
seq 1 255 | escaped | add
seq 255 -1 1 | escaped | add
# those of them that are no space to the kernel
seq 1 255 | awk '$1 < 9 || $1 > 13 && $1 != 32 && $1 != 160' | escaped | add
# and each behind a first byte of UTF-8, of each length
for lead in 302 337 340 355 364 377; do
	for byte in 177 200 237 240 277 300 377; do printf '%s\n' "\\$lead\\${byte}x"; done
done | add
add <<'END'
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
# long ones; the last fills a page, which is all that a file of sysfs takes at once
awk 'BEGIN { while (n++ < 4000) print 33 + n % 94 }' | escaped | add
awk 'BEGIN { while (n++ < 1333) printf "34\n92\n27\n" }' | escaped | add
awk 'BEGIN { while (n++ < 4000) print 128 + n % 128 }' | escaped | add
awk 'BEGIN { while (n++ < 4096) print 48 + n % 10 }' | escaped | add
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
if [ -n "$lock" ]; then
	while IFS= read -r line; do
		# what this one locks is before its newline, and only that can be unlocked
		[ "$line" != 'two\nlines\n' ] || line=two
		printf -- "$line" >"${lock%lock}unlock"
		printf -- "$line" >$lock
	done </tmp/lines
else
	for i in $(seq 0 $(($(wc -l </tmp/lines) - 1))); do
		control stay "$i"
		control relax "$i"
	done
fi
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
