. lib/lib.sh
. freqext/freqext.sh
modprobe cpufreq_ext
for kind in table target fast "fast notifier=1" "fast anywhere=1"; do
echo "# kind $kind"
driver kind=$kind
begin_probe
echo attach: $(probe attach probe)
govern probe
cat $cpufreq/policy*/scaling_governor $cpufreq/policy*/scaling_cur_freq | tr '\n' ' '
for c in "request 0 2000000" "request 1 1700000" "request 7 1" "request 0 0" "perf 0 1024" "perf 0 1025" "perf 1 512" "next 0 -1" "next 0 0" "release 0" "release 1"; do echo "$c -> $(probe $c)"; sleep 0.2; cat $cpufreq/policy*/scaling_cur_freq | tr '\n' ' '; done
probe count probe
cat $ext/probe/* | tr '\n' ' '; cat $dummy/transitions $dummy/outside
time probe request 0 1000000 10000 500000 3000000
cat $ext/probe/* | tr '\n' ' '; cat $dummy/transitions $dummy/outside
end_probe
sleep 1
cat $cpufreq/policy*/scaling_governor $cpufreq/policy*/scaling_cur_freq $ext/probe/fallback_ns| tr '\n' ' '; 
govern schedutil; ls $ext
done
dmesg | tail -30
grep -m1 flags /proc/cpuinfo | tr ' ' '\n' | grep tsc
done_freqext
