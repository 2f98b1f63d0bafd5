// SPDX-License-Identifier: GPL-2.0-only
/*
 * wakeup_nosysfs - leave wakeup sources out of sysfs
 *
 * While this module is loaded, the nodes under /sys/class/wakeup are gone: those that
 * were there when it was loaded, and new ones a moment after they were made. When it is
 * unloaded they are back. The sources themselves are what they were.
 *
 * A class_interface tells of every new node, and a work item looks for it: the node is
 * made before its source is on the list. The work item goes over the whole list, in
 * passes. It keeps a record of each source, to know where the node was.
 *
 * A source may be freed at any time, and the next one be allocated in its place. A pointer
 * in a record is therefore only ever compared, and the order of the list tells whether
 * what it compares equal to is still the same source: new sources go in front, and none
 * ever moves. (A driver could take one off and put it back; none does.) So there is a
 * source of our own, the marker. What is behind it now was there when it was registered.
 * Each pass registers a new marker, then
 *
 * - what is behind the old one was there in the last pass, and its record is good; the
 *   records are in the order of the list, so both are walked once, side by side
 * - what is between the two is new, and gets a record
 * - what is in front of the new one waits for the next pass
 *
 * Passes, and what comes before the first and after the last, follow one another, so the
 * records need no lock.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/device.h>
#include <linux/init.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/pm_wakeup.h>
#include <linux/printk.h>
#include <linux/rtnetlink.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#include "compat.h"
#include "nosysfs_node.h"

/*
 * Whoever unregisters a source meanwhile waits for the end of the read section in which
 * nodes are taken away or made. So there are only so many in each.
 */
#define NODES_IN_A_SECTION	32

/* From a new node to the pass that finds its source, and from one pass to the next. */
#define PASS_DELAY		msecs_to_jiffies(20)
#define MAX_PASS_DELAY		msecs_to_jiffies(1000)

struct record {
	struct list_head entry;
	struct wakeup_source *ws;	/* to compare, see above */
	struct ws_node node;
};

/* Of all sources behind the marker as of the last pass, in their order. */
static LIST_HEAD(records);
static struct wakeup_source *marker;

/* A source whose device is not registered gets no node, and the marker needs none. */
static struct device nowhere;

static struct workqueue_struct *queue;
static void pass_work(struct work_struct *work);
static DECLARE_DELAYED_WORK(work, pass_work);

static void free_records(struct list_head *list)
{
	struct record *rec, *next;

	list_for_each_entry_safe(rec, next, list, entry)
		kfree(rec);
}

/* Add one empty record to @list for each source behind @from, up to and with @to. */
static int alloc_records(struct list_head *list, struct wakeup_source *from,
			 struct wakeup_source *to)
{
	struct wakeup_source *ws;
	unsigned int n = 0;
	int idx;

	idx = wakeup_sources_read_lock();
	for (ws = from; ws != to && (ws = wakeup_sources_walk_next(ws)); )
		n++;
	wakeup_sources_read_unlock(idx);

	while (n--) {
		struct record *rec = kzalloc(sizeof(*rec), GFP_KERNEL);

		if (!rec)
			return -ENOMEM;
		list_add(&rec->entry, list);
	}
	return 0;
}

/*
 * Bring the records up to date: those of sources behind @to that are gone go to @unused,
 * and new ones from there stand for those behind @from, up to and with @to. They are
 * enough: nothing comes to that part of the list, only goes.
 */
static void match_records(struct wakeup_source *from, struct wakeup_source *to,
			  struct list_head *unused)
{
	struct record *rec, *next;
	struct wakeup_source *ws;
	LIST_HEAD(new);
	int idx;

	idx = wakeup_sources_read_lock();
	for (ws = from; ws != to && (ws = wakeup_sources_walk_next(ws)); ) {
		rec = list_first_entry(unused, struct record, entry);
		rec->ws = ws;
		list_move_tail(&rec->entry, &new);
	}
	if (ws)
		ws = wakeup_sources_walk_next(ws);
	list_for_each_entry_safe(rec, next, &records, entry) {
		if (rec->ws == ws)
			ws = wakeup_sources_walk_next(ws);
		else
			list_move(&rec->entry, unused);
	}
	wakeup_sources_read_unlock(idx);
	WARN_ONCE(ws, "a wakeup source came from nowhere\n");

	list_splice(&new, &records);
}

/*
 * Call @fn for the sources behind @from until it has returned true @limit times. Their
 * records are up to date but for sources that are gone meanwhile. Returns whether there
 * may be more.
 */
static bool for_some_sources(struct wakeup_source *from, unsigned int limit,
			     bool (*fn)(struct wakeup_source *, struct ws_node *))
{
	struct wakeup_source *ws;
	struct record *rec;
	int idx;

	idx = wakeup_sources_read_lock();
	ws = wakeup_sources_walk_next(from);
	list_for_each_entry(rec, &records, entry) {
		if (!ws || !limit)
			break;
		if (rec->ws != ws)
			continue;
		if (fn(ws, &rec->node))
			limit--;
		ws = wakeup_sources_walk_next(ws);
	}
	wakeup_sources_read_unlock(idx);
	return !limit;
}

static bool take(struct wakeup_source *ws, struct ws_node *node)
{
	enum ws_node_fate fate;

	if (node->dev)		/* in this pass; the next may see a new one */
		return false;
	fate = ws_node_take(ws, node);
	return fate == NODE_TAKEN || fate == NODE_LOST;
}

/* Returns an error if it changed nothing. */
static int pass(void)
{
	/* before the first pass there are no records, and all sources are new */
	struct wakeup_source *to = list_empty(&records) ? NULL : marker;
	struct wakeup_source *old = marker;
	LIST_HEAD(unused);
	struct record *rec;
	bool more;
	int err;

	marker = wakeup_source_register(&nowhere, KBUILD_MODNAME);
	err = marker ? alloc_records(&unused, marker, to) : -ENOMEM;
	if (err) {
		free_records(&unused);
		wakeup_source_unregister(marker);
		marker = old;
		return err;
	}

	match_records(marker, to, &unused);
	do {
		rtnl_lock();	/* see ws_node_take() */
		more = for_some_sources(marker, NODES_IN_A_SECTION, take);
		rtnl_unlock();
		cond_resched();
	} while (more);

	/*
	 * This waits for all read sections, so also for those in which others saw a
	 * node in its source before it was taken away.
	 */
	wakeup_source_unregister(old);
	list_for_each_entry(rec, &records, entry)
		ws_node_release(&rec->node);
	free_records(&unused);
	return 0;
}

static bool a_node_waits;

static int look_at_node(CLASS_INTERFACE_ARGS)
{
	if (!ws_node_stays(dev))
		a_node_waits = true;
	return 0;
}

static struct class_interface look = {
	.add_dev = look_at_node,
};

/*
 * Does a node wait for a pass? A class_interface is shown all nodes of the class when it is
 * registered, with the class's mutex held. That keeps their parents, which ws_node_stays() looks
 * at, and guards a_node_waits. (class_for_each_device() keeps the node that it is at, but not the
 * node's parent.) This can fail where there is no such class, but there is.
 */
static bool nodes_wait(void)
{
	a_node_waits = false;
	look.class = ws_node_class();
	if (class_interface_register(&look))
		return true;
	class_interface_unregister(&look);
	return a_node_waits;
}

/*
 * A node may be there before its source is on the list, and may still be there when the
 * source is off it. Both are over soon, but no event tells when.
 */
static void pass_work(struct work_struct *unused)
{
	static unsigned long delay;	/* in jiffies */

	if (pass() || nodes_wait()) {
		delay = clamp(2 * delay, PASS_DELAY, MAX_PASS_DELAY);
		queue_delayed_work(queue, &work, delay);
	} else {
		delay = 0;
	}
}

/* Called with the mutex of the class held, which ws_node_take() needs: so, later. */
static int node_added(CLASS_INTERFACE_ARGS)
{
	queue_delayed_work(queue, &work, PASS_DELAY);
	return 0;
}

static struct class_interface interface = {
	.add_dev = node_added,
};

static bool restore(struct wakeup_source *ws, struct ws_node *node)
{
	int err;

	if (!node->taken)
		return false;
	node->taken = false;
	err = ws_node_restore(ws, node);
	if (err)
		pr_err("node wakeup%d of source %s is not back: error %d\n", ws->id, ws->name,
		       err);
	return true;
}

static int any_device(struct device *dev, void *unused)
{
	return 1;
}

/* The bus keeps a driver while it is shown; that of driver_find() could go meanwhile. */
static int rcpm_in_use(struct device_driver *drv, void *unused)
{
	return !strcmp(drv->name, "rcpm") && driver_for_each_device(drv, NULL, NULL, any_device);
}

/*
 * Two drivers look at the nodes of sources when the system goes to sleep, and would not
 * find what is to wake it. And ws_node_fate() counts on all tasks to stand still then.
 */
static bool must_not_load(void)
{
	if (IS_ENABLED(CONFIG_SUSPEND) && !IS_ENABLED(CONFIG_SUSPEND_FREEZER)) {
		pr_err("this kernel is built without CONFIG_SUSPEND_FREEZER\n");
		return true;
	}
	if (IS_ENABLED(CONFIG_ARCH_AT91)) {
		pr_err("AT91 machines need the nodes to wake from sleep\n");
		return true;
	}
	if (bus_for_each_drv(&platform_bus_type, NULL, NULL, rcpm_in_use)) {
		pr_err("machines with Freescale's RCPM need the nodes to wake from sleep\n");
		return true;
	}
	return false;
}

static int __init nosysfs_init(void)
{
	int err;

	if (must_not_load())
		return -EOPNOTSUPP;
	err = ws_node_learn();
	if (err)
		return err;

	/*
	 * Freezable, because ws_node_fate() must not run while the system sleeps. Unbound,
	 * because a pass over many sources takes its time.
	 */
	queue = alloc_workqueue(KBUILD_MODNAME, WQ_FREEZABLE | WQ_UNBOUND, 1);
	if (!queue)
		goto no_memory;
	marker = wakeup_source_register(&nowhere, KBUILD_MODNAME);
	if (!marker)
		goto destroy_queue;

	interface.class = ws_node_class();
	err = class_interface_register(&interface);
	if (err) {
		pr_err("the kernel refused to tell of new nodes: error %d\n", err);
		goto unregister_marker;
	}
	mod_delayed_work(queue, &work, 0);
	flush_delayed_work(&work);
	return 0;

unregister_marker:
	wakeup_source_unregister(marker);
	destroy_workqueue(queue);
	return err;
destroy_queue:
	destroy_workqueue(queue);
no_memory:
	pr_err("out of memory\n");
	return -ENOMEM;
}

/*
 * No node is told of after class_interface_unregister(), no pass begins after
 * cancel_delayed_work_sync(). Nodes made from then on, and those of sources in front of
 * the marker, are where they belong.
 */
static void __exit nosysfs_exit(void)
{
	unsigned int flags;

	class_interface_unregister(&interface);
	cancel_delayed_work_sync(&work);
	destroy_workqueue(queue);

	flags = memalloc_noio_save();
	while (for_some_sources(marker, NODES_IN_A_SECTION, restore))
		cond_resched();
	memalloc_noio_restore(flags);

	wakeup_source_unregister(marker);
	free_records(&records);
}

module_init(nosysfs_init);
module_exit(nosysfs_exit);

MODULE_AUTHOR("wsdump developers");
MODULE_DESCRIPTION("Leaves wakeup sources out of sysfs");
MODULE_VERSION(WAKEUP_KFUNCS_VERSION);
MODULE_LICENSE("GPL");
