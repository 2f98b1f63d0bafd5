# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree android
# except: 6.1-arm64
# quick: arm64
# What is loaded can be kept for later runs, and grows with the list.
. dmabufdump/lib.sh

pins=/sys/fs/bpf/dmabufdump
need_kfuncs
need_dmabuf_fixture
hold a make 65536 gpu name fb0 map
dmabufdump --json | jq -c .buffers >/tmp/before
run dmabufdump --pin
is "it pins" "$status $out" "0 "
like "and says what that means" "$err" "^dmabufdump: pinned"
is "for root alone" "$(stat -c %a $pins) $(find $pins -perm /077 -name '*-*' | wc -l)" "700 0"
progs() { ls $pins; }
before=$(progs)
is "the list is the same" "$(dmabufdump --json | jq -c .buffers)" "$(cat /tmp/before)"
is "and of two processes at a time" "$(for i in 1 2; do dmabufdump --json | jq -c .buffers & done; wait)" "$(cat /tmp/before /tmp/before)"
is "by what was pinned" "$(progs)" "$before"
echo "keep 3000 4096 many" >$fixture/control
is "more than there is room for are listed" "$(dmabufdump --raw -n | wc -l)" 3001
is "twice" "$(dmabufdump --raw -n | wc -l)" 3001
is "held ones only, by what is pinned as well" "$(dmabufdump --held --raw -n -o ino)" "$(ino a)"
is "and after that all" "$(dmabufdump --raw -n | wc -l)" 3001
[ "$MODE" = in-tree ] || refuse "the module stays" rmmod dmabuf_kfuncs
check "it unpins" dmabufdump --unpin
is "which leaves nothing" "$(ls -d $pins 2>/dev/null)" ""
run dmabufdump --unpin
is "once more is no mistake" "$status $err" "0 dmabufdump: nothing was pinned"
echo drop >$fixture/control
if [ "$MODE" != in-tree ]; then
	wait_for "the module goes" rmmod dmabuf_kfuncs && pass "the module can go then"
fi
release a
done_testing
