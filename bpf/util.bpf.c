// SPDX-License-Identifier: GPL-2.0-only
/*
 * util - as much as the CPU is used, and a quarter more: the rule of schedutil, in BPF
 *
 * Where a scheduler of sched_ext runs, what that asked for by scx_bpf_cpuperf_set() counts
 * instead of, or besides, what the fair class uses: as with schedutil, so such schedulers need no
 * change. Unlike there, updates from CPUs of other policies count.
 *
 * A frequency rises at once, and falls when less than seven eighths of it are needed.
 *
 * Limits: no boost for tasks that wait for I/O, no uclamp.
 */
#include "cpufreq_ext.bpf.h"

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct sched_avg {
	unsigned long util_avg;
};

struct cfs_rq {
	struct sched_avg avg;
};

struct scx_rq {
	__u32 cpuperf_target;
};

struct rq {
	struct cfs_rq cfs;
	struct sched_avg avg_rt;
	struct sched_avg avg_dl;
	struct scx_rq scx;
};

#pragma clang attribute pop

extern const struct rq runqueues __ksym;
/* 1024 of a machine whose CPUs are all the same, where there is no such variable */
extern const unsigned long cpu_scale __ksym __weak;

/*
 * Static keys, whose first word tells how often they are on. The names of sched_ext's changed
 * in 6.16. arch_scale_freq_key is x86's: elsewhere utilisation does not depend on the frequency.
 */
extern const void __scx_enabled __ksym __weak;
extern const void __scx_ops_enabled __ksym __weak;
extern const void __scx_switched_all __ksym __weak;
extern const void arch_scale_freq_key __ksym __weak;

static bool key_is_on(const void *key)
{
	int on = 0;

	bpf_probe_read_kernel(&on, sizeof(on), key);
	return on > 0;
}

/* What a scheduler of sched_ext asked for: 0 to 1024 of the highest frequency, 0 without one. */
static __u64 asked_by_scx(const struct rq *rq)
{
	if (!bpf_core_field_exists(rq->scx))
		return 0;
	if (&__scx_enabled)
		return key_is_on(&__scx_enabled) ? rq->scx.cpuperf_target : 0;
	if (&__scx_ops_enabled)
		return key_is_on(&__scx_ops_enabled) ? rq->scx.cpuperf_target : 0;
	return 0;
}

/* What a CPU is used, 1024 is all of the largest there is; not what sched_ext's tasks use. */
static __u64 utilisation(const struct rq *rq)
{
	__u64 util = rq->avg_rt.util_avg + rq->avg_dl.util_avg;

	if (!&__scx_switched_all || !key_is_on(&__scx_switched_all))
		util += rq->cfs.avg.util_avg;
	return util;
}

/* What was last asked for, by CPU, in kHz. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__type(key, __u32);
	__type(value, __u32);
	__uint(max_entries, 1);
} last SEC(".maps");

bool scaled = true;	/* utilisation is that at the highest frequency */

SEC("struct_ops")
__u32 BPF_PROG(util_update, struct cpufreq_policy *policy, __u32 cpu, __u64 time, __u32 flags)
{
	const struct rq *rq = bpf_per_cpu_ptr(&runqueues, cpu);
	__u64 util, khz, capacity = 1024, reference;
	const unsigned long *scale;
	__u32 zero = 0, *before;

	before = bpf_map_lookup_percpu_elem(&last, &zero, cpu);
	if (!rq || !before)
		return 0;
	if (&cpu_scale) {
		scale = bpf_per_cpu_ptr(&cpu_scale, cpu);
		if (scale && *scale)
			capacity = *scale;
	}
	util = utilisation(rq);
	if (util > capacity)
		util = capacity;
	reference = scaled ? policy->cpuinfo.max_freq : policy->cur;
	khz = reference * (util + (util >> 2)) / capacity;
	util = asked_by_scx(rq);
	khz += policy->cpuinfo.max_freq * (util + (util >> 2)) / 1024;
	if (khz < policy->cpuinfo.min_freq)
		khz = policy->cpuinfo.min_freq;
	if (khz > policy->cpuinfo.max_freq)
		khz = policy->cpuinfo.max_freq;
	/* the limits may have changed what the CPU runs at, so compare requests */
	if (khz < *before && khz > *before - *before / 8)
		return *before;
	*before = khz;
	return khz;
}

SEC("struct_ops")
int BPF_PROG(util_init)
{
	if (&arch_scale_freq_key)
		scaled = key_is_on(&arch_scale_freq_key);
	return 0;
}

SEC(".struct_ops.link")
struct cpufreq_ext_ops util = {
	.init = (void *)util_init,
	.update = (void *)util_update,
	.name = "util",
};

char LICENSE[] SEC("license") = "GPL";
