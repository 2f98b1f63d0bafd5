/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cpufreq governors written in BPF.
 *
 * A registration of struct_ops (struct_ops.c) takes a slot, which is a cpufreq governor
 * (registry.c). A policy that selects it (governor.c) has a struct ext_policy (policy.c), and what
 * BPF programs request (kfuncs.c) becomes a frequency (speed.c). stats.c is what sysfs shows.
 *
 * Locks, from the outside in:
 *	BPF's update_mutex	around registering by a link
 *	ext_registry_lock	around registering and unregistering
 *	policy->rwsem		held by the core around all functions of a governor
 *	ext_slots_lock		a slot's state and users; nothing is called under it
 *	ext_srcu		read around start; unregistering waits for it
 */
#ifndef CPUFREQ_EXT_H
#define CPUFREQ_EXT_H

#include <linux/cpufreq.h>
#include <linux/irq_work.h>
#include <linux/kobject.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/sched/cpufreq.h>
#include <linux/srcu.h>

#include "../compat.h"

#define EXT_SLOTS 8

/**
 * struct cpufreq_ext_ops - a governor; what BPF programs implement
 * @init: before the governor can be selected; an error refuses the registration. May sleep
 * @exit: after the last call of all others. May sleep
 * @start: a policy begins to use the governor: it was selected, one of its CPUs came or went,
 *	   the system resumed. An error refuses it. May sleep, policy->rwsem is held
 * @stop: a policy ends to use it; once for each @start that returned 0. Likewise
 * @limits: policy->min or policy->max may have changed. They win whatever it does. Likewise
 * @store_setspeed: kHz were written to scaling_setspeed. Likewise
 * @update: the scheduler sees the utilisation of a CPU change. Returns kHz to request for that
 *	    CPU, 0 to request nothing new. Runs in hard interrupt context: must not sleep
 * @rate_limit_us: @update runs at most once in so many microseconds for a CPU; 0 for what the
 *		   driver prefers
 * @name: of the governor: lower case letters, digits and '_'
 */
struct cpufreq_ext_ops {
	s32 (*init)(void);
	void (*exit)(void);
	s32 (*start)(struct cpufreq_policy *policy);
	void (*stop)(struct cpufreq_policy *policy);
	void (*limits)(struct cpufreq_policy *policy);
	s32 (*store_setspeed)(struct cpufreq_policy *policy, u32 khz);
	u32 (*update)(struct cpufreq_policy *policy, u32 cpu, u64 time, u32 flags);
	u32 rate_limit_us;
	char name[CPUFREQ_NAME_LEN];
};

/* What is counted by whoever runs, interrupts included. */
enum ext_counter {
	EXT_REQUESTS,		/* accepted, equal ones included */
	EXT_SUPPRESSED,		/* of these: equal to the one before */
	EXT_TRANSITIONS,	/* the driver changed the frequency */
	EXT_ERRORS,		/* refused writes of scaling_setspeed, failed transitions */
	EXT_NR_COUNTERS,
};

struct ext_counters {
	unsigned long n[EXT_NR_COUNTERS];
};

/**
 * struct ext_stats - a governor in sysfs
 * @kobj: its directory. Whoever keeps a pointer to this has a reference
 * @counters: one of each CPU
 * @policies: the first CPU of each policy that uses the governor: policyN in sysfs
 * @fallback_since: ktime of the moment since which nobody answers, 0 while somebody does
 * @fallback_ns: how long that was before
 */
struct ext_stats {
	struct kobject kobj;
	struct ext_counters __percpu *counters;
	cpumask_var_t policies;
	u64 fallback_since;
	u64 fallback_ns;
};

static inline void ext_count(const struct ext_stats *stats, enum ext_counter what)
{
	this_cpu_inc(stats->counters->n[what]);
}

/**
 * struct ext_slot - a governor, as the core knows it
 * @gov: what the core calls. Static memory: a policy may hold on to it when its author has gone
 * @listed: what is in the core's list while there is an author: whoever selects it gets @gov
 * @ops: the author's functions; NULL when there is none. Written under ext_registry_lock, and
 *	 valid in whoever runs between a policy's attach and detach
 * @live: may policies start with @ops? Read under ext_srcu or ext_slots_lock
 * @users: policies with this governor, under ext_slots_lock
 * @stats: NULL in a slot that is free
 */
struct ext_slot {
	struct cpufreq_governor gov;
	struct cpufreq_governor listed;
	const struct cpufreq_ext_ops *ops;
	bool live;
	unsigned int users;
	struct ext_stats *stats;
};

/**
 * struct ext_policy - a policy that has one of the governors; its governor_data
 * @policy: it
 * @slot: the governor
 * @stats: of the slot, with a reference
 * @attached: do requests count, and has @ops->start returned 0? Under policy->rwsem
 * @fallback: nobody answers, so the module decides
 * @rate_ns: see rate_limit_us
 * @target: what the driver was last asked for, in kHz; 0 to ask again in any case
 * @irq_work: there is a new request. Queued from anywhere, NMI included
 * @lock: fast switches, which may come from several CPUs at once
 * @target_lock: other transitions
 * @work: a transition that may sleep, or that this CPU may not do
 * @worker: runs @work, on any CPU
 */
struct ext_policy {
	struct cpufreq_policy *policy;
	struct ext_slot *slot;
	struct ext_stats *stats;
	bool attached;
	bool fallback;
	u64 rate_ns;
	u32 target;
	struct irq_work irq_work;
	raw_spinlock_t lock;
	struct mutex target_lock;	/* see above */
	struct kthread_work work;
	struct kthread_worker *worker;
};

/**
 * struct ext_cpu - a CPU's request
 * @ep: its policy while that is attached, under RCU
 * @khz: the request, 0 for none
 * @pid: of the task that ran when it was made; that which was switched to, if a switch made it
 * @own: was it made on this CPU, and has not been looked at yet?
 * @cpu: its number
 * @hook: what the scheduler calls, if there is an update function
 * @last_update: of the scheduler's clock, when @update_work was last queued
 * @flags: of the scheduler, since then
 * @update_work: calls the update function outside of the scheduler's locks
 */
struct ext_cpu {
	struct ext_policy __rcu *ep;
	u32 khz;
	pid_t pid;
	bool own;
	u32 cpu;
	struct update_util_data hook;
	u64 last_update;
	u32 flags;
	struct irq_work update_work;
};

DECLARE_PER_CPU(struct ext_cpu, ext_cpus);

/*
 * A CPU that goes offline runs what is queued when it has left the mask, and may still wake tasks
 * of others after that. What it would queue then waits till it is back, and forever where the
 * interrupt that was asked for is lost. Interrupts are off, or BPF keeps the caller on its CPU.
 */
static inline bool ext_runs_irq_work(void)
{
	return cpu_online(raw_smp_processor_id());
}

extern struct srcu_struct ext_srcu;
extern struct mutex ext_slots_lock;

/* struct_ops.c */
int ext_struct_ops_init(void);

/* registry.c */
int ext_register(const struct cpufreq_ext_ops *ops);
void ext_unregister(const struct cpufreq_ext_ops *ops);
void ext_slot_put(struct ext_slot *slot);

/* governor.c */
void ext_governor_init(struct ext_slot *slot, const char *name);
int ext_governor_list(struct ext_slot *slot);
void ext_governor_unlist(struct ext_slot *slot);
bool ext_is_governor_of(const struct ext_slot *slot, const struct cpufreq_policy *policy);

/* policy.c */
struct ext_policy *ext_policy_new(struct cpufreq_policy *policy, struct ext_slot *slot);
void ext_policy_free(struct ext_policy *ep);
int ext_policy_attach(struct ext_policy *ep);
void ext_policy_detach(struct ext_policy *ep);
void ext_cpus_init(void);

/* speed.c */
u32 ext_policy_request(const struct ext_policy *ep);
void ext_policy_look(struct ext_policy *ep);
void ext_policy_apply(struct ext_policy *ep);
void ext_policy_work(struct kthread_work *work);

/* kfuncs.c */
int ext_kfuncs_init(void);

/* stats.c */
int ext_stats_init(void);
void ext_stats_exit(void);
struct ext_stats *ext_stats_new(const char *name);
void ext_stats_del(struct ext_stats *stats);
void ext_stats_fallback(struct ext_stats *stats, bool on);

#endif
