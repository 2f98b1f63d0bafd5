# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree
# except: 6.1-arm64
# quick: arm64
# What came and went: between two files, since one, while a command ran, and again and again.
. dmabufdump/lib.sh

need_kfuncs
need_dmabuf_fixture
hold a make 65536 gpu name old make 4096 gpu
dmabufdump --json >/tmp/before
hold b make 8192 cam name new
release a
wait_for "buffers go" is_live 1
dmabufdump --json >/tmp/after

changes="$(printf 'came\t8192\tcam\tnew\t%s:dmabufs\ngone\t65536\tgpu\told\t%s:dmabufs\ngone\t4096\tgpu\t\t%s:dmabufs' $pid_b $pid_a $pid_a)"
is "between two files" "$(dmabufdump diff /tmp/before /tmp/after --raw -n -o change,size,exporter,name,held-by --sort -size | sort)" "$(echo "$changes" | sort)"
is "what came is first for people" "$(dmabufdump diff /tmp/before /tmp/after -n -o size -b | tr -d ' ' | tr '\n' ' ')" "8192 65536 4096 "
like "with sums" "$(dmabufdump diff /tmp/before /tmp/after | head -n 1)" ': 1 came, 8\.00K; 2 gone, 68\.0K; now 1 dma-bufs, 8\.00K$'
is "since a file" "$(dmabufdump diff /tmp/before --raw -n | cut -f 1 | sort | uniq -c | tr -s ' ')" " 1 came
 2 gone"
is "from standard input" "$(dmabufdump diff - /tmp/after --raw -n </tmp/before | wc -l)" 3
is "as JSON" "$(dmabufdump diff --json /tmp/before /tmp/after | jq -c '[.changes[] | .change] | sort')" '["came","gone","gone"]'
is "nothing between one and itself" "$(dmabufdump diff /tmp/after /tmp/after --raw -n)" ""
fails "files in the wrong order" 1 "OLD is newer than NEW: swap them" dmabufdump diff /tmp/after /tmp/before
sed 's/"boot_id":"[^"]*"/"boot_id":"another"/' /tmp/before >/tmp/boot
fails "files of two boots" 1 "has been booted between" dmabufdump diff /tmp/boot /tmp/after
fails "a file that is not there" 1 "/tmp/none: can't open it: No such file" dmabufdump diff /tmp/none
fails "one of something else" 1 "this is no JSON|ends too early|nothing that" dmabufdump diff /etc/passwd
sed 's/"size":8192/"size":-1/' /tmp/after >/tmp/bad
fails "one that was changed" 1 "/tmp/bad: buffers\[0\].size is not between 0 and" dmabufdump diff /tmp/before /tmp/bad
sed 's/"complete":true/"complete":false/' /tmp/before >/tmp/held
fails "one of held buffers only" 1 "complete is false" dmabufdump diff /tmp/held /tmp/after
fails "no file" 2 "OLD is missing" dmabufdump diff
fails "three" 2 "unexpected argument" dmabufdump diff a b c

run dmabufdump run --raw -n -o change,size,exporter -- sh -c "echo 'keep 2 4096 leak' >$fixture/control; echo said; exit 7"
is "run has the command's output and status" "$out $status" "said 7"
is "and prints what came" "$err" "$(printf 'came\t4096\tleak\ncame\t4096\tleak')"
run dmabufdump run -w /tmp/out -j -- true
is "to a file" "$status $err $(jq -c .changes /tmp/out)" "0  []"
run dmabufdump run -- /no/such
is "a command that is not there" "$status" 127

dmabufdump watch 0.2 --raw -n -o change,exporter >/tmp/watched &
watcher=$!
sees() { grep -q "$(printf "$1")" /tmp/watched; }
appear() {
	echo 'keep 1 4096 seen' >$fixture/control
	sleep 1
	sees 'came\tseen'
}
wait_for "watch tells what comes" appear && pass "watch tells what comes"
echo drop >$fixture/control
wait_for "and what goes" sees 'gone\tseen' && pass "and what goes"
kill $watcher
is "it ends after some blocks" "$(dmabufdump watch 0.05 --count 3 | grep -c ' came, ')" 3
fails "no interval" 2 "'x' is no number of seconds from 0.01 on" dmabufdump watch x
release b
done_testing
