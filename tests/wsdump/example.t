# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree
# quick: ci 6.1 7.3 arm64
# checked: no
# The example of how to use the kfuncs lists what the kernel does, to the last number.
. lib/lib.sh

in_btf() {
	grep -aq "$1" /sys/kernel/btf/vmlinux
}

# debugfs as "name|numbers...", without its heading, its row "deleted", which is no source,
# and its last column.
kernel_says() {
	awk -F '\t+' 'NR > 1 && !/^deleted / {
		sub(/ +$/, "", $1)
		print $1 "|" $2, $3, $4, $5, $6, $7, $8, $9
	}' $debugfs
}

# The same of the example, whose times are not cut to milliseconds.
example_says() {
	awk -F '\t' 'NR > 1 {
		for (i = 6; i <= 9; i++) $i = int($i / 1000000)
		print $1 "|" $2, $3, $4, $5, $6, $7, $8, $9
	}' /tmp/list
}

# No number shrinks while no source is released: each lies between what the kernel says before
# and after, and is the same where these are.
agree() {
	kernel_says >/tmp/before
	./wakeup_list >/tmp/list || return 1
	kernel_says >/tmp/after
	example_says >/tmp/ours
	rows_lie_between "$1" 8
}

if [ "$MODE" = module ]; then
	fails "without the module it says what it needs" 1 "load.* with the module wakeup_kfuncs" ./wakeup_list
	modprobe wakeup_kfuncs
fi
if ! in_btf bpf_rdonly_cast || ! in_btf bpf_iter_num_new; then
	fails "a kernel without bpf_for() refuses it, and it says so" 1 "load.* needs root, and Linux 7.2" ./wakeup_list
	done_testing
	exit
fi

real=$(source_count)
check "it agrees with debugfs on the machine's own sources" agree "$real"

need_fixture
control many 150
for i in 3 5 8; do
	control stay $i			# stays active
	control stay $i
done
for i in 1 2 4; do
	control stay $i
	control relax $i
done
control event 7 1			# expires
control remove 60
sleep 1
total=$((real + 149))
check "and on 150, active, released, expired, less one" agree $total
is "an active one's total and longest time have this time in them" "$(awk -F '\t' \
	'$6 > 900000000 && $7 == $6 && $8 == $6 { print $1 }' /tmp/list | sort)" \
	"$(printf 'fixture-%s\n' 3 5 8)"

# 1,024 is what there's room for at first.
control many $((1024 - total))
check "as many as there is room for" agree 1024
control many 1
check "and one more" agree 1025
control many 8975
check "and 10,000" agree 10000

long=$(printf '%0126d' 0)
printf %s "${long}" >$fixture/add
printf %s "${long}1" >$fixture/add
printf %s "${long}12" >$fixture/add
run ./wakeup_list
is "a name is whole up to 126 bytes, and one that may not be says so" \
	"$(echo "$out" | cut -f 1 | grep "^$long" | sort)" "$(printf '%s\n' "$long" "${long}1..." "${long}1...")"

fails "who is not root is told" 1 "load.* needs root" setpriv --bounding-set=-all --inh-caps=-all ./wakeup_list
run setpriv --bounding-set=-all --inh-caps=-all ./wakeup_list -v
like "and with -v by libbpf as well" "$status $err" '^1 libbpf: '
fails "a full disk is an error" 1 "standard output" sh -c 'exec ./wakeup_list >/dev/full'

done_testing
