// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the core calls of a governor. Slots outlive their authors: a policy that has one whose
 * author has gone is in fallback till another governor is selected.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/string.h>

#include "ext.h"

/* Selected: what may fail is done here, and nothing else yet. */
static int gov_init(struct cpufreq_policy *policy)
{
	struct ext_slot *slot = container_of(policy->governor, struct ext_slot, gov);
	struct ext_policy *ep;
	bool live;

	/* whoever found the governor by its name may come late */
	mutex_lock(&ext_slots_lock);
	live = slot->live;
	if (live)
		slot->users++;
	mutex_unlock(&ext_slots_lock);
	if (!live)
		return -ENODEV;

	ep = ext_policy_new(policy, slot);
	if (IS_ERR(ep)) {
		ext_slot_put(slot);
		return PTR_ERR(ep);
	}
	policy->governor_data = ep;
	return 0;
}

static void gov_exit(struct cpufreq_policy *policy)
{
	struct ext_policy *ep = policy->governor_data;
	struct ext_slot *slot = ep->slot;

	policy->governor_data = NULL;
	ext_policy_free(ep);
	ext_slot_put(slot);
}

static int gov_start(struct cpufreq_policy *policy)
{
	return ext_policy_attach(policy->governor_data);
}

static void gov_stop(struct cpufreq_policy *policy)
{
	struct ext_policy *ep = policy->governor_data;

	ext_policy_detach(ep);
	/* what limits() has queued: the core has the policy to itself after this */
	kthread_cancel_work_sync(&ep->work);
}

/* The core calls it after start, too. Whatever the author does, limits win. */
static void gov_limits(struct cpufreq_policy *policy)
{
	struct ext_policy *ep = policy->governor_data;

	if (ep->attached && ep->slot->ops->limits)
		ep->slot->ops->limits(policy);
	ext_policy_apply(ep);
}

static ssize_t gov_show_setspeed(struct cpufreq_policy *policy, char *buf)
{
	struct ext_policy *ep = policy->governor_data;
	u32 khz = ep->attached ? ext_policy_request(ep) : 0;

	return khz ? sysfs_emit(buf, "%u\n", khz) : sysfs_emit(buf, "<none>\n");
}

/* Up to some kernel the core drops the error, so it is counted. */
static int gov_store_setspeed(struct cpufreq_policy *policy, unsigned int khz)
{
	struct ext_policy *ep = policy->governor_data;
	int err = -EINVAL;

	if (ep->attached && ep->slot->ops->store_setspeed)
		err = ep->slot->ops->store_setspeed(policy, khz);
	if (err)
		ext_count(ep->stats, EXT_ERRORS);
	return err;
}

/* --- the core's list ---------------------------------------------------------- */

/* policy->rwsem is held, and the core reads policy->governor again when init or start returns. */
static void listed_to_gov(struct cpufreq_policy *policy)
{
	policy->governor = &container_of(policy->governor, struct ext_slot, listed)->gov;
}

static int listed_init(struct cpufreq_policy *policy)
{
	listed_to_gov(policy);
	return gov_init(policy);
}

/* Without init: of a policy whose CPUs were offline while the system was suspended. */
static int listed_start(struct cpufreq_policy *policy)
{
	listed_to_gov(policy);
	return gov_start(policy);
}

/**
 * ext_is_governor_of() - has the policy this governor, ready for use?
 * @slot: the governor
 * @policy: the policy, whose rwsem is held
 */
bool ext_is_governor_of(const struct ext_slot *slot, const struct cpufreq_policy *policy)
{
	return (policy->governor == &slot->gov || policy->governor == &slot->listed) &&
	       policy->governor_data;
}

/**
 * ext_governor_init() - make a slot's governor
 * @slot: a slot that no policy has
 * @name: how it is selected
 */
void ext_governor_init(struct ext_slot *slot, const char *name)
{
	slot->gov = (struct cpufreq_governor) {
		.init = gov_init,
		.exit = gov_exit,
		.start = gov_start,
		.stop = gov_stop,
		.limits = gov_limits,
		.show_setspeed = gov_show_setspeed,
		.store_setspeed = gov_store_setspeed,
		.owner = THIS_MODULE,
		/* as schedutil: transitions come often, so drivers need to be fast */
		.flags = CPUFREQ_GOV_DYNAMIC_SWITCHING,
	};
	strscpy(slot->gov.name, name, sizeof(slot->gov.name));
}

/**
 * ext_governor_list() - have it selected by its name
 * @slot: with a governor
 *
 * Return: 0, or -EBUSY if there is one of the name.
 */
int ext_governor_list(struct ext_slot *slot)
{
	slot->listed = slot->gov;
	slot->listed.init = listed_init;
	slot->listed.start = listed_start;
	return cpufreq_register_governor(&slot->listed);
}

/**
 * ext_governor_unlist() - have it not selected any more; policies keep it
 * @slot: what was listed
 *
 * The core expects that no policy has a governor which is unregistered, and so makes those that
 * have no CPU online and had one of this name last forget it. One whose last CPU is about to
 * leave is among them, and the core dereferences its governor once more after gov_exit(). But
 * @slot's is not to be found by a name that no policy has had. Whoever reads the list at
 * this moment sees that name. A policy without CPUs keeps a stale pointer then, which the core
 * does not follow: it clears it before the first CPU is back.
 */
void ext_governor_unlist(struct ext_slot *slot)
{
	WRITE_ONCE(slot->listed.name[0], '-');
	cpufreq_unregister_governor(&slot->listed);
}
