// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the core calls of a governor. Slots outlive their authors: a policy that has one whose
 * author has gone is in fallback till another governor is selected.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/string.h>

#include "ext.h"

static struct ext_slot *slot_of(const struct cpufreq_policy *policy)
{
	return container_of(policy->governor, struct ext_slot, gov);
}

/* Selected: what may fail is done here, and nothing else yet. */
static int gov_init(struct cpufreq_policy *policy)
{
	struct ext_slot *slot = slot_of(policy);
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

/**
 * ext_is_governor_of() - has the policy this governor, ready for use?
 * @slot: the governor
 * @policy: the policy, whose rwsem is held
 */
bool ext_is_governor_of(const struct ext_slot *slot, const struct cpufreq_policy *policy)
{
	return policy->governor == &slot->gov && policy->governor_data;
}

/**
 * ext_governor_init() - make a slot's governor
 * @gov: it
 * @name: how it is selected
 */
void ext_governor_init(struct cpufreq_governor *gov, const char *name)
{
	*gov = (struct cpufreq_governor) {
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
	strscpy(gov->name, name, sizeof(gov->name));
}
