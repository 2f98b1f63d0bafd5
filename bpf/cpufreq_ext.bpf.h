/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What cpufreq governors written in BPF include. docs/write-a-governor.md has a whole one.
 */
#ifndef FREQEXT_CPUFREQ_EXT_BPF_H
#define FREQEXT_CPUFREQ_EXT_BPF_H

#include <stdbool.h>
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>

/* BPF_PROG() names the context of each program, which few use. */
#pragma clang diagnostic ignored "-Wunused-parameter"

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct cpufreq_cpuinfo {
	unsigned int max_freq;
	unsigned int min_freq;
};

/* A policy: CPUs that have their frequency in common. Can be read directly, not written. */
struct cpufreq_policy {
	unsigned int cpu;		/* the one that manages it */
	struct cpufreq_cpuinfo cpuinfo;	/* kHz, what the hardware can do */
	unsigned int min;		/* kHz, the limits of now */
	unsigned int max;
	unsigned int cur;		/* kHz */
};

#pragma clang attribute pop

/* Members that are left out: see the page, "Functions". */
struct cpufreq_ext_ops {
	int (*init)(void);
	void (*exit)(void);
	int (*start)(struct cpufreq_policy *policy);
	void (*stop)(struct cpufreq_policy *policy);
	void (*limits)(struct cpufreq_policy *policy);
	int (*store_setspeed)(struct cpufreq_policy *policy, __u32 khz);
	__u32 (*update)(struct cpufreq_policy *policy, __u32 cpu, __u64 time, __u32 flags);
	__u32 rate_limit_us;
	char name[16];
};

/* What programs of many types may call: struct_ops, tracing, kprobe, perf_event, syscall. */
extern int cpufreq_ext_request(__u32 cpu, __u32 khz) __ksym;
extern int cpufreq_ext_request_perf(__u32 cpu, __u32 perf) __ksym;
extern int cpufreq_ext_release(__u32 cpu) __ksym;
extern __u32 cpufreq_ext_next_cpu(__u32 cpu, __s32 prev) __ksym;

#define PERF_MAX	1024			/* of cpufreq_ext_request_perf() */
#define KHZ_MAX		(~(__u32)0)		/* whatever the limit is */
#define MAX_CPUS	1024			/* of Debian's kernels: 8,192; of machines: fewer */

#endif
