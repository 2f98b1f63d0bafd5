// SPDX-License-Identifier: GPL-2.0-only
/* What BPF programs may ask for. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/sched.h>

#include "../module_btf.h"
#include "ext.h"

/* Called by BPF programs only, but sparse wants to have heard of them. */
__bpf_kfunc int cpufreq_ext_request(u32 cpu, u32 khz);
__bpf_kfunc int cpufreq_ext_request_perf(u32 cpu, u32 perf);
__bpf_kfunc int cpufreq_ext_release(u32 cpu);
__bpf_kfunc u32 cpufreq_ext_next_cpu(u32 cpu, s32 prev);

/* Under RCU; NULL if the CPU has none, or this one goes offline. */
static struct ext_policy *policy_of(const struct ext_cpu *ec)
{
	return ext_runs_irq_work() ? rcu_dereference(ec->ep) : NULL;
}

/*
 * Note the request and have it looked at when interrupts are on again: no lock is taken here,
 * because the caller may hold any, that of a run queue included. The last of several wins.
 * Under RCU; @khz 0 is none.
 */
static void note(struct ext_cpu *ec, struct ext_policy *ep, u32 khz)
{
	ext_count(ep->stats, EXT_REQUESTS);
	if (READ_ONCE(ec->khz) == khz) {
		ext_count(ep->stats, EXT_SUPPRESSED);
		return;
	}
	WRITE_ONCE(ec->pid, current->pid);
	WRITE_ONCE(ec->own, ec->cpu == raw_smp_processor_id());
	WRITE_ONCE(ec->khz, khz);
	irq_work_queue(&ep->irq_work);
}

__bpf_kfunc_start_defs();

/**
 * cpufreq_ext_request - request a frequency for a CPU
 * @cpu: the CPU, which need not be the one that this runs on
 * @khz: the frequency in kHz, from 1 on. Limits win, so U32_MAX is the highest there is
 *
 * A policy runs at the highest request of its CPUs. A request holds until the next one, until
 * cpufreq_ext_release(), or until the policy leaves the governor.
 *
 * Context: any, NMI and with a run queue's lock held included. Does not sleep.
 * Return: 0; -EINVAL if there can be no such CPU, or @khz is 0; -ENODEV if the CPU's policy has
 *	   no BPF governor, or the CPU is offline; or the CPU that this runs on is going offline.
 */
__bpf_kfunc int cpufreq_ext_request(u32 cpu, u32 khz)
{
	struct ext_policy *ep;
	struct ext_cpu *ec;
	int err = -ENODEV;

	if (cpu >= nr_cpu_ids || !cpu_possible(cpu) || !khz)
		return -EINVAL;
	ec = per_cpu_ptr(&ext_cpus, cpu);
	rcu_read_lock();
	ep = policy_of(ec);
	if (ep) {
		note(ec, ep, khz);
		err = 0;
	}
	rcu_read_unlock();
	return err;
}

/**
 * cpufreq_ext_request_perf - request a share of what a CPU can do
 * @cpu: the CPU
 * @perf: 0 to 1024, where 1024 is the highest frequency of this very CPU. That is not the scale
 *	  of capacities, where 1024 is the fastest CPU of the machine
 *
 * Context: that of cpufreq_ext_request().
 * Return: likewise; -ERANGE if @perf is above 1024.
 */
__bpf_kfunc int cpufreq_ext_request_perf(u32 cpu, u32 perf)
{
	struct ext_policy *ep;
	struct ext_cpu *ec;
	int err = -ENODEV;

	if (cpu >= nr_cpu_ids || !cpu_possible(cpu))
		return -EINVAL;
	if (perf > 1024)
		return -ERANGE;
	ec = per_cpu_ptr(&ext_cpus, cpu);
	rcu_read_lock();
	ep = policy_of(ec);
	if (ep) {
		/* 0 would be none; 1 is the lowest of any policy */
		note(ec, ep, max_t(u64, (u64)ep->policy->cpuinfo.max_freq * perf >> 10, 1));
		err = 0;
	}
	rcu_read_unlock();
	return err;
}

/**
 * cpufreq_ext_release - forget the request of a CPU
 * @cpu: the CPU
 *
 * A policy none of whose CPUs has a request runs at its lower limit.
 *
 * Context: that of cpufreq_ext_request().
 * Return: likewise.
 */
__bpf_kfunc int cpufreq_ext_release(u32 cpu)
{
	struct ext_policy *ep;
	struct ext_cpu *ec;
	int err = -ENODEV;

	if (cpu >= nr_cpu_ids || !cpu_possible(cpu))
		return -EINVAL;
	ec = per_cpu_ptr(&ext_cpus, cpu);
	rcu_read_lock();
	ep = policy_of(ec);
	if (ep) {
		note(ec, ep, 0);
		err = 0;
	}
	rcu_read_unlock();
	return err;
}

/**
 * cpufreq_ext_next_cpu - the CPUs that have their frequency in common
 * @cpu: one of them
 * @prev: the one that this returned before, -1 to begin
 *
 * Context: any. Does not sleep.
 * Return: the next online CPU of the policy; nr_cpu_ids when there is none, or the policy has no
 *	   BPF governor.
 */
__bpf_kfunc u32 cpufreq_ext_next_cpu(u32 cpu, s32 prev)
{
	u32 next = nr_cpu_ids;
	struct ext_policy *ep;

	if (cpu >= nr_cpu_ids || !cpu_possible(cpu) || prev < -1 || prev >= (s32)nr_cpu_ids)
		return next;
	rcu_read_lock();
	ep = rcu_dereference(per_cpu(ext_cpus, cpu).ep);
	if (ep)
		next = cpumask_next(prev, ep->policy->cpus);
	rcu_read_unlock();
	return min(next, nr_cpu_ids);
}

__bpf_kfunc_end_defs();

BTF_KFUNCS_START(ext_kfunc_ids)
BTF_ID_FLAGS(func, cpufreq_ext_request)
BTF_ID_FLAGS(func, cpufreq_ext_request_perf)
BTF_ID_FLAGS(func, cpufreq_ext_release)
BTF_ID_FLAGS(func, cpufreq_ext_next_cpu)
BTF_KFUNCS_END(ext_kfunc_ids)

#define NR_EXT_KFUNCS 4

static const struct btf_kfunc_id_set ext_kfunc_set = {
	.owner = THIS_MODULE,
	.set = &ext_kfunc_ids,
};

/*
 * Types of programs. That of tracepoints, perf events and kprobes is one to the kernel; struct_ops
 * includes the schedulers of sched_ext.
 */
static const enum bpf_prog_type types[] = {
	BPF_PROG_TYPE_STRUCT_OPS,
	BPF_PROG_TYPE_TRACING,
	BPF_PROG_TYPE_KPROBE,
	BPF_PROG_TYPE_SYSCALL,
};

/**
 * ext_kfuncs_init() - offer the kfuncs
 *
 * Return: 0, or an error, which was logged.
 */
int __init ext_kfuncs_init(void)
{
	unsigned int i;
	int err;

	err = module_btf_check(THIS_MODULE, &ext_kfunc_ids, NR_EXT_KFUNCS);
	for (i = 0; i < ARRAY_SIZE(types) && !err; i++) {
		err = register_btf_kfunc_id_set(types[i], &ext_kfunc_set);
		if (err)
			pr_err("the kernel refused the kfuncs: error %d\n", err);
	}
	return err;
}
