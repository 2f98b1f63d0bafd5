# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree
# except: 6.1-arm64
# quick: ci
# Ten thousand buffers, and a million that come and go: all are listed, none leaks.
. dmabufdump/lib.sh

exports=$(option exports 1000000)
need_kfuncs
need_dmabuf_fixture
check "ten thousand are made" sh -c "echo 'keep 10000 4096 many' >$fixture/control"
is "all are listed" "$(dmabufdump --raw -n -o ino | sort -u | wc -l)" 10000
is "with their sum" "$(dmabufdump --json | jq .total.size)" 40960000
hold a many 1000 8192 held
is "and those of a process" "$(dmabufdump --processes --raw -n -o buffers,rss,fds)" "$(printf '1000\t8192000\t1000')"
is "kernel's only" "$(dmabufdump --kernel-only --raw -n | wc -l)" 10000
echo drop >$fixture/control
wait_for "they go" is_live 1000
while :; do dmabufdump >/dev/null || echo "status $?" >>/tmp/wrong; done &
check "a million are made and freed while lists are made" sh -c "echo 'churn $exports' >$fixture/control"
kill $!
release a
wait_for "all are gone" is_live 0
is "none has leaked" "$(live)" 0
is "as many as were made" "$(cut -d ' ' -f 2 $fixture/control)" $((exports + 11000))
is "no list failed" "$(cat /tmp/wrong 2>/dev/null)" ""
check "the fixture unloads" rmmod dmabuf_fixture
done_testing
