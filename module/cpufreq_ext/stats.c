// SPDX-License-Identifier: GPL-2.0-only
/* /sys/kernel/cpufreq_ext/GOVERNOR: what governors have done, and who wants what. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#include "ext.h"

/* A set, without which the kernel would send no events. */
static struct kset *ext_kset;

static struct ext_stats *to_stats(struct kobject *kobj)
{
	return container_of(kobj, struct ext_stats, kobj);
}

static unsigned long sum(const struct ext_stats *stats, enum ext_counter what)
{
	unsigned long total = 0;
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		/* counting goes on meanwhile */
		total += data_race(per_cpu_ptr(stats->counters, cpu)->n[what]);
	}
	return total;
}

#define COUNTER(file, what)								\
	static ssize_t file##_show(struct kobject *kobj, struct kobj_attribute *attr,	\
				   char *buf)						\
	{										\
		return sysfs_emit(buf, "%lu\n", sum(to_stats(kobj), what));		\
	}

COUNTER(requests, EXT_REQUESTS)
COUNTER(suppressed, EXT_SUPPRESSED)
COUNTER(transitions, EXT_TRANSITIONS)
COUNTER(errors, EXT_ERRORS)

static struct kobj_attribute requests_attr = __ATTR_RO(requests);
static struct kobj_attribute suppressed_attr = __ATTR_RO(suppressed);
static struct kobj_attribute transitions_attr = __ATTR_RO(transitions);
static struct kobj_attribute errors_attr = __ATTR_RO(errors);

static ssize_t fallback_ns_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	struct ext_stats *stats = to_stats(kobj);
	u64 since = READ_ONCE(stats->fallback_since);
	u64 ns = READ_ONCE(stats->fallback_ns);

	return sysfs_emit(buf, "%llu\n", since ? ns + ktime_get_ns() - since : ns);
}

static struct kobj_attribute fallback_ns_attr = __ATTR_RO(fallback_ns);

/* The numbers of policyN in /sys/devices/system/cpu/cpufreq. */
static ssize_t policies_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%*pbl\n", cpumask_pr_args(to_stats(kobj)->policies));
}

static struct kobj_attribute policies_attr = __ATTR_RO(policies);

/* Requests that hold: a line for each, with CPU, kHz and the task that ran when it was made. */
static ssize_t live_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	struct ext_stats *stats = to_stats(kobj);
	unsigned int cpu;
	int len = 0;

	for_each_possible_cpu(cpu) {
		struct ext_cpu *ec = per_cpu_ptr(&ext_cpus, cpu);
		struct ext_policy *ep;
		u32 khz = 0;

		rcu_read_lock();
		ep = rcu_dereference(ec->ep);
		if (ep && ep->stats == stats)
			khz = READ_ONCE(ec->khz);
		rcu_read_unlock();
		if (khz)
			len += sysfs_emit_at(buf, len, "%u %u %d\n", cpu, khz, READ_ONCE(ec->pid));
	}
	return len;
}

static struct kobj_attribute live_attr = __ATTR_RO(live);

static struct attribute *stats_attrs[] = {
	&requests_attr.attr,
	&suppressed_attr.attr,
	&transitions_attr.attr,
	&errors_attr.attr,
	&fallback_ns_attr.attr,
	&policies_attr.attr,
	&live_attr.attr,
	NULL
};
ATTRIBUTE_GROUPS(stats);

static void stats_release(struct kobject *kobj)
{
	struct ext_stats *stats = to_stats(kobj);

	free_percpu(stats->counters);
	free_cpumask_var(stats->policies);
	kfree(stats);
}

static const struct kobj_type stats_type = {
	.release = stats_release,
	.sysfs_ops = &kobj_sysfs_ops,
	.default_groups = stats_groups,
};

/**
 * ext_stats_new() - have a governor appear in sysfs
 * @name: its name
 *
 * Return: what to give to ext_stats_del(), or an error.
 */
struct ext_stats *ext_stats_new(const char *name)
{
	struct ext_stats *stats = kzalloc(sizeof(*stats), GFP_KERNEL);
	int err;

	if (!stats)
		return ERR_PTR(-ENOMEM);
	stats->counters = alloc_percpu(struct ext_counters);
	if (!stats->counters || !zalloc_cpumask_var(&stats->policies, GFP_KERNEL)) {
		free_percpu(stats->counters);
		kfree(stats);
		return ERR_PTR(-ENOMEM);
	}
	stats->kobj.kset = ext_kset;
	err = kobject_init_and_add(&stats->kobj, &stats_type, NULL, "%s", name);
	if (err) {
		kobject_put(&stats->kobj);
		return ERR_PTR(err);
	}
	kobject_uevent(&stats->kobj, KOBJ_ADD);
	return stats;
}

/** ext_stats_del() - have it disappear; whoever reads a file of it has read it by then */
void ext_stats_del(struct ext_stats *stats)
{
	kobject_del(&stats->kobj);
	kobject_put(&stats->kobj);
}

/**
 * ext_stats_fallback() - the author has gone, or another one is there
 * @stats: of the governor
 * @on: gone
 *
 * Context: ext_registry_lock is held.
 */
void ext_stats_fallback(struct ext_stats *stats, bool on)
{
	char *env[2] = { on ? "CPUFREQ_EXT=fallback" : "CPUFREQ_EXT=governed", NULL };
	u64 now = ktime_get_ns();

	if (on == !!stats->fallback_since)
		return;
	if (!on)
		WRITE_ONCE(stats->fallback_ns, stats->fallback_ns + now - stats->fallback_since);
	WRITE_ONCE(stats->fallback_since, on ? now : 0);
	kobject_uevent_env(&stats->kobj, KOBJ_CHANGE, env);
}

/** ext_stats_init() - before the first governor */
int __init ext_stats_init(void)
{
	ext_kset = kset_create_and_add("cpufreq_ext", NULL, kernel_kobj);
	if (ext_kset)
		return 0;
	pr_err("out of memory for /sys/kernel/cpufreq_ext\n");
	return -ENOMEM;
}

/** ext_stats_exit() - after the last one */
void ext_stats_exit(void)
{
	kset_unregister(ext_kset);
}
