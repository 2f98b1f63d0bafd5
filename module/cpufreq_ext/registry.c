// SPDX-License-Identifier: GPL-2.0-only
/* Governors that come and go: the slots, and the policies that have them. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>

#include "ext.h"

DEFINE_SRCU(ext_srcu);
DEFINE_MUTEX(ext_slots_lock);	/* see ext.h */

/* A link's last reference may unregister with none of BPF's own locks held. */
static DEFINE_MUTEX(ext_registry_lock);

static struct ext_slot slots[EXT_SLOTS];

/* --- slots -------------------------------------------------------------------- */

/* With ext_slots_lock held, or from who is the only one to know of the slot. */
static void slot_free(struct ext_slot *slot)
{
	ext_stats_del(slot->stats);
	slot->stats = NULL;
}

/**
 * ext_slot_put() - a policy has left the governor
 * @slot: the governor
 *
 * Context: policy->rwsem is held.
 */
void ext_slot_put(struct ext_slot *slot)
{
	mutex_lock(&ext_slots_lock);
	if (!--slot->users && !slot->ops)
		slot_free(slot);
	mutex_unlock(&ext_slots_lock);
}

/*
 * The slot of a governor with this name whose author has gone and which policies still have,
 * so that they follow the next author. Else a free one: that which was freed first, because
 * whoever was about to select it by its former name should not find another governor.
 */
static struct ext_slot *slot_choose(const char *name)
{
	static unsigned int next;
	struct ext_slot *slot, *found = NULL;
	unsigned int i;

	lockdep_assert_held(&ext_slots_lock);
	for (i = 0; i < EXT_SLOTS; i++) {
		slot = &slots[i];
		if (slot->stats && !strcmp(slot->gov.name, name))
			return slot->ops ? ERR_PTR(-EINVAL) : slot;
	}
	for (i = 0; i < EXT_SLOTS && !found; i++) {
		slot = &slots[(next + i) % EXT_SLOTS];
		if (!slot->stats)
			found = slot;
	}
	if (!found)
		return ERR_PTR(-ENOSPC);
	next = found - slots + 1;
	return found;
}

/* Have a slot which cannot be selected yet. */
static struct ext_slot *slot_take(const struct cpufreq_ext_ops *ops)
{
	struct ext_stats *stats = NULL;
	struct ext_slot *slot;

	mutex_lock(&ext_slots_lock);
	slot = slot_choose(ops->name);
	if (!IS_ERR(slot) && !slot->stats) {
		stats = ext_stats_new(ops->name);
		if (IS_ERR(stats)) {
			slot = ERR_CAST(stats);
		} else {
			slot->stats = stats;
			ext_governor_init(slot, ops->name);
		}
	}
	if (!IS_ERR(slot))
		slot->ops = ops;
	mutex_unlock(&ext_slots_lock);
	return slot;
}

/* Give it up: it is free, or the policies that have it are on their own. */
static void slot_leave(struct ext_slot *slot)
{
	mutex_lock(&ext_slots_lock);
	slot->ops = NULL;
	if (!slot->users)
		slot_free(slot);
	mutex_unlock(&ext_slots_lock);
}

static void slot_set_live(struct ext_slot *slot, bool live)
{
	mutex_lock(&ext_slots_lock);
	WRITE_ONCE(slot->live, live);
	mutex_unlock(&ext_slots_lock);
}

/* --- policies of a slot ------------------------------------------------------- */

/* A policy without an author: the module decides from now on, by its parameter fallback. */
static int policy_to_fallback(struct ext_policy *ep)
{
	ext_policy_detach(ep);
	WRITE_ONCE(ep->fallback, true);
	ext_policy_apply(ep);
	return 1;
}

static int policy_to_author(struct ext_policy *ep)
{
	if (ep->attached)
		return 0;	/* started in between, by itself */
	if (ext_policy_attach(ep))
		ext_count(ep->stats, EXT_ERRORS);	/* and it stays in fallback */
	ext_policy_apply(ep);
	return 1;
}

/*
 * Call @what for each policy that has the governor, under its rwsem. Policies that begin or end
 * to use it meanwhile do so by the governor's own functions, which hold the same rwsem and see
 * whether the slot is live.
 */
static unsigned int policies_of(struct ext_slot *slot, int (*what)(struct ext_policy *ep))
{
	struct cpufreq_policy *policy;
	unsigned int cpu, n = 0;

	for_each_possible_cpu(cpu) {
		policy = cpufreq_cpu_get(cpu);
		if (!policy)
			continue;
		down_write(&policy->rwsem);
		/* once for each policy, at the CPU that it is named by */
		if (ext_is_governor_of(slot, policy) && cpumask_first(policy->cpus) == cpu)
			n += what(policy->governor_data);
		up_write(&policy->rwsem);
		cpufreq_cpu_put(policy);
	}
	return n;
}

/* --- registering -------------------------------------------------------------- */

/**
 * ext_register() - have a governor, which policies can select then
 * @ops: the author's, till ext_unregister()
 *
 * Policies that have one of the same name, whose author has gone, follow.
 *
 * Context: process context, may sleep. Two at a time are no matter.
 * Return: 0; -EINVAL if there is one of the name; -ENOSPC; -ENOMEM; or the error of @ops->init.
 */
int ext_register(const struct cpufreq_ext_ops *ops)
{
	struct ext_slot *slot;
	int err;

	mutex_lock(&ext_registry_lock);
	slot = slot_take(ops);
	if (IS_ERR(slot)) {
		err = PTR_ERR(slot);
		goto unlock;
	}
	err = ext_governor_list(slot);
	if (err) {
		/* a name of one of the kernel's own */
		err = err == -EBUSY ? -EINVAL : err;
		goto leave;
	}
	if (ops->init) {
		err = ops->init();
		if (err) {
			err = err > 0 || err < -MAX_ERRNO ? -EINVAL : err;
			goto unregister;
		}
	}
	slot_set_live(slot, true);
	ext_stats_fallback(slot->stats, false);
	policies_of(slot, policy_to_author);
	pr_info("governor %s\n", ops->name);
	goto unlock;

unregister:
	ext_governor_unlist(slot);
leave:
	slot_leave(slot);
unlock:
	mutex_unlock(&ext_registry_lock);
	return err;
}

/**
 * ext_unregister() - the author goes
 * @ops: what was registered
 *
 * The map with the functions is freed after RCU grace periods, which do not wait for functions
 * that sleep. So when this returns none of them runs and none will be called: after the grace
 * period of ext_srcu no policy starts with them, and each that has is stopped under its rwsem.
 *
 * Context: that of ext_register().
 */
void ext_unregister(const struct cpufreq_ext_ops *ops)
{
	struct ext_slot *slot = slots;
	unsigned int n;

	mutex_lock(&ext_registry_lock);
	while (slot->ops != ops)
		slot++;
	ext_governor_unlist(slot);
	slot_set_live(slot, false);
	synchronize_srcu(&ext_srcu);
	n = policies_of(slot, policy_to_fallback);
	if (ops->exit)
		ops->exit();
	if (n) {
		pr_info("governor %s has lost its author: %u policies are in fallback\n",
			ops->name, n);
		ext_stats_fallback(slot->stats, true);
	}
	slot_leave(slot);
	mutex_unlock(&ext_registry_lock);
}
