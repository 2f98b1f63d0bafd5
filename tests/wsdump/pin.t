# SPDX-License-Identifier: GPL-2.0-only
# quick: arm64
# wsdump --pin: found by the next run, by one at a time, by root only, and removable.
. lib/lib.sh

pins=/sys/fs/bpf/wsdump

names() {
	jq -r '.wakeup_sources[].name' | sort | md5sum
}

# loaded COMMAND...: how many BPF programs it loads
loaded() {
	_before=$(./bpf_next_id)
	"$@" >/dev/null 2>&1
	echo $(($(./bpf_next_id) - _before - own))
}
own=0
own=$(loaded true)

modprobe wakeup_kfuncs
need_fixture
control many 100
check "without --pin a run loads its program" test "$(loaded wsdump)" -gt 0
want=$(wsdump --json | names)

run wsdump --pin
is "it pins" "$status" 0
like "and says what follows from that" "$err" "can't be unloaded or upgraded before 'wsdump --unpin'"
is "root alone may enter" "$(stat -c '%a %u' $pins)" "700 0"
is "and open the objects" "$(stat -c '%a %u' $pins/* | sort -u)" "600 0"
is "the pinned program lists the same" "$(wsdump --json | names)" "$want"
refuse "the module can't be unloaded" rmmod wakeup_kfuncs

is "nothing is loaded any more" "$(loaded wsdump)" 0
check "as it is for the verifier's log" test "$(loaded wsdump --verbose)" -gt 0

control many 3000
is "the buffer grows" "$(wsdump --raw | wc -l)" "$(($(source_count) + 1))"
is "and the larger one is pinned in its place" "$(stat -c '%a %u' $pins) $(ls $pins | wc -l)" "700 0 2"
is "so that nothing is loaded the next time" "$(loaded wsdump)" 0
is "and all are listed" "$(wsdump --raw | wc -l)" "$(($(source_count) + 1))"

# One prints to a pipe that nobody reads yet, and so keeps what is pinned.
want=$(wsdump --json | names)
mkfifo /tmp/fifo
wsdump --json >/tmp/fifo &
exec 3</tmp/fifo
wait_for "it has the pinned objects" grep -q "FLOCK .* $! " /proc/locks
is "another run meanwhile lists all" "$(wsdump --json | names)" "$want"
fails "and pinning has to wait" 1 "another process is using $pins" wsdump --pin
is "the first run was not disturbed" "$(names <&3)" "$want"
exec 3<&-
wait

for i in 1 2 3 4 5 6 7 8; do
	wsdump --json | names >/tmp/got.$i &
done
wait
is "eight at once list all" "$(cat /tmp/got.* | sort -u)" "$want"

chmod 755 $pins
fails "a directory that others may enter is not used" 1 "root alone" wsdump --pin
is "but does no harm" "$(wsdump --json | names)" "$want"
chmod 700 $pins
chown 65534 $pins
fails "nor is one of another user's" 1 "root alone" wsdump --pin
chown 0 $pins
mv $pins /sys/fs/bpf/elsewhere
ln -s elsewhere $pins
fails "nor one behind a link" 1 "root alone" wsdump --pin
is "which does no harm either" "$(wsdump --json | names)" "$want"
rm $pins
mv /sys/fs/bpf/elsewhere $pins

for object in $pins/*; do
	mv "$object" "${object%-*}-0123456789abcdef"
done
is "objects of another version are passed over" "$(wsdump --json | names)" "$want"
check "and replaced" wsdump --pin
is "by two" "$(ls $pins | wc -l)" 2
refuse "none of them of that version" ls $pins/program-0123456789abcdef

check "it unpins" wsdump --unpin
refuse "nothing is left behind" test -e $pins
run wsdump --unpin
is "once more is no error" "$status $err" "0 wsdump: nothing was pinned"
wait_for "then the module can be unloaded" rmmod wakeup_kfuncs
refuse "then the module can be unloaded" test -e /sys/module/wakeup_kfuncs
modprobe wakeup_kfuncs

# What systemd would run, in its environment and with the capabilities that it leaves, but
# without systemd.
unit=/usr/local/lib/systemd/system/wsdump-pin.service
caps=$(sed -n 's/^CapabilityBoundingSet=//p' $unit | tr 'A-Z' 'a-z' | sed 's/cap_/,+/g; s/ //g')
exec_line() {
	setpriv --bounding-set="-all$caps" --inh-caps=-all env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin LANG=C.UTF-8 \
		$(sed -n "s/^$1=//p" $unit) </dev/null
}
check "the unit's start line pins" exec_line ExecStart
check "which can be found" test -d $pins
is "and lists the same" "$(wsdump --json | names)" "$want"
check "the unit's stop line unpins" exec_line ExecStop
refuse "and leaves nothing behind" test -e $pins
check "stopping it when nothing is pinned is no failure" exec_line ExecStop

umount /sys/fs/bpf
fails "bpffs must be mounted" 1 "run 'mount -t bpf bpf /sys/fs/bpf' as root" wsdump --pin

done_testing
