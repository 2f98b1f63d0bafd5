# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree android
# except: 6.1-arm64
# quick: debug kcsan
# Four processes list all the time while threads of the kernel's make and free buffers, and the
# module is told to go: what stays is in each list, and nothing leaks.
. dmabufdump/lib.sh

seconds=$(option stress_seconds 5)
stays=100

# listings N: over and over; each that is wrong goes to /tmp/wrong
listings() {
	while [ -e /tmp/running ]; do
		if dmabufdump --raw -n -o exporter,holders >/tmp/listing.$1 2>/tmp/listing.$1.err; then
			[ "$(grep -c '^stays	kernel$' /tmp/listing.$1)" = $stays ] &&
				[ ! -s /tmp/listing.$1.err ] && echo >>/tmp/complete || {
				cat /tmp/listing.$1.err >>/tmp/wrong
				grep -c ^stays /tmp/listing.$1 >>/tmp/wrong
			}
		elif [ "$(wc -l </tmp/listing.$1.err)" = 1 ]; then
			# the module may go at any step of loading a program
			cat /tmp/listing.$1.err >>/tmp/refused
		else
			cat /tmp/listing.$1.err >>/tmp/wrong
		fi
	done
}

need_kfuncs
need_dmabuf_fixture
echo "keep $stays 4096 stays" >$fixture/control
: >/tmp/wrong; : >/tmp/complete; : >/tmp/refused
touch /tmp/running
echo "storm 4" >$fixture/control
for i in 1 2 3 4; do listings $i & done
if [ "$MODE" != in-tree ]; then
	while [ -e /tmp/running ]; do rmmod dmabuf_kfuncs 2>/dev/null; sleep 0.2; done &
fi
end=$(($(date +%s) + seconds))
while [ "$(date +%s)" -lt $end ]; do sleep 0.5; done
wait_for "listings are made" test -s /tmp/complete
rm /tmp/running
wait
echo calm >$fixture/control
echo "# $seconds seconds: $(wc -l </tmp/complete) listings, $(wc -l </tmp/refused) refused, buffers: $(cat $fixture/control)"
is "each has all that stays" "$(sort /tmp/wrong | uniq -c)" ""
is "no listing is refused where no module goes" "$([ "$MODE" != in-tree ] || cat /tmp/refused)" ""
wait_for "all others are gone" is_live $stays
is "none of them has leaked" "$(live)" $stays
echo drop >$fixture/control
wait_for "and those that stayed" is_live 0
check "the fixture unloads" rmmod dmabuf_fixture
done_testing
