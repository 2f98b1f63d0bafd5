# SPDX-License-Identifier: GPL-2.0-only
# once: all
# quick: ci
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

# caps PID: who a process is, and what it has of each set of capabilities
caps() {
	awk '/^(Uid|Gid|Groups)/ { for (i = 1; i <= NF; i++) s = s $i " " }
		/^Cap(Inh|Prm|Eff|Amb)/ { s = s $1 $2 " " } /^NoNewPrivs/ { s = s $1 $2 } END { print s }' \
		"/proc/$1/status"
}
bits() {	# of capabilities' numbers
	_sum=0
	for _bit; do _sum=$((_sum | 1 << _bit)); done
	printf %016x $_sum
}
nobody='Uid: 65534 65534 65534 65534 Gid: 65534 65534 65534 65534 Groups:'
kept() {	# only these numbers, as nobody
	_bits=$(bits "$@")
	echo "$nobody CapInh:$(bits) CapPrm:$_bits CapEff:$_bits CapAmb:$(bits) NoNewPrivs:1"
}
bpf=39 perfmon=38 kill=5

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
refuse "which leaves nothing that root would stumble over" test -e /sys/fs/bpf/wsdump
fails "a user without any of it has none" 1 "needs the capabilities CAP_BPF and CAP_PERFMON" \
	$user wsdump

# --- no more than that

# settled PID: a process that has given up what it does not need
settled() {
	wait_for "process $1 gives up what it does not need" grep -q '^NoNewPrivs:.*1' "/proc/$1/status"
}

# gives_up WHAT WANTED COMMAND...: what it has once it sleeps, and then is ended
gives_up() {
	_about=$1 _wanted=$2
	shift 2
	"$@" >/dev/null &
	settled $!
	is "$_about" "$(caps $!)" "$_wanted"
	kill -KILL $!
	wait $! 2>/dev/null
}
gives_up "watch, of root, is nobody, with nothing but CAP_BPF and CAP_PERFMON left" "$(kept $bpf $perfmon)" wsdump watch 100
gives_up "that of a user stays that user's" "$(kept $bpf $perfmon)" $least wsdump watch 100
only="setpriv --clear-groups --inh-caps=-all --bounding-set=-all"
gives_up "where there was CAP_SYS_ADMIN only, that stays, and the user" "$(kept 21 | sed 's/65534/0/g')" $only,+sys_admin wsdump watch 100
gives_up "without CAP_SETGID it stays that user" "$(kept $bpf $perfmon | sed 's/65534/0/g')" $only,+bpf,+perfmon,+setuid wsdump watch 100
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

gives_up "trace, likewise" "$(kept $bpf $perfmon)" wsdump trace 100
gives_up "and with a file to replace" "$(kept $bpf $perfmon)" wsdump trace 100 --svg /tmp/a.svg
wait_for "no part of that file is left where it was killed" sh -c '! ls /tmp/.a.svg.*'
is "no part of that file is left where it was killed" "$(find /tmp -name '*a.svg*')" ""

# --- trying to get out

# At the places where most of what it works on comes from others, do what code would that
# somebody brings in there.
cp pauses /tmp/suid_root
chmod 4755 /tmp/suid_root
echo secret >/tmp/secret
chmod 600 /tmp/secret
of_root() {
	cat /proc/sys/kernel/core_pattern
	ls -l /etc /bin/busybox
}
of_root >/tmp/of_root

# attempt WANTED CALL...: see inject.c
attempt() {
	_want=$1
	shift
	_got=$(./inject "$_pid" "$@" 2>&1 | sed 's/^[1-9][0-9]*$/descriptor/')
	[ "$_got" = "$_want" ] || echo "$*: $_got, not $_want"
}
attempts() {
	attempt EPERM setresuid 0 0 0
	attempt EPERM setresgid 0 0 0
	attempt EPERM setgroups 1 x:00000000
	# all capabilities: of version 3, for itself
	attempt EPERM capset x:2205082000000000 x:ffffffffffffffff00000000ffffffffffffffff00000000
	# PR_CAP_AMBIENT_RAISE of CAP_SYS_ADMIN
	attempt EPERM prctl 47 2 21 0 0
	for _file in /proc/sys/kernel/core_pattern /proc/sys/kernel/modprobe /etc/passwd /bin/busybox \
			/proc/1/mem /proc/$$/mem /proc/sysrq-trigger /sys/power/state /dev/kmsg; do
		attempt EACCES openat -100 s:$_file 2 0
	done
	attempt EACCES openat -100 s:/tmp/secret 0 0
	attempt EACCES openat -100 s:/etc/new 0x41 0644
	attempt EACCES openat -100 s:/sys/fs/bpf/wsdump 0 0
	attempt EPERM chmod s:/bin/busybox 04755
	attempt EPERM chown s:/bin/busybox 65534 65534
	attempt EACCES rename s:/etc/passwd s:/etc/new
	attempt EACCES unlink s:/etc/passwd
	attempt EPERM mount s:/tmp s:/etc 0 0x1000 0
	attempt EPERM init_module x:00 1 s:
	attempt EPERM ptrace 16 $$ 0 0
	attempt EPERM reboot 0 0 0 0
	attempt "$_kill" kill $$ 0
	# a map: of an array of one, 4 bytes each
	attempt "$_bpf" bpf 0 x:02000000040000000400000001000000 16
	# the last: it becomes this
	[ "$(./inject "$_pid" execve s:/tmp/suid_root 0 0 2>&1)" = 0 ] || echo "execve failed"
	wait_for "it becomes that" grep -q '^Name:.*suid_root' /proc/$_pid/status
	grep -E '^(Uid|CapEff)' /proc/$_pid/status | tr -s '\t\n' '  '
}
# no_way_out WHAT PID BPF KILL: what these two calls are to return
no_way_out() {
	_pid=$2 _bpf=$3 _kill=$4
	attempts >/tmp/attempts
	is "no way out of $1" "$(cat /tmp/attempts)" \
		"Uid: 65534 65534 65534 65534 CapEff: $(bits) "
	kill -KILL $_pid 2>/dev/null
	wait $_pid 2>/dev/null
}

check "what is pinned is out of reach" wsdump --pin
control many 3000
wsdump --json >/tmp/big
mkfifo /tmp/full /tmp/also_full
# blocked PID: it waits for room in a pipe
blocked() { wait_for "process $1 waits" grep -q '^1 ' "/proc/$1/syscall"; }

wsdump --json >/tmp/full &
exec 3</tmp/full
blocked $!
is "a listing has nothing when it prints" "$(caps $!)" "$(kept)"
no_way_out "a listing" $! EPERM EPERM
exec 3<&-
wsdump --json --write /tmp/also_full &
exec 3</tmp/also_full
blocked $!
no_way_out "a listing that writes a file" $! EPERM EPERM
exec 3<&-
wsdump diff --idle --json /tmp/big /tmp/big >/tmp/full &
exec 3</tmp/full
blocked $!
is "diff, neither" "$(caps $!)" "$(kept)"
no_way_out "diff" $! EPERM EPERM
exec 3<&-
mkfifo /tmp/saved
wsdump diff /tmp/saved &
exec 3>/tmp/saved
settled $!
is "while it reads, it can look afterwards" "$(caps $!)" "$(kept $bpf $perfmon)"
exec 3>&-
wait
wsdump run --idle --json -w /tmp/full true &
exec 3</tmp/full
blocked $!
is "nor has run" "$(caps $!)" "$(kept)"
no_way_out "run, when it prints" $! EPERM EPERM
exec 3<&-
wsdump run -w /tmp/difference sh -c 'echo $$ >/tmp/child; exec sleep 1000' &
settled $!
wait_for "its command runs" test -s /tmp/child
no_way_out "run, while the command runs" $! descriptor 0
kill "$(cat /tmp/child)"
# These two have to look again, so there are programs that they may load
wsdump watch 1000 >/dev/null &
settled $!
no_way_out "watch" $! descriptor EPERM
wsdump trace 1000 --svg /tmp/a.svg >/dev/null &
settled $!
no_way_out "trace" $! descriptor EPERM
control many 3
wsdump --unpin
is "nothing came of it" "$(of_root | diff /tmp/of_root -)" ""

# --- a command keeps what wsdump was given

wsdump run -w /dev/null -- sh -c 'cat /proc/self/status >/tmp/of_command; sleep 100' &
pid=$!
settled $pid
is "run can look and pass on signals" "$(caps $pid)" "$(kept $bpf $perfmon $kill)"
while ! grep -q NoNewPrivs /tmp/of_command; do sleep 0.1; done
is "its command has what wsdump was given" "$(grep -E '^(Uid|Gid|Groups|Cap|NoNewPrivs)' /tmp/of_command)" \
	"$(grep -E '^(Uid|Gid|Groups|Cap|NoNewPrivs)' /proc/self/status)"
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
