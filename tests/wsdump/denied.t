# SPDX-License-Identifier: GPL-2.0-only
# once: all
# arch: amd64
# quick: no
# Memory that the command does not get, and system calls that fail, one after the other: it does
# all of its work, or says in one line why not; and leaves nothing half-made.
. lib/lib.sh

# How many of each, evenly spread; 0 is all of them. More in a command that is checked meanwhile.
memory=$(option denied_rounds 6) calls=$memory
[ ! -d /reports ] || memory=25 calls=60

mkdir -p /dev/pts
mount -t devpts devpts /dev/pts
modprobe wakeup_kfuncs
need_fixture
control many 20
control stay 3
mkdir /tmp/denied
cp denied wsdump-denied /tmp/denied/
cd /tmp/denied
wsdump --json >/tmp/one
control event 5 1
wsdump --json >/tmp/two

# denies WHAT COMMAND...: with shell commands before and after it, and options, see denied.c
before= after= options= kinds='memory calls'
denies() {
	_about=$1
	shift
	for _kind in $kinds; do
		[ $_kind = memory ] && rounds=$memory || rounds=$calls
		# shellcheck disable=SC2086
		if ./denied -r "$rounds" ${before:+-b "$before"} ${after:+-a "$after"} $options \
				$_kind "$@" >/tmp/said 2>&1; then
			pass "$_about: $_kind"
		else
			fail "$_about: $_kind" "$(cat /tmp/said)"
		fi
		sed 's/^/# /' /tmp/said
	done
	before= after= options=
}

denies "a listing" ./wsdump-denied
# these make the same calls
kinds=memory
for format in --json --csv '--format openmetrics'; do
	# shellcheck disable=SC2086
	denies "a listing, $format" ./wsdump-denied $format
done
denies "a part, sorted" ./wsdump-denied --since 1h -s -total --top 3 'fixture*'
kinds='memory calls'

# The only file that may be there is what was asked for, whole.
files() {
	echo "for file in $1; do
		[ ! -e \$file ] || [ \$STATUS = 0 ] || echo \"failed, and \$file is there\"
		[ -s \$file ] || [ \$STATUS != 0 ] || echo \"did all, and there is no \$file\"
	done
	rm -f $1
	ls -A | grep -vxE 'denied|wsdump-denied'
	find . -name '.*.??????' -exec rm {} +"
}
after=$(files 'list')
denies "a listing to a file" ./wsdump-denied --json --write list --mode 644

denies "a difference" ./wsdump-denied diff /tmp/one /tmp/two
denies "a difference to now" ./wsdump-denied diff --json /tmp/one
options=-p
denies "what a command does" ./wsdump-denied run -- true
denies "what it does, to a file" ./wsdump-denied run --json -w /tmp/difference -- true
# What is written before another output fails is whole.
after='[ ! -e picture ] || tail -n 1 picture | grep -qx "</svg>" || echo "picture is cut"
	[ ! -e trace ] || [ -s trace ] || echo "trace is empty"
	[ $STATUS != 0 ] || [ -e picture -a -e trace ] || echo "did all, and a file is missing"
	rm -f picture trace
	ls -A | grep -vxE "denied|wsdump-denied"
	find . -name ".*.??????" -exec rm {} +'
options=-p
denies "a trace" ./wsdump-denied trace 0.05 --svg picture --perfetto trace
options=-t
denies "a screen" ./wsdump-denied watch 0.05 --count 2

pins=/sys/fs/bpf/wsdump
before="rm -rf $pins"
after="ls $pins 2>/dev/null | wc -l | grep -qx \$((STATUS ? 0 : 2)) || ls -lR $pins"
denies "pinning" ./wsdump-denied --pin
wsdump --pin
denies "a listing with what is pinned" ./wsdump-denied --raw
before='wsdump --pin 2>/dev/null'
after="[ \$STATUS != 0 ] || [ ! -e $pins ] || ls -lR $pins"
denies "unpinning" ./wsdump-denied --unpin
rm -rf $pins

# Programs end a moment after who loaded them.
before='for i in 1 2 3 4 5 6 7 8 9; do rmmod wakeup_kfuncs 2>/dev/null; lsmod | grep -q wakeup_kfuncs || exit 0; sleep 0.1; done'
denies "a listing for which the module is loaded" ./wsdump-denied

run wsdump --raw
is "after all that it does its work" "$status $err $(echo "$out" | wc -l)" "0  $(($(source_count) + 1))"
is "and nothing is pinned" "$(ls /sys/fs/bpf)" ""

done_testing
