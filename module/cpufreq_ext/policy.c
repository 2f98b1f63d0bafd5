// SPDX-License-Identifier: GPL-2.0-only
/* A policy that has one of the governors: its beginning and its end, and the scheduler's hook. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <uapi/linux/sched/types.h>

#include "ext.h"

DEFINE_PER_CPU(struct ext_cpu, ext_cpus);

/* --- what the scheduler says -------------------------------------------------- */

static void update_func(struct irq_work *work)
{
	struct ext_cpu *ec = container_of(work, struct ext_cpu, update_work);
	struct ext_policy *ep;
	u32 khz;

	/* interrupts are off, which keeps a grace period from ending */
	ep = rcu_dereference_sched(ec->ep);
	if (!ep)
		return;
	khz = ep->slot->ops->update(ep->policy, ec->cpu, READ_ONCE(ec->last_update),
				    xchg(&ec->flags, 0));
	if (!khz)
		return;
	ext_count(ep->stats, EXT_REQUESTS);
	if (READ_ONCE(ec->khz) == khz) {
		ext_count(ep->stats, EXT_SUPPRESSED);
		return;
	}
	WRITE_ONCE(ec->pid, 0);
	WRITE_ONCE(ec->khz, khz);
	ext_policy_look(ep);
}

/*
 * The lock of the CPU's run queue is held, so calls of one CPU's hook don't overlap; whoever woke
 * a task up may be on another CPU. BPF does not run under that lock.
 */
static void hook_func(struct update_util_data *hook, u64 time, unsigned int flags)
{
	struct ext_cpu *ec = container_of(hook, struct ext_cpu, hook);
	const struct ext_policy *ep = rcu_dereference_sched(ec->ep);

	if (!ep || !ext_runs_irq_work())
		return;
	if (flags)
		WRITE_ONCE(ec->flags, READ_ONCE(ec->flags) | flags);
	if (time - ec->last_update < ep->rate_ns)
		return;
	WRITE_ONCE(ec->last_update, time);
	irq_work_queue(&ec->update_work);
}

/* --- beginning and end -------------------------------------------------------- */

/* No request is taken any more, none is being looked at, and update does not run. */
static void disconnect(struct ext_policy *ep)
{
	unsigned int cpu;

	for_each_cpu(cpu, ep->policy->cpus) {
		if (ep->slot->ops->update)
			cpufreq_remove_update_util_hook(cpu);
		RCU_INIT_POINTER(per_cpu(ext_cpus, cpu).ep, NULL);
	}
	synchronize_rcu();
	irq_work_sync(&ep->irq_work);
	for_each_cpu(cpu, ep->policy->cpus)
		irq_work_sync(&per_cpu(ext_cpus, cpu).update_work);
}

/**
 * ext_policy_attach() - have the author decide, if there is one
 * @ep: the policy, whose rwsem is held
 *
 * Return: 0, also when there is none and the policy is in fallback; or the error of the
 *	   author's start function.
 */
int ext_policy_attach(struct ext_policy *ep)
{
	const struct cpufreq_ext_ops *ops;
	unsigned int cpu, delay_us;
	int idx, err = 0;

	idx = srcu_read_lock(&ext_srcu);
	if (!READ_ONCE(ep->slot->live)) {
		WRITE_ONCE(ep->fallback, true);
		goto unlock;
	}
	ops = ep->slot->ops;
	delay_us = ops->rate_limit_us ?: cpufreq_policy_transition_delay_us(ep->policy);
	ep->rate_ns = (u64)delay_us * NSEC_PER_USEC;
	for_each_cpu(cpu, ep->policy->cpus) {
		struct ext_cpu *ec = per_cpu_ptr(&ext_cpus, cpu);

		WRITE_ONCE(ec->khz, 0);
		ec->last_update = 0;
		/* pairs with rcu_dereference(): what is above is seen by who sees this */
		rcu_assign_pointer(ec->ep, ep);
	}
	if (ops->start)
		err = ops->start(ep->policy);
	if (err) {
		for_each_cpu(cpu, ep->policy->cpus)
			RCU_INIT_POINTER(per_cpu(ext_cpus, cpu).ep, NULL);
		synchronize_rcu();
		irq_work_sync(&ep->irq_work);
		kthread_cancel_work_sync(&ep->work);	/* what start() requested */
		err = err > 0 || err < -MAX_ERRNO ? -EINVAL : err;
		goto unlock;
	}
	ep->attached = true;
	WRITE_ONCE(ep->fallback, false);
	for_each_cpu(cpu, ep->policy->cpus)
		if (ops->update)
			cpufreq_add_update_util_hook(cpu, &per_cpu(ext_cpus, cpu).hook, hook_func);
unlock:
	srcu_read_unlock(&ext_srcu, idx);
	return err;
}

/**
 * ext_policy_detach() - end that; none of the author's functions runs for this policy afterwards
 * @ep: the policy, whose rwsem is held, and whose CPUs are those that it was attached with
 */
void ext_policy_detach(struct ext_policy *ep)
{
	if (!ep->attached)
		return;
	disconnect(ep);
	if (ep->slot->ops->stop)
		ep->slot->ops->stop(ep->policy);
	ep->attached = false;
}

/*
 * In a switch of tasks, current is still the task before when a program asks. Here, on the same CPU
 * when interrupts are on again, it is the one that was switched to.
 */
static void irq_work_func(struct irq_work *work)
{
	struct ext_cpu *ec = this_cpu_ptr(&ext_cpus);

	if (READ_ONCE(ec->own)) {
		WRITE_ONCE(ec->own, false);
		WRITE_ONCE(ec->pid, current->pid);
	}
	ext_policy_look(container_of(work, struct ext_policy, irq_work));
}

/*
 * As schedutil's: above all that would want the frequency to be higher. But not bound to the
 * policy's CPUs: drivers that need one of these see to it themselves.
 */
static int worker_init(struct ext_policy *ep)
{
	struct sched_attr attr = {
		.size = sizeof(attr),
		.sched_policy = SCHED_DEADLINE,
		.sched_flags = SCHED_FLAG_SUGOV,
		/* these are not used with that flag, but must be valid */
		.sched_runtime = NSEC_PER_MSEC,
		.sched_deadline = 10 * NSEC_PER_MSEC,
		.sched_period = 10 * NSEC_PER_MSEC,
	};
	int err;

	ep->worker = kthread_run_worker(0, "cpufreq_ext:%u",
					cpumask_first(ep->policy->related_cpus));
	if (IS_ERR(ep->worker))
		return PTR_ERR(ep->worker);
	err = sched_setattr_nocheck(ep->worker->task, &attr);
	if (err)
		kthread_destroy_worker(ep->worker);
	return err;
}

/**
 * ext_policy_new() - a policy selects a governor
 * @policy: the policy, whose rwsem is held
 * @slot: the governor
 *
 * Return: what to keep in governor_data, to be given to ext_policy_free(), or an error.
 */
struct ext_policy *ext_policy_new(struct cpufreq_policy *policy, struct ext_slot *slot)
{
	struct ext_policy *ep = kzalloc(sizeof(*ep), GFP_KERNEL);
	int err;

	if (!ep)
		return ERR_PTR(-ENOMEM);
	ep->policy = policy;
	ep->slot = slot;
	ep->stats = slot->stats;
	raw_spin_lock_init(&ep->lock);
	mutex_init(&ep->target_lock);
	ep->irq_work = IRQ_WORK_INIT_HARD(irq_work_func);
	kthread_init_work(&ep->work, ext_policy_work);
	err = worker_init(ep);
	if (err) {
		kfree(ep);
		return ERR_PTR(err);
	}
	cpufreq_enable_fast_switch(policy);
	kobject_get(&ep->stats->kobj);
	cpumask_set_cpu(cpumask_first(policy->related_cpus), ep->stats->policies);
	return ep;
}

/**
 * ext_policy_free() - it leaves the governor
 * @ep: what ext_policy_new() returned, not attached
 */
void ext_policy_free(struct ext_policy *ep)
{
	cpumask_clear_cpu(cpumask_first(ep->policy->related_cpus), ep->stats->policies);
	cpufreq_disable_fast_switch(ep->policy);
	kthread_destroy_worker(ep->worker);
	kobject_put(&ep->stats->kobj);
	kfree(ep);
}

/** ext_cpus_init() - before anything else */
void __init ext_cpus_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct ext_cpu *ec = per_cpu_ptr(&ext_cpus, cpu);

		ec->cpu = cpu;
		ec->update_work = IRQ_WORK_INIT_HARD(update_func);
	}
}
