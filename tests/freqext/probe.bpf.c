// SPDX-License-Identifier: GPL-2.0-only
/* A governor that does what a test says, and counts what it is called for. */
#include "cpufreq_ext.bpf.h"
#include "probe.h"

/* In the order of probe.c. */
__u64 inits, exits, starts, stops, limits, setspeeds, updates;
__s32 init_error, start_error;
__u32 update_khz;
__u32 limit_request;	/* what limits() asks for, however wrong that is */
__u32 last_min, last_max;

SEC("struct_ops.s")
int BPF_PROG(probe_init)
{
	__sync_fetch_and_add(&inits, 1);
	return init_error;
}

SEC("struct_ops.s")
void BPF_PROG(probe_exit)
{
	__sync_fetch_and_add(&exits, 1);
}

SEC("struct_ops.s")
int BPF_PROG(probe_start, struct cpufreq_policy *policy)
{
	__sync_fetch_and_add(&starts, 1);
	if (!start_error && update_khz)
		cpufreq_ext_request(policy->cpu, update_khz);
	return start_error;
}

SEC("struct_ops.s")
void BPF_PROG(probe_stop, struct cpufreq_policy *policy)
{
	__sync_fetch_and_add(&stops, 1);
}

SEC("struct_ops.s")
void BPF_PROG(probe_limits, struct cpufreq_policy *policy)
{
	__sync_fetch_and_add(&limits, 1);
	last_min = policy->min;
	last_max = policy->max;
	if (limit_request)
		cpufreq_ext_request(policy->cpu, limit_request);
}

SEC("struct_ops.s")
int BPF_PROG(probe_setspeed, struct cpufreq_policy *policy, __u32 khz)
{
	__sync_fetch_and_add(&setspeeds, 1);
	return cpufreq_ext_request(policy->cpu, khz);
}

SEC("struct_ops")
__u32 BPF_PROG(probe_update, struct cpufreq_policy *policy, __u32 cpu, __u64 time, __u32 flags)
{
	__sync_fetch_and_add(&updates, 1);
	return update_khz;
}

SEC(".struct_ops.link")
struct cpufreq_ext_ops probe = {
	.init = (void *)probe_init,
	.exit = (void *)probe_exit,
	.start = (void *)probe_start,
	.stop = (void *)probe_stop,
	.limits = (void *)probe_limits,
	.store_setspeed = (void *)probe_setspeed,
	.update = (void *)probe_update,
	.name = "probe",
};

static int call(struct probe_call *c, __u32 arg)
{
	switch (c->op) {
	case PROBE_REQUEST:
		return cpufreq_ext_request(c->cpu, arg);
	case PROBE_PERF:
		return cpufreq_ext_request_perf(c->cpu, arg);
	case PROBE_RELEASE:
		return cpufreq_ext_release(c->cpu);
	case PROBE_NEXT:
		return cpufreq_ext_next_cpu(c->cpu, arg);
	}
	return -1;
}

static long call_once(__u32 i, struct probe_call **ctx)
{
	struct probe_call *c = *ctx;
	__u32 arg = c->arg;

	if (c->wrap > c->arg)
		arg += (__u64)i * c->step % (c->wrap - c->arg);
	c->ret = call(c, arg);
	return 0;
}

SEC("syscall")
int probe_call(struct probe_call *c)
{
	bpf_loop(c->times, call_once, &c, 0);
	return 0;
}

/* In any context that there is, with a run queue's lock held. */
__u32 storm;

SEC("tp_btf/sched_switch")
int BPF_PROG(probe_storm)
{
	__u32 cpu = bpf_get_smp_processor_id();

	if (!storm)
		return 0;
	cpufreq_ext_request(cpu, 500000 * (1 + bpf_get_prandom_u32() % 6));
	cpufreq_ext_request_perf(cpu ^ 1, bpf_get_prandom_u32() % 1025);
	if (!(bpf_get_prandom_u32() % 4))
		cpufreq_ext_release(cpu);
	return 0;
}

/* The last that a CPU does when it goes offline. */
__u32 left;
__s32 left_got;

SEC("kprobe/cpuhp_report_idle_dead")
int probe_leave(void *ctx)
{
	left_got = cpufreq_ext_request(0, 1000000);
	left++;
	return 0;
}

/* A policy that leaves its governor takes as long for it as unlisting the governor does. */
__u32 leaving, over, unlisted, meanwhile;

static long wait_a_bit(__u32 i, void *ctx)
{
	bpf_get_prandom_u32();
	if (*(volatile __u32 *)&unlisted)
		return 1;
	return 0;
}

SEC("kprobe/ext_policy_free")
int probe_linger(void *ctx)
{
	if (leaving++)
		return 0;
	for (int i = 0; i < 16 && !*(volatile __u32 *)&unlisted; i++)
		bpf_loop(1 << 23, wait_a_bit, NULL, 0);
	over = 1;
	return 0;
}

SEC("kretprobe/cpufreq_unregister_governor")
int probe_unlisted(void *ctx)
{
	meanwhile = leaving && !over;
	unlisted = 1;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
