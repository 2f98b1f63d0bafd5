// SPDX-License-Identifier: GPL-2.0-only
/*
 * wakeup_nosysfs, one node: see nosysfs.c for who calls this when.
 *
 * A node is a struct device that the kernel makes for a wakeup source, and that the
 * source's dev member points to. Whatever is known of it here was learnt from one that
 * the kernel made.
 *
 * Wherever a pointer is followed, this keeps what is behind it:
 *
 * - a source: the read section of the list in which it was found there
 * - the node of a source: the same section, because wakeup_source_unregister() looks at dev
 *   when it has ended, and nobody else takes a node away. (The kernel stores that pointer
 *   without a barrier, but behind device_add(), which takes and releases locks one after
 *   the other: it is not seen before what it points to.)
 * - a node that is found in its class: the class
 * - the parent of a node: the node, from device_add() to the end of device_del(). So what
 *   keeps off device_del() keeps the parent, while a reference to the node does not. This is
 *   the read section; or the mutex of the class, under which device_del() takes the node out
 *   of the class before it lets go of the parent
 * - a device that dpm_for_each_dev() comes to, and its directory: the mutex of that list,
 *   under which device_del() takes it off before it removes the directory
 * - a node in struct ws_node, and its parent until ws_node_release(): references to both
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/device.h>
#include <linux/kernfs.h>
#include <linux/module.h>
#include <linux/pm.h>
#include <linux/pm_wakeup.h>
#include <linux/printk.h>
#include <linux/slab.h>

#include "nosysfs_node.h"

/* What all nodes share: objects of the kernel's, which live as long as it does. */
static struct {
	typeof_member(struct device, class) class;
	typeof_member(struct device, groups) groups;
	typeof_member(struct device, release) release;
} model __ro_after_init;

/**
 * ws_node_learn - find out what a node looks like, from one made for the purpose
 *
 * Context: process context, may sleep.
 * Return: 0, or -ENOMEM, or -EOPNOTSUPP where sources have no nodes; said in the log.
 */
int __init ws_node_learn(void)
{
	struct wakeup_source *ws = wakeup_source_register(NULL, KBUILD_MODNAME);
	int err = 0;

	if (!ws) {
		pr_err("out of memory for a temporary wakeup source\n");
		return -ENOMEM;
	}
	if (ws->dev) {
		model.class = ws->dev->class;
		model.groups = ws->dev->groups;
		model.release = ws->dev->release;
	} else {
		err = -EOPNOTSUPP;
	}
	wakeup_source_unregister(ws);

	if (!err && !(model.class && model.groups && model.release))
		err = -EOPNOTSUPP;
	if (err)
		pr_err("this kernel's wakeup sources are not in sysfs as this module knows it\n");
	return err;
}

/* The class of all nodes, which is /sys/class/wakeup. (kernel-doc can't read the type.) */
typeof_member(struct device, class) ws_node_class(void)
{
	return model.class;
}

struct parent_query {
	struct device *parent;
	u64 id;
};

static void match_parent(struct device *dev, void *data)
{
	struct parent_query *query = data;

	if (dev == query->parent)
		query->id = dev->kobj.sd->id;
}

/**
 * ws_node_stays - could a node not be made again, so that it is to be left alone?
 * @dev: the node
 *
 * That is any that is not as the kernel makes them, and one whose parent has no power
 * management, see ws_node_fate().
 *
 * Context: any. @dev and its parent are kept by a read section of the list of wakeup
 *	    sources, or by the mutex of the class.
 */
bool ws_node_stays(struct device *dev)
{
	if (dev->class != model.class || dev->groups != model.groups ||
	    dev->release != model.release || dev->type || dev->bus)
		return true;
	return dev->parent && device_is_registered(dev->parent) &&
	       device_pm_not_required(dev->parent);
}

/**
 * ws_node_fate - what can be done to a node
 * @dev: the node
 * @parent_id: where to store which directory it is below, for NODE_TAKEN
 *
 * A node is made again below its parent, and device_add() needs a parent that stays where
 * it is. The kernel's list of devices with power management tells: a device is on it from
 * device_pm_add() to device_pm_remove(), well inside the time in which its directory
 * exists, and stays on it while dpm_for_each_dev() holds the list's mutex. A device that
 * has no power management can't be told; its node is left alone. (In between, while the
 * system suspends, devices are on other lists, but then no task and no freezable work
 * runs, and nothing else calls this.)
 *
 * Context: process context, freezable; takes the mutex of the list of devices. @dev and
 *	    its parent are kept by a read section of the list of wakeup sources.
 */
static enum ws_node_fate ws_node_fate(struct device *dev, u64 *parent_id)
{
	struct parent_query query = { .parent = dev->parent };

	if (ws_node_stays(dev))
		return NODE_STAYS;
	if (!query.parent)
		return NODE_TAKEN;
	if (!device_is_registered(query.parent))
		return NODE_LOST;
	dpm_for_each_dev(&query, match_parent);
	*parent_id = query.id;
	return query.id ? NODE_TAKEN : NODE_LATER;
}

/**
 * ws_node_take - take the node of a source away
 * @ws: the source, found on the list in the read section that the caller is in
 * @node: zeroed; to be given to ws_node_release() after that section and all others that
 *	  had begun before
 *
 * The source can't be freed before the section ends: wakeup_source_unregister() takes it
 * off the list and waits for all sections. Only then does it look at its dev, finds NULL,
 * and leaves the rest to us. The other place in the kernel that sets it does so where it
 * is NULL only, when a device is added that had a source before; and to the only one that
 * looks at it without a read section, when a network device changes namespace, the
 * caller's rtnl_lock() is closed.
 *
 * The node's attributes read from the source, so they must be gone before the section
 * ends. That is why device_unregister() is called inside it, and why whoever holds a
 * lock that it takes must never wait for the end of a section, which is what
 * wakeup_source_unregister() does. The locks, and what their holders do:
 *
 * - the node's own device_lock(): it has no driver, bus or power management that would
 *   take it; device_shutdown() does, and calls nothing for such a device
 * - the mutex of its class: links and unlinks nodes, and calls our class_interfaces,
 *   which look at a node and queue a work item
 * - active references to its attributes: reading them takes no lock, writing "uevent"
 *   sends one
 * - the mutexes of glue directories, of uevents, of deferred probing and of kernfs:
 *   taken last, none is held when a driver is called
 * - the mutex of device links: held while a link's own device is unregistered, which
 *   can't wake the system, so that it has no source to unregister
 * - rtnl_lock() is held around the section, not taken inside it
 *
 * The last reference to the parent may be the node's, and the parent's release function
 * may do anything, so the node is not let go of in here. Such references are brief, like
 * those that a walk over a class takes.
 *
 * Context: process context, inside a read section of the list, under rtnl_lock().
 * Return: NODE_TAKEN or NODE_LOST if it is gone.
 */
enum ws_node_fate ws_node_take(struct wakeup_source *ws, struct ws_node *node)
{
	struct device *dev = READ_ONCE(ws->dev);
	enum ws_node_fate fate;
	u64 id = 0;

	if (!dev)
		return NODE_NONE;
	fate = ws_node_fate(dev, &id);
	if (fate != NODE_TAKEN && fate != NODE_LOST)
		return fate;

	node->dev = get_device(dev);
	node->parent = get_device(dev->parent);
	node->parent_id = id;
	node->taken = fate == NODE_TAKEN;

	WRITE_ONCE(ws->dev, NULL);
	device_unregister(dev);
	return fate;
}

/**
 * ws_node_release - let go of a node that was taken away
 * @node: whatever ws_node_take() made of it
 *
 * Context: process context, outside of read sections and with no lock held: this may be
 *	    the end of the parent.
 */
void ws_node_release(struct ws_node *node)
{
	if (!node->dev)
		return;
	put_device(node->parent);
	put_device(node->dev);
	node->dev = NULL;
}

static int add_node(struct wakeup_source *ws, struct device *parent)
{
	struct device *dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	int err;

	if (!dev)
		return -ENOMEM;
	device_initialize(dev);
	dev->class = model.class;
	dev->parent = parent;
	dev->groups = model.groups;
	dev->release = model.release;	/* frees it by kfree() */
	dev_set_drvdata(dev, ws);
	device_set_pm_not_required(dev);

	err = dev_set_name(dev, "wakeup%d", ws->id);
	if (!err)
		err = device_add(dev);
	if (err) {
		put_device(dev);
		return err;
	}
	/* for readers of the list, who follow the pointer */
	smp_store_release(&ws->dev, dev);
	return 0;
}

struct restore_query {
	struct wakeup_source *ws;
	struct ws_node *node;
	int err;
};

static void restore_below(struct device *dev, void *data)
{
	struct restore_query *query = data;

	if (dev == query->node->parent && dev->kobj.sd->id == query->node->parent_id)
		query->err = add_node(query->ws, dev);
}

/**
 * ws_node_restore - make the node of a source again
 * @ws: the source, found on the list in the read section that the caller is in
 * @node: what ws_node_take() took from it
 *
 * The section keeps the source until its dev is set, and wakeup_source_unregister() looks
 * at that after it. So here too locks are taken inside it: those named at ws_node_take(),
 * without rtnl_lock(), and outside of these the mutex of the list of devices, under which
 * the kernel calls nothing that unregisters a source. The parent stays where it is under
 * that mutex, see ws_node_fate(). The name is free: it is the source's number, which no
 * other source has before this one is freed.
 *
 * Context: process context, inside a read section of the list, freezable; no I/O may be
 *	    started to get memory (memalloc_noio_save()), since who knows what it waits for.
 * Return: 0, also when the parent is gone and nothing is to be made; else an error.
 */
int ws_node_restore(struct wakeup_source *ws, struct ws_node *node)
{
	struct restore_query query = { .ws = ws, .node = node };

	if (node->parent)
		dpm_for_each_dev(&query, restore_below);
	else
		query.err = add_node(ws, NULL);
	return query.err;
}
