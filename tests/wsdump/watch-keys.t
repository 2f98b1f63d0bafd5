# SPDX-License-Identifier: GPL-2.0-only
# once: all
# The keys of wsdump watch, typed at a terminal.
. lib/lib.sh
. lib/screen.sh

modprobe wakeup_kfuncs
need_fixture
control many 6
start 'wsdump watch 0.5'
shows "it starts" '^NAME' 3

type s
shows "s sorts by the next column" '^sorted by NAME - ' 2
is "which is the names" "$(names)" "$(sorted)"
type r
shows "r reverses that" '^sorted by NAME, reversed' 2
is "so the last come first" "$(names)" "$(sorted -r)"
type S
shows "S goes back" '^sorted by time active' 2
type '<'
shows "and around" '^sorted by DEVICE' 2
type t
shows "t is the time active" '^sorted by time active - ' 2

type /
shows "/ asks for a name" '^show names with \(or pattern\): *$' 2
type -l fixx
shows "what is typed is seen" ': fixx$' 2
is "and is in force at once: no row is left" "$(names)" ""
type BSpace BSpace
shows "Backspace takes a character away" ': fi$' 2
type Enter
shows "Enter keeps it" "^sorted by time active, only 'fi' - " 2
is "only those are shown" "$(sorted)" "fixture-0 fixture-1 fixture-2 fixture-3 fixture-4 fixture-5 "
type / C-u
type -l 'fixture-[12]'
type Enter
shows "a pattern" "only 'fixture-\[12\]'" 2
is "is matched" "$(sorted)" "fixture-1 fixture-2 "
type / x Escape
shows "Esc undoes what was typed" "only 'fixture-\[12\]'" 2
type Escape
shows "and another one all of it" '^sorted by time active - ' 2
control stay 1
type a
shows "a is for active ones" 'only active' 2
shows "of which there is one" '^fixture-1 ' 4
is "and no other" "$(names)" "fixture-1 "
type a i
shows "i hides idle ones" 'without idle' 2
is "all but that" "$(names)" "fixture-1 "
type i
control relax 1

type p
shows "p pauses" '^PAUSED, sorted by' 2
frozen=$(screen)
control event 5 0
sleep 1
is "and nothing moves" "$(screen)" "$frozen"
type s
shows "but can be sorted" '^PAUSED, sorted by NAME' 2
type t p
shows "p goes on" '^sorted by time active - ' 2
shows "with what happened meanwhile" '^fixture-5 +- .* 1 +1 +0 '
type h
shows "h explains the keys" '^ +p or space +pause'
type x
shows "any key goes back" '^NAME +ACTIVE' 3

control many 60
type s	# by name, so that rows stay where they are
shows "more sources than lines" ': 7[0-9] sources' 1
wsdump --json | jq -r '.wakeup_sources[].name' | LC_ALL=C sort >/tmp/names
shows "in the order of names" "^$(sed -n 1p /tmp/names) " 4
type Down Down Up
shows "arrows scroll by one" "^$(sed -n 2p /tmp/names) " 4
type NPage
shows "PgDn by a page" "^$(sed -n 23p /tmp/names) " 4
type End
shows "End to the last" "^$(sed -n '$p' /tmp/names) " 24
type Home
shows "Home to the first" "^$(sed -n 1p /tmp/names) " 4
type Up PPage
shows "and no further" "^$(sed -n 1p /tmp/names) " 4

# --- details of one source

type d
shows "d has details of the first source" "^wakeup[0-9]+ +$(sed -n 1p /tmp/names)$" 19
type Down Down
shows "arrows choose another" "^wakeup[0-9]+ +$(sed -n 3p /tmp/names)$" 19
type End
shows "rows scroll with it" "^$(sed -n '$p' /tmp/names) " 18
alarm=$(cat /sys/class/rtc/rtc0/device/wakeup/wakeup*/name)
type / C-u
type -l "$alarm"
type Enter
shows "of the alarm's clock: what it is" '^What +.*rtc0' 20
shows "its driver" '^Driver +rtc_cmos$' 21
shows "its device" '^Device +/sys/devices/' 22
shows "and how to forbid it" '^May wake +enabled; to forbid it: echo disabled >/sys/.*/power/wakeup$' 23
shows "no process has it" '^Process +-' 24
type d Escape
shows "d hides them" "^$(sed -n 1p /tmp/names) " 4
printf 'ünïcödé ✓' >$fixture/add
type /
type -l 'ödé'
type Enter
shows "names are found by any letter" '^ünïcödé ✓ +-' 4

printf '\033[6;1Hby another program' >"$(t display-message -p '#{pane_tty}')"
shows "what another program writes over it" '^by another program' 6
type C-l
wait_for "it is gone" sh -c '! tmux -L test capture-pane -p | grep -q "^by another program"'
is "is gone with Ctrl-L" "$(screen | grep -c '^by another program')" 0
type q
shows "q ends it" '^it ended with 0'
t kill-server

done_testing
