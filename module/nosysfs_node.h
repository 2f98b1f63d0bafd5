/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The node of one wakeup source under /sys/class/wakeup: look at it, take it away,
 * make it again.
 */
#ifndef WSDUMP_MODULE_NOSYSFS_NODE_H
#define WSDUMP_MODULE_NOSYSFS_NODE_H

#include <linux/device.h>
#include <linux/types.h>

/**
 * enum ws_node_fate - what can be done to a node, as of now
 * @NODE_NONE:	 there is none
 * @NODE_STAYS:	 it could not be made again, so it is not to be taken away
 * @NODE_LATER:	 its parent is just being added to the kernel, or removed from it
 * @NODE_LOST:	 its parent is gone, and with it the place where the node was
 * @NODE_TAKEN:	 it can be taken away, or has been
 */
enum ws_node_fate { NODE_NONE, NODE_STAYS, NODE_LATER, NODE_LOST, NODE_TAKEN };

/**
 * struct ws_node - where the node of a wakeup source was
 * @dev: the node taken away, until ws_node_release(): whoever saw it in the source, inside a
 *	 read section of the list, may look at it and at its parent until that ends
 * @parent: only an address to compare, it may have been freed meanwhile; NULL for a source
 *	 without a parent
 * @parent_id: which kernfs gives to one directory of all that there ever are
 * @taken: there was one, to be made again by ws_node_restore()
 */
struct ws_node {
	struct device *dev;
	struct device *parent;
	u64 parent_id;
	bool taken;
};

int ws_node_learn(void);
typeof_member(struct device, class) ws_node_class(void);

bool ws_node_stays(struct device *dev);
enum ws_node_fate ws_node_take(struct wakeup_source *ws, struct ws_node *node);
void ws_node_release(struct ws_node *node);
int ws_node_restore(struct wakeup_source *ws, struct ws_node *node);

#endif
