/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Does the kernel hold BTF for a module that is about to offer kfuncs?
 *
 * Shared by every kfunc module of this package; knows nothing of what the
 * kfuncs do. A header, so that each module stays one object file.
 */
#ifndef WSDUMP_MODULE_BTF_H
#define WSDUMP_MODULE_BTF_H

#include <linux/kernfs.h>
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/printk.h>

#include "compat.h"

/*
 * The BTF of a module that the kernel has accepted is a file in
 * /sys/kernel/btf. There is no exported function that answers the same.
 */
static inline bool btf_is_registered(const struct module *mod)
{
	struct kernfs_node *dir, *file;

	dir = kernfs_find_and_get(kernel_kobj->sd, "btf");
	if (!dir)
		return false;

	file = kernfs_find_and_get(dir, mod->name);
	kernfs_put(dir);
	if (!file)
		return false;

	kernfs_put(file);
	return true;
}

/**
 * module_btf_check - make sure that registering kfuncs will have an effect
 * @mod: the module, in its init function
 * @ids: its kfunc id set
 * @nr_ids: how many kfuncs @ids names in the source
 *
 * register_btf_kfunc_id_set() logs a warning and returns 0 for a module without
 * BTF, and returns 0 without a word for a set whose ids were never resolved. A
 * clean insmod would then prove nothing, so ask before. Each reason is logged
 * with what to do about it.
 *
 * Context: process context, may sleep.
 * Return: 0, or -ENODATA when programs could not find the kfuncs.
 */
static inline int module_btf_check(const struct module *mod, const struct btf_id_set8 *ids,
				   unsigned int nr_ids)
{
	unsigned int i;

	if (!mod->btf_data_size) {
		pr_err("built without BTF, so no BPF program could find its kfuncs: rebuild it with pahole installed and the kernel's BTF at hand\n");
		return -ENODATA;
	}

	if (!btf_is_registered(mod)) {
		pr_err("its BTF does not match this kernel's and was ignored: rebuild it against the running kernel\n");
		return -ENODATA;
	}

	if (ids->cnt != nr_ids)
		goto unresolved;
	for (i = 0; i < nr_ids; i++)
		if (!ids->pairs[i].id)
			goto unresolved;
	return 0;

unresolved:
	pr_err("built without resolve_btfids, so its kfuncs have no BTF ids: rebuild it with a complete kernel headers package\n");
	return -ENODATA;
}

#endif
