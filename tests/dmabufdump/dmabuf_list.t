# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree android
# except: 6.1-arm64
# quick: arm64 debug
# Every buffer and every field of it against the kernel's own file, bufinfo; who holds what
# against /proc.
. dmabufdump/lib.sh

# bufinfo's lines on buffers: SIZE FLAGS MODE COUNT EXPORTER INO NAME
kernel_says() {
	awk -F '\t' '/^[0-9]+\t/ { print $1, $2, $3, $4, $5, $6, $7 }' $bufinfo
}

# The same in the same form. bufinfo pads numbers.
we_say() {
	dmabufdump --format bufinfo | awk -F '\t' '/^[0-9]+\t/ { print $1, $2, $3, $4, $5, $6, $7 }'
}

need_kfuncs
run dmabufdump
is "nobody has a buffer yet, and that is said" "$status $out $err" "0 0 dma-bufs, 0; held by no process: 0, 0 "
is "as JSON has it" "$(dmabufdump --json | jq -c '[.buffers, .total.size, .complete]')" "[[],0,true]"
is "and scripts" "$(dmabufdump --raw | wc -l)" 1

need_dmabuf_fixture
echo "keep 2 8192 camera" >$fixture/control
hold a make 65536 gpu name fb0 dup map make 4096 camera fork
hold b make 12288 gpu close
is "all fields of all buffers are the kernel's" "$(we_say | sort)" "$(kernel_says | sort)"
is "there are those that were made" "$(we_say | wc -l)" 4
is "the total as well" "$(dmabufdump --format bufinfo | tail -n 1)" "$(grep '^Total.*objects' $bufinfo)"
is "the newest is first for scripts" "$(dmabufdump --raw -n -o ino)" "$(kernel_says | cut -d ' ' -f 6 | sed 's/^0*//' | sort -rn)"
is "and the largest for people" "$(dmabufdump -n -o size)" "64.0K
8.00K
8.00K
4.00K"
is "in bytes, if they like" "$(dmabufdump -n -o size -b | tr -d ' ' | head -n 1)" 65536

fb0=$(ino a) cam=$(ino a 2)
child=$(pgrep -x dmabufs-child 2>/dev/null || pidof dmabufs-child)
[ -n "$child" ] || child=$(grep -l dmabufs-child /proc/[0-9]*/comm | cut -d / -f 3)
is "a buffer has its name, exporter, descriptors, mappings and processes" \
	"$(column $fb0 size,exporter,name,fds,maps,procs)" "$(printf '65536\tgpu\tfb0\t4\t2\t2')"
is "its holders by number and name" "$(column $fb0 holders)" "$pid_a:dmabufs $child:dmabufs-child"
is "so in JSON" "$(dmabufdump --json | jq -c ".buffers[] | select(.ino == $fb0) | .holders")" \
	"[{\"pid\":$pid_a,\"comm\":\"dmabufs\",\"fds\":2,\"maps\":1},{\"pid\":$child,\"comm\":\"dmabufs-child\",\"fds\":2,\"maps\":1}]"
is "descriptors are those of /proc" "$(column $cam fds)" \
	"$(grep -l "^exp_name:" /proc/[0-9]*/fdinfo/* 2>/dev/null | xargs grep -l "^ino:.*$cam$" | wc -l)"
is "what the kernel holds, nobody does" "$(dmabufdump --kernel-only --raw -n -o size,procs,holders)" "$(printf '8192\t0\tkernel\n8192\t0\tkernel')"

like "the title has the sums" "$(dmabufdump | head -n 1)" \
	'^4 dma-bufs, 84\.0K; held by no process: 2, 16\.0K; gpu: 1, 64\.0K; camera: 3, 20\.0K$'
is "exporters, with the largest first" "$(dmabufdump --exporters -n -b | tr -s ' ')" "gpu 1 65536 0 0
camera 3 20480 2 16384"
is "processes" "$(dmabufdump --processes --raw -n -o pid,rss,pss,unique,buffers,fds,maps)" "$(printf '%s\t69632\t34816\t0\t2\t3\t1\n%s\t69632\t34816\t0\t2\t3\t1' $pid_a $child)"
is "and who shares with whom" "$(dmabufdump --processes --raw -n -o pid,shared_with --sort pid)" "$(printf '%s\t%s:dmabufs-child\n%s\t%s:dmabufs' $pid_a $child $child $pid_a)"
hold c make 1048576 gpu
is "unique bytes are those of nobody else" "$(dmabufdump --processes $pid_c --raw -n -o pid,rss,pss,unique,shared_with)" "$(printf '%s\t1048576\t1048576\t1048576\t' $pid_c)"
is "buffers of one process" "$(dmabufdump $pid_c --raw -n -o ino)" "$(ino c)"
is "of two" "$(dmabufdump $pid_c $pid_a --raw -n -o ino | wc -l)" 3
is "of a size and more" "$(dmabufdump --min 64K --raw -n -o size | sort -n | tr '\n' ' ')" "65536 1048576 "
is "both" "$(dmabufdump --min 1M $pid_a --raw -n)" ""
is "sorted by a column" "$(dmabufdump --raw -n --sort refs --top 1 -o refs)" 1
is "of processes, too" "$(dmabufdump --processes --sort -rss --raw -n -o pid --top 1)" "$pid_c"

fails "a process that holds none" 1 "process 1 holds no dma-buf" dmabufdump 1
fails "what is no process" 2 "'x' is no process number, and no verb: try" dmabufdump x
fails "a column that only processes have" 2 "unknown column 'rss'" dmabufdump --sort rss
fails "a size that is none" 2 "'1Q' is no size such as 4096, 64K or 1.5M" dmabufdump --min 1Q
fails "exporters of a process" 2 "exporters sums up all" dmabufdump --exporters 1
fails "processes that hold what no process holds" 2 "kernel-only is for" dmabufdump --processes --kernel-only
fails "a format of buffers for processes" 2 "format 'bufinfo' is for a list of buffers" dmabufdump -p -f bufinfo

release a b c
wait_for "their buffers go" is_live 2
echo drop >$fixture/control
wait_for "and the module's" is_live 0
is "nothing is left" "$(dmabufdump --raw -n)" ""
done_testing
