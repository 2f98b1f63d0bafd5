# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree
# rows: 6.12 6.12-cloud 6.12-rt 7.2 7.3 debug kcsan
# quick: no debug kcsan
# checked: no
# cpu: constant_tsc
# Authors come, go and are killed, CPUs go offline and come back, limits and governors change, and
# requests come from each switch of tasks meanwhile, for stress_seconds: nothing hangs, the kernel
# has nothing to report, and each policy is within its limits at the end.
. lib/lib.sh
. freqext/freqext.sh

seconds=$(option stress_seconds 4)
modprobe cpufreq_ext

storm() {
	n=0
	while [ -e /tmp/running ]; do
		: >/tmp/author
		# two authors at once, by turns of the same names
		(
			echo attach storm 500
			echo attach other 0
			echo storm storm
			while [ -e /tmp/running ] && [ $n -lt 40 ]; do
				for cpu in 0 1; do echo "request $cpu $((500000 * (n % 6 + 1))) 50 500000 3000000"; done
				n=$((n + 1))
				sleep 0.01
			done
		) | ./probe >/tmp/author &
		probe=$!
		# it has answered: the first governor is there
		until [ -s /tmp/author ] || [ ! -e /tmp/running ]; do sleep 0.05; done
		sleep 0.3
		kill -9 $probe 2>/dev/null
		wait $probe
		cat /tmp/author >>/tmp/answers
		echo >>/tmp/authors
	done
}

switch() {
	while [ -e /tmp/running ]; do
		for g in storm other schedutil storm performance; do
			for p in 0 1; do
				govern $g $p 2>/dev/null && echo $g >>/tmp/switched
			done
		done
	done
}

limits() {
	while [ -e /tmp/running ]; do
		for max in 1500000 3000000 1000000 2500000; do
			for p in 0 1; do
				echo $max >$cpufreq/policy$p/scaling_max_freq
				echo 1000000 >$cpufreq/policy$p/scaling_min_freq
				echo 2000000 >$cpufreq/policy$p/scaling_setspeed
				echo 500000 >$cpufreq/policy$p/scaling_min_freq
			done 2>/dev/null
		done
	done
}

hotplug() {
	while [ -e /tmp/running ]; do
		echo 0 >/sys/devices/system/cpu/cpu1/online
		echo 1 >/sys/devices/system/cpu/cpu1/online
		echo >>/tmp/plugged
		sleep 0.1
	done
}

readers() {
	while [ -e /tmp/running ]; do
		cat $ext/*/* 2>/dev/null
		freqext --json
		freqext list
		freqext stats
	done >/dev/null 2>&1
}

for kind in table fast 'table per_policy=2 sleep_us=500'; do
	# shellcheck disable=SC2086
	driver kind=$kind
	: >/tmp/authors; : >/tmp/switched; : >/tmp/plugged; : >/tmp/answers
	touch /tmp/running
	for what in storm switch limits hotplug readers; do $what & done
	end=$(($(date +%s) + seconds))
	while [ "$(date +%s)" -lt $end ]; do sleep 0.5; done
	wait_for "authors come and go" eval '[ $(wc -l </tmp/authors) -gt 2 ]'
	wait_for "policies select them" grep -q storm /tmp/switched
	wait_for "CPUs go" test -s /tmp/plugged
	rm /tmp/running
	wait
	echo "# $kind: $(wc -l </tmp/authors) authors, $(grep -c -e storm -e other /tmp/switched)" \
		"selections, $(wc -l </tmp/plugged) times offline, $(grep -cx 0 /tmp/answers) answers"
	check "$kind: authors came and went" test "$(wc -l </tmp/authors)" -gt 2
	check "requests were taken" grep -qx 0 /tmp/answers
	wait_for "the last has gone" gone storm
	for p in $(ls $cpufreq | sed -n 's/^policy//p'); do
		echo 3000000 >$cpufreq/policy$p/scaling_max_freq
		echo 1000000 >$cpufreq/policy$p/scaling_min_freq
		echo 1500000 >$cpufreq/policy$p/scaling_max_freq
		check "policy$p is within its limits" test "$(khz $p)" -ge 1000000 -a "$(khz $p)" -le 1500000
	done
	begin_probe
	is "an author is welcome" "$(probe attach probe)" 0
	check "and can be selected" govern probe
	probe request 0 1000000 >/dev/null
	becomes "and is heard" 0 1000000
	end_probe
	wait_for "it goes" gone probe
	govern schedutil
	is "nothing is left" "$(ls $ext)" ""
done

done_freqext
