// SPDX-License-Identifier: GPL-2.0-only
/*
 * A scheduler of sched_ext that leaves all to the kernel's defaults, but says how fast a CPU is to
 * be when a task begins to run there: by sched_ext's own function, or by cpufreq_ext's.
 */
#include "cpufreq_ext.bpf.h"

/* Defined, not just declared: libbpf takes a declaration for another type. */
struct task_struct {
	int pid;
};

/* Members that are left out are the kernel's defaults. */
struct sched_ext_ops {
	void (*running)(struct task_struct *p);
	__u64 flags;
	__u32 timeout_ms;
	char name[128];
};

extern void scx_bpf_cpuperf_set(__s32 cpu, __u32 perf) __ksym;
extern __s32 scx_bpf_task_cpu(const struct task_struct *p) __ksym;

__u32 perf;	/* by scx_bpf_cpuperf_set() */
__u32 khz;	/* by cpufreq_ext_request(), on the other CPU */

SEC("struct_ops")
void BPF_PROG(perf_running, struct task_struct *p)
{
	/* another CPU may be the one that changes something of a task that runs */
	__u32 cpu = scx_bpf_task_cpu(p);

	scx_bpf_cpuperf_set(cpu, perf);
	if (khz)
		cpufreq_ext_request(cpu ^ 1, khz);
}

SEC(".struct_ops.link")
struct sched_ext_ops scx = {
	.running = (void *)perf_running,
	.timeout_ms = 30000,
	.name = "perf",
};

char LICENSE[] SEC("license") = "GPL";
