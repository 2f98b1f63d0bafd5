# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree
# rows: 6.12 6.12-cloud 6.12-rt 7.2 7.3 debug kcsan
# checked: no
# cpu: constant_tsc
# What a governor may not do is refused by the verifier or by freqext, and nothing has changed.
. lib/lib.sh
. freqext/freqext.sh

modprobe cpufreq_ext
driver kind=table

# refused WHAT OBJECT PATTERN: by the verifier, whose log says why
refused() {
	run freqext load -v "./bad_$2.bpf.o"
	is "$1 is refused" "$status" 1
	like "because of that" "$err" "$3"
}

refused "an update that may sleep" sleepable 'Invalid argument|-22'
refused "writing to a policy" write 'only read is supported|cannot write|Permission denied'
refused "a program that is not GPL" license 'GPL'
refused "a member that the kernel does not know" type 'no_such_member'
refused "a program of another type" xdp 'calling kernel function cpufreq_ext_request is not allowed'
fails "an object without a governor" 1 'has no governor' freqext load ./bad_none.bpf.o
fails "one with two" 1 'more than one governor, bad and worse|more than one governor, worse and bad' freqext load ./bad_two.bpf.o
fails "a name that can't be" 1 "'Bad-name' is no name of a governor" freqext load ./bad_name.bpf.o
fails "no name" 1 "'' is no name of a governor" freqext load ./bad_noname.bpf.o
fails "a file that is no object" 1 "can't open ./lib/lib.sh: it is no object file" freqext load ./lib/lib.sh
fails "a file that is not there" 1 "can't open ./nothing.o: No such file" freqext load ./nothing.o
fails "a name that there is not" 1 "there is no governor 'nothing'" freqext load nothing
is "policies have what they had" "$(governor 0) $(governor 1)" "schedutil schedutil"
is "nothing is left in sysfs" "$(ls $ext)" ""
is "nor in bpffs" "$(ls /sys/fs/bpf)" ""
is "nor a note of what was before" "$(ls /run/freqext 2>/dev/null)" ""

done_freqext
