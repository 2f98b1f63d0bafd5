# SPDX-License-Identifier: GPL-2.0-only
# once: all
# With the least that will do, wsdump works, as whoever; once its programs are loaded it
# keeps less than that, and its files are its owner's only.
. lib/lib.sh

modprobe wakeup_kfuncs
need_fixture
control many 3

# A user with these capabilities, and none else that could be had.
caps=+bpf,+perfmon
user="setpriv --reuid 65534 --regid 65534 --clear-groups"
least="$user --inh-caps=-all,$caps --ambient-caps=-all,$caps --bounding-set=-all,$caps"

# caps PID: what a process has, of each set: names where it is one of these
caps() {
	awk '/^Cap(Inh|Prm|Eff|Amb)/ { s = s $1 $2 " " } /^NoNewPrivs/ { s = s $1 $2 } END { print s }' \
		"/proc/$1/status"
}
bits() {	# of capabilities' numbers
	_sum=0
	for _bit; do _sum=$((_sum | 1 << _bit)); done
	printf %016x $_sum
}
kept() {	# only these numbers
	_bits=$(bits "$@")
	echo "CapInh:$(bits) CapPrm:$_bits CapEff:$_bits CapAmb:$(bits) NoNewPrivs:1"
}
bpf=39 perfmon=38 dac_override=1 dac_read_search=2 fowner=3 kill=5

# --- enough

run $least wsdump --json
is "a user with CAP_BPF and CAP_PERFMON has the list" \
	"$status $err $(echo "$out" | jq '.wakeup_sources | length')" "0  $(ls /sys/class/wakeup | wc -l)"
run $least wsdump trace 0.1
is "and can trace" "$status $err" "0 "
run $least wsdump watch 0.01 --count 1 --idle
is "and watch" "$status $err" "0 "
run $least wsdump run --json true
is "and run a command" "$status $(echo "$err" | jq .format)" "0 1"
fails "but not pin" 1 "run 'wsdump --pin' as root|/sys/fs/bpf/wsdump" $least wsdump --pin
fails "a user without any of it has none" 1 "needs the capabilities CAP_BPF and CAP_PERFMON" \
	$user wsdump

# --- no more than that

# settled PID: a process that has given up what it does not need
settled() {
	wait_for "process $1 gives up what it does not need" grep -q '^NoNewPrivs:.*1' "/proc/$1/status"
}

wsdump watch 100 >/dev/null &
settled $!
is "watch, of root, has nothing but CAP_BPF and CAP_PERFMON left, for good" "$(caps $!)" "$(kept $bpf $perfmon)"
kill $!
$least wsdump watch 100 >/dev/null &
settled $!
is "that of a user, likewise" "$(caps $!)" "$(kept $bpf $perfmon)"
kill $!
setpriv --bounding-set=-all,+sys_admin --inh-caps=-all wsdump watch 100 >/dev/null &
settled $!
is "where there was CAP_SYS_ADMIN only, that stays" "$(caps $!)" "$(kept 21)"
kill $!
wsdump watch 1 --raw --noheadings --idle >/tmp/grows &
pid=$!
settled $pid
control many 1000
want=$(ls /sys/class/wakeup | wc -l)
grown() { [ "$(cut -f 1 /tmp/grows | sort -u | wc -l)" -ge "$((want * 9 / 10))" ]; }
wait_for "the buffer grows" grown
check "the buffer can grow with that" grown
kill $pid
control many 3

wsdump trace 100 >/dev/null &
settled $!
is "trace, likewise" "$(caps $!)" "$(kept $bpf $perfmon)"
kill -KILL $!
wsdump trace 100 --svg /tmp/a.svg >/dev/null &
settled $!
is "with a file to replace it keeps what that takes" "$(caps $!)" "$(kept $bpf $perfmon $dac_override $fowner)"
kill -KILL $!

mkfifo /tmp/full
wsdump --json >/tmp/full &
exec 3</tmp/full
settled $!
is "a listing, too, has given it up before it prints" "$(caps $!)" "$(kept $bpf $perfmon)"
exec 3<&-
wait
mkfifo /tmp/saved
wsdump diff /tmp/saved >/dev/null 2>&1 &
settled $!
is "and diff before it reads a file" "$(caps $!)" "$(kept $bpf $perfmon $dac_read_search)"
: >/tmp/saved
wait

wsdump run -w /dev/null -- sh -c 'cat /proc/self/status >/tmp/of_command; sleep 100' &
pid=$!
settled $pid
is "run can look and pass on signals" "$(caps $pid)" "$(kept $bpf $perfmon $kill)"
while ! grep -q NoNewPrivs /tmp/of_command; do sleep 0.1; done
is "its command has what wsdump was given" "$(grep -E '^(Cap|NoNewPrivs)' /tmp/of_command)" \
	"$(grep -E '^(Cap|NoNewPrivs)' /proc/self/status)"
kill $pid
wait
wsdump run -w /dev/null -- $user \
	sh -c 'trap "exit 9" TERM; echo >/tmp/other_user; while :; do sleep 0.1; done' &
while [ ! -e /tmp/other_user ]; do sleep 0.1; done
kill $!
wait $!
is "a command that has become another user gets its signals" "$?" 9

# --- files

umask 0
cd /tmp
wsdump --json --write listing
wsdump --json --write public --mode 644
wsdump run -w difference true
wsdump trace 0.1 --svg svg --perfetto perfetto >/dev/null
is "files are their owner's only, unless asked" "$(stat -c '%n %a' listing public difference svg perfetto | tr '\n' ' ')" \
	"listing 600 public 644 difference 600 svg 600 perfetto 600 "
umask 077
wsdump --json --write public --mode 644
is "what was asked for is had, whatever the umask" "$(stat -c %a public)" 644
for mode in '' 8 u+r 1777 -1 00644; do
	fails "--mode '$mode'" 2 "are no permissions such as 644: try" wsdump --write a --mode "$mode"
done
fails "--mode without a file" 2 "--mode is for the file of --write: try" wsdump --mode 644
mkdir -m 700 /tmp/theirs
chown 65534 /tmp/theirs
check "root may write where another user may" wsdump --json --write /tmp/theirs/list
check "and read it there" wsdump diff /tmp/theirs/list
is "nothing was left half-written" "$(ls -A /tmp/theirs)" list

done_testing
