// SPDX-License-Identifier: GPL-2.0-only
/* Governors that can't be: each with one thing that is wrong, BAD_* says which. */
#include "cpufreq_ext.bpf.h"

#ifdef BAD_sleepable	/* update runs in an interrupt */
SEC("struct_ops.s")
#else
SEC("struct_ops")
#endif
__u32 BPF_PROG(bad_update, struct cpufreq_policy *policy, __u32 cpu, __u64 time, __u32 flags)
{
	return 0;
}

SEC("struct_ops.s")
int BPF_PROG(bad_start, struct cpufreq_policy *policy)
{
#ifdef BAD_write	/* limits are not a governor's to set */
	policy->min = 1;
#endif
	return 0;
}

#ifdef BAD_xdp	/* a program that has nothing to do with scheduling */
SEC("xdp")
int bad_packet(struct xdp_md *ctx)
{
	return cpufreq_ext_request(0, 1) ? XDP_PASS : XDP_DROP;
}
#endif

#ifdef BAD_type	/* the kernel's struct has no such member, and this one is set */
struct cpufreq_ext_ops___other {
	int (*start)(struct cpufreq_policy *policy);
	int (*no_such_member)(struct cpufreq_policy *policy);
	char name[16];
};

SEC(".struct_ops.link")
struct cpufreq_ext_ops___other bad = {
	.no_such_member = (void *)bad_start,
	.name = "bad",
};
#elif !defined(BAD_none)
SEC(".struct_ops.link")
struct cpufreq_ext_ops bad = {
	.start = (void *)bad_start,
	.update = (void *)bad_update,
#ifdef BAD_name
	.name = "Bad-name",
#elif !defined(BAD_noname)
	.name = "bad",
#endif
};
#endif

#ifdef BAD_two
SEC(".struct_ops.link")
struct cpufreq_ext_ops worse = {
	.name = "bad",
};
#endif

#ifdef BAD_license
char LICENSE[] SEC("license") = "Proprietary";
#else
char LICENSE[] SEC("license") = "GPL";
#endif
