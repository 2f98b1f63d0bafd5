// SPDX-License-Identifier: GPL-2.0-only
/* From requests to frequencies: which is wanted, and having the driver set it. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/smp.h>

#include "ext.h"

/* --- what to do without an author --------------------------------------------- */

enum fallback {
	FALLBACK_PERFORMANCE,
	FALLBACK_POWERSAVE,
	FALLBACK_HOLD,
};

static const char *const fallback_names[] = { "performance", "powersave", "hold" };
static int fallback = FALLBACK_PERFORMANCE;

static int fallback_set(const char *val, const struct kernel_param *kp)
{
	int i = sysfs_match_string(fallback_names, val);

	if (i < 0)
		return i;
	WRITE_ONCE(fallback, i);
	return 0;
}

static int fallback_get(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%s\n", fallback_names[READ_ONCE(fallback)]);
}

static const struct kernel_param_ops fallback_ops = {
	.set = fallback_set,
	.get = fallback_get,
};

module_param_cb(fallback, &fallback_ops, NULL, 0644);
MODULE_PARM_DESC(fallback, "what a policy does whose governor's author has gone, from the next time on: performance, powersave or hold");

/* --- what is wanted ----------------------------------------------------------- */

/**
 * ext_policy_request() - the highest request of a policy's CPUs
 * @ep: the policy, which is attached: its CPUs don't change
 *
 * Return: kHz; 0 if there is none.
 */
u32 ext_policy_request(const struct ext_policy *ep)
{
	unsigned int cpu;
	u32 khz = 0;

	for_each_cpu(cpu, ep->policy->cpus)
		khz = max(khz, READ_ONCE(per_cpu(ext_cpus, cpu).khz));
	return khz;
}

/* Within the limits, which may change while this runs: then ext_policy_apply() comes after it. */
static u32 wanted(const struct ext_policy *ep)
{
	const struct cpufreq_policy *policy = ep->policy;
	u32 min = READ_ONCE(policy->min), max = READ_ONCE(policy->max);
	u32 khz;

	if (!READ_ONCE(ep->fallback))
		khz = ext_policy_request(ep);
	else if (READ_ONCE(fallback) == FALLBACK_PERFORMANCE)
		khz = max;
	else if (READ_ONCE(fallback) == FALLBACK_POWERSAVE)
		khz = min;
	else
		khz = READ_ONCE(policy->cur);
	return khz < min ? min : khz > max ? max : khz;
}

/* --- transitions -------------------------------------------------------------- */

/* May this CPU, which is not to change, do it by the driver's fast way? */
static bool may_switch_fast(const struct cpufreq_policy *policy)
{
	return policy->fast_switch_enabled &&
	       (policy->dvfs_possible_from_any_cpu ||
		cpumask_test_cpu(smp_processor_id(), policy->cpus));
}

static void switch_fast(struct ext_policy *ep)
{
	struct cpufreq_policy *policy = ep->policy;
	unsigned int before, after;
	unsigned long flags;
	u32 khz;

	raw_spin_lock_irqsave(&ep->lock, flags);
	khz = wanted(ep);
	if (khz != ep->target) {
		before = policy->cur;
		after = cpufreq_driver_fast_switch(policy, khz);
		WRITE_ONCE(ep->target, after ? khz : 0);
		if (!after)
			ext_count(ep->stats, EXT_ERRORS);
		else if (after != before)
			ext_count(ep->stats, EXT_TRANSITIONS);
	}
	raw_spin_unlock_irqrestore(&ep->lock, flags);
}

static void switch_slowly(struct ext_policy *ep)
{
	struct cpufreq_policy *policy = ep->policy;
	unsigned int before;
	u32 khz;

	mutex_lock(&ep->target_lock);
	khz = wanted(ep);
	if (khz != READ_ONCE(ep->target)) {
		before = policy->cur;
		WRITE_ONCE(ep->target, khz);
		if (__cpufreq_driver_target(policy, khz, CPUFREQ_RELATION_L)) {
			ext_count(ep->stats, EXT_ERRORS);
			WRITE_ONCE(ep->target, 0);
		} else if (policy->cur != before) {
			ext_count(ep->stats, EXT_TRANSITIONS);
		}
	}
	mutex_unlock(&ep->target_lock);
}

static void switch_here(void *ep)
{
	switch_fast(ep);
}

/*
 * From where it may sleep, on any CPU. Drivers that are not fast see to it themselves if they
 * need one of the policy's.
 */
static void switch_anyhow(struct ext_policy *ep)
{
	if (ep->policy->fast_switch_enabled)
		smp_call_function_any(ep->policy->cpus, switch_here, ep, true);
	else
		switch_slowly(ep);
}

/**
 * ext_policy_work() - a transition that may sleep, or that another CPU may not do
 * @work: of the policy, whose CPUs don't change as long as it can be queued
 */
void ext_policy_work(struct kthread_work *work)
{
	switch_anyhow(container_of(work, struct ext_policy, work));
}

/**
 * ext_policy_look() - see whether requests come to another frequency
 * @ep: the policy, which is attached
 *
 * Context: hard interrupt, on any CPU.
 */
void ext_policy_look(struct ext_policy *ep)
{
	if (wanted(ep) == READ_ONCE(ep->target))
		return;
	if (may_switch_fast(ep->policy))
		switch_fast(ep);
	else
		kthread_queue_work(ep->worker, &ep->work);
}

/**
 * ext_policy_apply() - have the driver do what is wanted, whatever was before
 * @ep: the policy, whose rwsem is held
 *
 * It has been done when this returns.
 */
void ext_policy_apply(struct ext_policy *ep)
{
	WRITE_ONCE(ep->target, 0);
	switch_anyhow(ep);
}
