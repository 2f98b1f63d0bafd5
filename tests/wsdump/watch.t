# SPDX-License-Identifier: GPL-2.0-only
# once: all
# quick: ci
# The screen of wsdump watch, as somebody sees it who sits at a terminal: what is on it,
# on terminals of any size and kind, and that nothing of it stays.
. lib/lib.sh
. lib/screen.sh

modprobe wakeup_kfuncs
need_fixture
control many 6
start 'wsdump watch 0.5'
shows "it starts" '^wsdump 2[0-9-]+ [0-9:]+, last [0-9.]+m?s: [0-9]+ sources, 0 active$' 1
shows "with headings" '^NAME +ACTIVE +SHARE +COUNT/s EVENTS/s +COUNT +EVENTS +WAKEUPS +TOTAL +CHANGED DEVICE' 3
is "and a row for each source" "$(names | wc -w)" "$(($(wc -l <$debugfs) - 2))"

control stay 4
shows "what becomes active comes first, all the time" \
	'^fixture-4 +[0-9.]+m?s +100\.0% +0 +0 +1 +1 +0 +[0-9.]+m?s +[0-9.]+m?s -$' 4
shows "and is counted" ', 1 active$' 1
bold=$(printf '\033\\[([0-9]+;)*1(;[0-9]+)*m')
like "its time is marked: it grows" "$(marked | grep fixture-4)" "$bold.*[0-9]+m?s"
is "nothing of an idle one is" "$(marked | grep fixture-3 | grep -E "$bold")" ""
control storm 1
shows "a busy source has its rate" '^fixture-0 +[^ ]+ +[0-9.]+% +[1-9][0-9.]+ +[1-9][0-9.]+ +[0-9]{2}'
control stop
shows "which falls to nothing" '^fixture-0 +- +0\.0% +0 +0 +[0-9]{2}'
type q
shows "q ends it" '^it ended with 0'
ended
is "the terminal is as before" "$(cat /tmp/stty.after)" "$(cat /tmp/stty.before)"
is "and so is the screen" "$(screen | grep -c NAME)" 0
control relax 4
run ./on_terminal 200 env TERM=dumb wsdump watch 0.1 -c 1
like "a terminal that has no screen is told so" "$out" "^wsdump: terminal type 'dumb' is not known, or can't do"
is "and no more" "$(echo "$out" | wc -l)" 1

# With a long interval, a look when Enter is typed.
start 'wsdump watch 1000'
shows "with a long interval" '^NAME' 3
for i in 1 2 3 4 5; do control event 2 0; done
printf 'newcomer' >$fixture/add
type Enter
shows "Enter looks now" ', 1 new$' 1
like "one that is new is reversed" "$(marked | grep newcomer)" "$(printf '\033\\[([0-9]+;)*7(;[0-9]+)*m')newcomer"
shows "events are counted" '^fixture-2 +- +0\.0% +[0-9.]+ +[0-9.]+ +[0-9]+ +[0-9]+ +0 '
control remove 6
type Enter
shows "one that goes is counted" ', 1 gone$' 1
shows "and seen for the last time" '^newcomer +- +- +- +- '
type Enter
shows "then it is no more" ': [0-9]+ sources, 0 active$' 1
is "nowhere" "$(screen | grep -c newcomer)" 0

printf 'esc \033[31m red' >$fixture/add
printf 'cut \303' >$fixture/add
printf 'ünïcödé ✓' >$fixture/add
head -c 300 /dev/zero | tr '\0' x >/tmp/long
dd if=/tmp/long of=$fixture/add bs=4k 2>/dev/null
type Enter
shows "a name with a control character is safe" '^esc \\x1b\[31m red +-'
shows "one that is no UTF-8, too" '^cut \\xc3 +-'
shows "one that is UTF-8 is shown" '^ünïcödé ✓ +-'
shows "a long one is cut where there is no room" '^x+\+ +- +0\.0% '

t resize-window -x 60 -y 12
shows "a narrower terminal has fewer columns" '^NAME +ACTIVE +SHARE +COUNT/s EVENTS/s( +COUNT( +EVENTS)?)?$' 3
is "and fewer rows" "$(screen | wc -l)" 12
t resize-window -x 20 -y 6
shows "a very narrow one still has names" '^[a-zA-Zü]' 6
t resize-window -x 5 -y 2
shows "a tiny one" '^wsdum$' 1
t resize-window -x 1 -y 1
sleep 0.5
t resize-window -x 250 -y 50
shows "after the least of all, a large one has all columns" '^NAME.*DEVICE' 3
shows "and more of a name" '^x{60,}'
t resize-window -x 100 -y 24
shows "and back" '^NAME +ACTIVE +SHARE +COUNT/s EVENTS/s +COUNT +EVENTS +WAKEUPS' 3

type C-c
shows "Ctrl-C ends it at once, by the signal" '^it ended with 130'
ended
is "the terminal is as before" "$(cat /tmp/stty.after)" "$(cat /tmp/stty.before)"
is "and so is the screen" "$(screen | grep -c NAME)" 0
start 'wsdump watch'
shows "with none said" '^NAME' 3
kill -TERM "$(pidof wsdump)"
shows "SIGTERM ends it" '^it ended with 143'
ended
is "the terminal is as before" "$(cat /tmp/stty.after)" "$(cat /tmp/stty.before)"
start 'wsdump watch 0.2 --count 3 --sort -EVENTS --name "fixture-*" -o name,events'
shows "--count ends it" '^it ended with 0'
control stay 5
start 'wsdump watch 0.5 -o name,max'
shows "a longest time" '^fixture-5 +[1-9][0-9.]*s$'
# not on the first screen, which has nothing to compare with
grows() { marked | grep fixture-5 | grep -Eq "$bold.*[0-9]s"; }
wait_for "is marked while it grows" grows && pass "is marked while it grows"
is "and only then" "$(marked | grep -E 'fixture-[0-4]' | grep -E "$bold")" ""
type q
ended
control relax 5
start 'wsdump watch 1000 </dev/null'
shows "keys come from the terminal whatever standard input is" '^NAME' 3
type q
shows "they do" '^it ended with 0'
start 'TERM=nonsense wsdump watch'
shows "an unknown terminal is refused" "^wsdump: terminal type 'nonsense' is not known"
shows "with a status" '^it ended with 1$'
start 'TERM= wsdump watch'
shows "no terminal type, too" '^wsdump: TERM is not set'
start 'setsid wsdump watch </dev/null'
shows "no terminal to take keys from, too" '^wsdump: standard input is no terminal'
start "trap '' HUP; wsdump watch 0.1 --count 2"
shows "a hangup that is ignored is no hindrance" '^it ended with 0'
fails "so is a column that is not known" 2 "unknown column 'nonsense'" wsdump watch -o nonsense
for term in vt100 xterm-256color; do
	start "TERM=$term wsdump watch 1000"
	shows "TERM=$term" '^NAME' 3
	type q
	shows "is left" '^it ended with 0'
done
# the size that the environment says goes before the terminal's, where it is one
for size in 'COLUMNS=0 LINES=0' 'COLUMNS=-5 LINES=x' 'COLUMNS=99999999999999999999' 'COLUMNS=' 'LINES=5000'; do
	start "$size wsdump watch 1000"
	shows "$size" '^NAME +ACTIVE'
	type q
	shows "is left" '^it ended with 0'
done
start 'COLUMNS=3 LINES=1 wsdump watch 1000'
shows "COLUMNS=3 LINES=1" '^wsd$' 1
type q
shows "is left" 'it ended with 0$'
start 'COLUMNS=1000 wsdump watch 1000'
shows "COLUMNS=1000" 'NAME'
type q
shows "is left" 'it ended with 0$'
for locale in C xx_YY.nonsense ../../etc; do
	start "LC_ALL=$locale wsdump watch 1000"
	shows "LC_ALL=$locale has no letters but ASCII's" '^\\xc3\\xbcn'
done
t kill-server
wait_for "it ends" sh -c '! pidof wsdump'
is "it ends when its terminal does" "$(pidof wsdump)" ""

done_testing
