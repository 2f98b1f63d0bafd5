# SPDX-License-Identifier: GPL-2.0-only
# except: 6.1-arm64
# quick: arm64
# Without the module dmabufdump shows what processes hold, says what is missing, and fails; with
# less than the right privileges it says so. With --held it's all that was asked for.
. dmabufdump/lib.sh

need_dmabuf_fixture
echo "keep 2 8192 camera" >$fixture/control
hold a make 65536 gpu name fb0 map make 4096 camera fork

mv "/lib/modules/$(uname -r)/modules.dep" /tmp/
run dmabufdump --raw -n -o size,exporter,name,fds,maps,procs
is "what processes hold is listed" "$(echo "$out" | sort)" "$(printf '4096\tcamera\t\t2\t0\t2\n65536\tgpu\tfb0\t2\t2\t2')"
is "with a failure's status" "$status" 1
like "and one line that says what is missing, and what to do" "$err" \
	"^dmabufdump: only buffers that processes hold: .*dmabuf_kfuncs.*install"
is "one" "$(echo "$err" | wc -l)" 1
is "JSON says that it is not all" "$(dmabufdump --json 2>/dev/null | jq -c '[.complete, .total]')" \
	'[false,{"buffers":2,"size":69632}]'
is "nor does a table tell of the kernel" "$(dmabufdump 2>/dev/null | head -n 1 | cut -d ';' -f 1,2)" "2 dma-bufs, 68.0K; gpu: 1, 64.0K"
fails "what the kernel holds can't be had at all" 1 "dmabuf_kfuncs" dmabufdump --kernel-only
run dmabufdump --held --raw -n -o ino
is "--held is all that was asked for" "$status $err $(echo "$out" | wc -l)" "0  2"
is "with the references that the kernel counts" "$(dmabufdump --held --raw -n -o ino,refs | sort)" \
	"$(awk -F '\t' '/^[0-9]+\t/ && $1 != "00008192" { print $6 + 0 "\t" $4 + 0 }' $bufinfo | sort)"
is "processes, likewise" "$(dmabufdump --held -p --raw -n -o rss,pss)" "$(printf '69632\t34816\n69632\t34816')"
is "no module was loaded for that" "$(lsmod | grep -c dmabuf_kfuncs)" 0
fails "nothing is pinned then" 1 "dmabuf_kfuncs" dmabufdump --pin
mv /tmp/modules.dep "/lib/modules/$(uname -r)/"

user="setpriv --reuid 65534 --regid 65534 --clear-groups"
fails "without the module, and without the right to load it" 1 "needs CAP_SYS_MODULE: run 'modprobe dmabuf_kfuncs' as root" \
	$user --inh-caps=-all,+bpf,+perfmon --ambient-caps=-all,+bpf,+perfmon --bounding-set=-all,+bpf,+perfmon dmabufdump --kernel-only
run dmabufdump --raw -n -o ino
is "the module is loaded when it is needed" "$status $err $(echo "$out" | wc -l) $(lsmod | grep -c ^dmabuf_kfuncs)" "0  4 1"
run $user --inh-caps=-all,+bpf,+perfmon --ambient-caps=-all,+bpf,+perfmon --bounding-set=-all,+bpf,+perfmon dmabufdump --raw -n -o ino
is "CAP_BPF and CAP_PERFMON are enough then" "$status $err $(echo "$out" | wc -l)" "0  4"
fails "less is not" 1 "needs the capabilities CAP_BPF and CAP_PERFMON" $user --bounding-set=-all,+bpf --inh-caps=-all dmabufdump
fails "a full disk" 1 "No space left" sh -c 'dmabufdump >/dev/full'
release a
done_testing
