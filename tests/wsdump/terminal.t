# SPDX-License-Identifier: GPL-2.0-only
# once: all
# Tables on terminals of several widths: no line is wider than the terminal, and what there is
# room for is there. Anywhere else all of them is whole.
. lib/lib.sh

# what stands out does so by escapes, which these programs don't count; see below
export NO_COLOR=1

mkdir -p /dev/pts
mount -t devpts devpts /dev/pts
export LC_ALL=C.UTF-8

# on COLUMNS COMMAND...: sets out, what is on such a terminal; the test fails if a line is wider
on() {
	_columns=$1
	shift
	run ./on_terminal "$_columns" "$@"
	is "$_columns columns hold all of: $*" "$status$err" 0
}

headings() {
	echo "$out" | grep '^NAME' | tr -s ' '
}

modprobe wakeup_kfuncs
need_fixture
control many 3
printf 'a name of forty letters, no more, no less' >$fixture/add
printf 'ünïcödé ✓ und noch vieles, was nicht dasteht' >$fixture/add
printf '漢字漢字漢字漢字漢字漢字漢字漢字' >$fixture/add
printf 'escapes \033[31m\033[31m\033[31m\033[31m' >$fixture/add
head -c 3000 /dev/zero | tr '\0' x >/tmp/long
dd if=/tmp/long of=$fixture/add bs=4k 2>/dev/null
control stay 1
wsdump --json >/tmp/before
for i in 1 2 3 4 5 6 7; do control event $i 20; done
sleep 0.5
control stay 2
wsdump --json >/tmp/after

check "that a line is wider would be seen" sh -c '! ./on_terminal 20 echo 123456789012345678901'
check "and that it is not" ./on_terminal 20 echo 12345678901234567890

# --- a pipe, a file: all is whole

wsdump >/tmp/table
is "without a terminal all columns are there" "$(head -n 1 /tmp/table | tr -s ' ')" \
	"NAME ACTIVE COUNT EVENTS WAKEUPS EXPIRED TOTAL MAX CHANGED PREVENT DEVICE"
is "and every name" "$(grep -c "^$(cat /tmp/long) " /tmp/table)" 1
on 40 sh -c 'wsdump --write /tmp/table2'
is "--write is no terminal, whatever standard output is" "$(head -n 1 /tmp/table2)" "$(head -n 1 /tmp/table)"
on 40 sh -c 'wsdump diff /tmp/before /tmp/after | cat >/tmp/diff'
is "nor is a pipe" "$(grep -c "^$(cat /tmp/long) " /tmp/diff)" 1
on 40 sh -c 'wsdump run true 2>/tmp/run'
like "nor is a file" "$(sed -n 2p /tmp/run)" '^NAME .* DEVICE$'

# --- the listing

on 200 wsdump
is "a wide terminal has all columns" "$(headings)" \
	"NAME ACTIVE COUNT EVENTS WAKEUPS EXPIRED TOTAL MAX CHANGED PREVENT DEVICE"
check "and whole names, but the longest" grep -q 'a name of forty letters, no more, no less ' /tmp/table
like "which is cut" "$out" '^x{70,}\+ '
is "every source is there, and a line that sums up" "$(echo "$out" | wc -l)" "$(($(wc -l </tmp/table) + 1))"
on 80 wsdump
like "80 columns have the first of them" "$(headings)" '^NAME ACTIVE COUNT EVENTS WAKEUPS EXPIRED TOTAL MAX( CHANGED( PREVENT)?)?$'
like "names are cut" "$out" '^a name of for[a-z ,]*\+ '
like "characters are not" "$out" '^ünïcödé ✓ [a-z ]*\+ '
like "nor are escapes" "$out" '^escapes (\\x1b\[31m)*(\\x1b(\[(31?)?)?)?\+ '
is "every source is there" "$(echo "$out" | wc -l)" "$(($(wc -l </tmp/table) + 1))"
like "and a line that sums up" "$out" "^$(($(wc -l </tmp/table) - 1)) wakeup sources: 1 active, 7 ever used\$"
on 60 wsdump
like "60 have fewer" "$(headings)" '^NAME ACTIVE COUNT EVENTS WAKEUPS EXPIRED( TOTAL)?$'
on 40 wsdump
like "40 still fewer" "$(headings)" '^NAME ACTIVE COUNT EVENTS$'
like "and figures are whole" "$out" '^fixture-2 +[0-9.]+m?s +2 +2$'
on 10 wsdump
is "10 have names" "$(headings)" NAME
like "which are cut" "$out" '^a name of\+$'
on 1 wsdump
is "1 has all rows" "$(echo "$out" | wc -l)" "$(wc -l </tmp/table)"
on 40 wsdump -o total,name,max,device,id
is "columns that were asked for are in their order, without the last" \
	"$(echo "$out" | head -n 1 | tr -s ' ' | sed 's/^ //')" "TOTAL NAME MAX"
on 3 wsdump -o last_change_ns --ns
like "a figure that is cut is seen to be" "$out" '^[0-9][0-9]\+$'
on 40 wsdump -n
is "without headings" "$(headings)" ""
on 80 wsdump -O
on 60 wsdump --ns

# --- diff and run

for columns in 80 60 40; do
	on $columns wsdump diff /tmp/before /tmp/after
	like "diff at $columns has names and what changed" "$(headings)" '^NAME CHANGE SHARE( TOTAL COUNT)?'
	is "the summary is whole" "$(echo "$out" | sed '/^NAME/,$d' | tr '\n' ' ')" \
		"$(wsdump diff /tmp/before /tmp/after | sed -n 1p) "
	is "all rows are there" "$(echo "$out" | sed '1,/^NAME/d' | wc -l)" \
		"$(wsdump diff -n /tmp/before /tmp/after | wc -l)"
	on $columns wsdump run -- sh -c 'for i in 1 2 3 4 5 6 7; do echo event $i 20 >/sys/kernel/debug/ws_fixture/control; done; sleep 0.2'
	like "so does run" "$(headings)" '^NAME CHANGE SHARE( TOTAL COUNT)?'
	like "with names that are cut" "$out" '^x{14,}\+ +- '
	on $columns wsdump watch 0.1 --count 1 --idle -n
done
control stay 1
on 40 sh -c 'wsdump run true >/tmp/out'
like "run looks at the terminal that it prints on, which is standard error's" "$(headings)" '^NAME CHANGE SHARE'
on 40 sh -c 'wsdump run -w /tmp/run true'
like "and with a file at none" "$(sed -n 2p /tmp/run)" '^NAME .* DEVICE$'

done_testing
