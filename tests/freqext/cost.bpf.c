// SPDX-License-Identifier: GPL-2.0-only
/* Requests with interrupts off, on a clock that counts instructions: see cost.c. */
#include "cpufreq_ext.bpf.h"

/* In the order of cost.c. */
__u64 n, request, suppressed;

SEC("tp_btf/sched_switch")
int BPF_PROG(cost_switch)
{
	__u64 begin;
	__u32 i;

	if (!n || suppressed)
		return 0;
	begin = bpf_ktime_get_ns();
	for (i = 0; i < 1000 && i < n; i++)
		cpufreq_ext_request(0, 1000000 + (i & 1));
	request = (bpf_ktime_get_ns() - begin) / n;
	begin = bpf_ktime_get_ns();
	for (i = 0; i < 1000 && i < n; i++)
		cpufreq_ext_request(0, 1000001);
	suppressed = (bpf_ktime_get_ns() - begin) / n;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
