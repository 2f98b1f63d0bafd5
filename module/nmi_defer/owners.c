// SPDX-License-Identifier: GPL-2.0-only
/* Owners: struct_ops maps that BPF programs attach, and the table in which they are found. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/bpf.h>
#include <linux/bpf_verifier.h>
#include <linux/ctype.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/nospec.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

#include "nmi_defer.h"

/* An id is an index, and above it the generation, so that 0 is none. */
#define INDEX_BITS	8
#define INDEX_MASK	GENMASK(INDEX_BITS - 1, 0)

static struct nmi_defer_owner __rcu *owners[NMI_DEFER_MAX_OWNERS];
static DEFINE_MUTEX(owners_mutex);	/* for writing the table */

static u32 next_generation(void)
{
	static u32 generation;

	do
		generation = (generation + 1) & (U32_MAX >> INDEX_BITS);
	while (!generation);
	return generation;
}

struct nmi_defer_slot *find_slot(u32 id, u32 nr)
{
	u32 index = id & INDEX_MASK;
	struct nmi_defer_owner *owner;

	/*
	 * A CPU that goes offline has run what was queued when it left the mask. What is queued
	 * there after that waits till it is back, and so would the owner's end.
	 */
	if (!cpu_online(raw_smp_processor_id()))
		return ERR_PTR(-ENODEV);
	if (index >= NMI_DEFER_MAX_OWNERS)
		return ERR_PTR(-ENOENT);
	owner = rcu_dereference(owners[array_index_nospec(index, NMI_DEFER_MAX_OWNERS)]);
	if (!owner || owner->id != id)
		return ERR_PTR(-ENOENT);
	if (nr >= owner->nr_slots)
		return ERR_PTR(-EINVAL);
	return &owner->slots[array_index_nospec(nr, owner->nr_slots)];
}

/* --- the table ---------------------------------------------------------------- */

static struct nmi_defer_owner *owner_at(int index)
{
	return rcu_dereference_protected(owners[index], lockdep_is_held(&owners_mutex));
}

/* Where these members have an owner, or with NULL a free place; -1 for none. */
static int index_of(const struct nmi_defer_ops *ops)
{
	int i;

	for (i = 0; i < NMI_DEFER_MAX_OWNERS; i++) {
		struct nmi_defer_owner *owner = owner_at(i);

		if (ops ? owner && owner->ops == ops : !owner)
			return i;
	}
	return -1;
}

static int owner_enter(struct nmi_defer_owner *owner)
{
	int index;

	guard(mutex)(&owners_mutex);
	if (index_of(owner->ops) >= 0)
		return -EBUSY;	/* a map can be given to several links */
	index = index_of(NULL);
	if (index < 0)
		return -ENOSPC;
	owner->id = next_generation() << INDEX_BITS | index;
	rcu_assign_pointer(owners[index], owner);
	return 0;
}

static struct nmi_defer_owner *owner_leave(const struct nmi_defer_ops *ops)
{
	struct nmi_defer_owner *owner;
	int index;

	guard(mutex)(&owners_mutex);
	index = index_of(ops);
	if (WARN_ON_ONCE(index < 0))
		return NULL;
	owner = owner_at(index);
	rcu_assign_pointer(owners[index], NULL);
	return owner;
}

/* The owners there are, a line for each: id, slots, name. */
static int owners_show(char *buf, const struct kernel_param *param)
{
	int i, len = 0;

	guard(mutex)(&owners_mutex);
	for (i = 0; i < NMI_DEFER_MAX_OWNERS; i++) {
		struct nmi_defer_owner *owner = owner_at(i);

		if (owner)
			len += sysfs_emit_at(buf, len, "%#x %u %s\n", owner->id, owner->nr_slots,
					     owner->ops->name);
	}
	return len;
}

static const struct kernel_param_ops owners_ops = {
	.get = owners_show,
};

module_param_cb(owners, &owners_ops, NULL, 0400);
MODULE_PARM_DESC(owners, "BPF programs that are attached: id, slots, name (read only)");

/* --- attaching and detaching -------------------------------------------------- */

static void nmi_defer_unreg(void *kdata, struct bpf_link *link)
{
	struct nmi_defer_owner *owner = owner_leave(kdata);

	if (!owner)
		return;
	synchronize_rcu();	/* nobody has found it in the table, who still looks at it */
	slots_stop(owner);
	kvfree(owner);
}

static int nmi_defer_reg(void *kdata, struct bpf_link *link)
{
	const struct nmi_defer_ops *ops = kdata;
	struct nmi_defer_owner *owner;
	int err;

	owner = kvzalloc(struct_size(owner, slots, ops->nr_slots), GFP_KERNEL_ACCOUNT);
	if (!owner)
		return -ENOMEM;
	owner->ops = ops;
	owner->nr_slots = ops->nr_slots;
	slots_init(owner);

	err = owner_enter(owner);
	if (err) {
		kvfree(owner);
		return err;
	}
	err = ops->init ? ops->init(owner->id) : 0;
	if (!err)
		return 0;
	nmi_defer_unreg(kdata, link);
	return err < 0 && err >= -MAX_ERRNO ? err : -EINVAL;
}

/* --- what may be attached ----------------------------------------------------- */

static int nmi_defer_init(struct btf *btf)
{
	return 0;
}

static int nmi_defer_check_member(const struct btf_type *t, const struct btf_member *member,
				  const struct bpf_prog *prog)
{
	switch (__btf_member_bit_offset(t, member) / 8) {
	case offsetof(struct nmi_defer_ops, timer):
	case offsetof(struct nmi_defer_ops, irq):
		return prog->sleepable ? -EINVAL : 0;
	default:
		return 0;
	}
}

static bool name_is_good(const char name[NMI_DEFER_NAME_LEN])
{
	size_t i, len = strnlen(name, NMI_DEFER_NAME_LEN);

	for (i = 0; i < len; i++)
		if (!isascii(name[i]) || (!isalnum(name[i]) && !strchr("-_.", name[i])))
			return false;
	return len && len < NMI_DEFER_NAME_LEN;
}

/* What is no function is for the type to copy: 1 says that it was. */
static int nmi_defer_init_member(const struct btf_type *t, const struct btf_member *member,
				 void *kdata, const void *udata)
{
	const struct nmi_defer_ops *from = udata;
	struct nmi_defer_ops *to = kdata;

	switch (__btf_member_bit_offset(t, member) / 8) {
	case offsetof(struct nmi_defer_ops, nr_slots):
		if (!from->nr_slots || from->nr_slots > NMI_DEFER_MAX_SLOTS)
			return -EINVAL;
		to->nr_slots = from->nr_slots;
		return 1;
	case offsetof(struct nmi_defer_ops, name):
		if (!name_is_good(from->name))
			return -EINVAL;
		strscpy(to->name, from->name);
		return 1;
	default:
		return 0;
	}
}

static int nmi_defer_validate(void *kdata)
{
	const struct nmi_defer_ops *ops = kdata;

	return ops->timer || ops->irq || ops->work ? 0 : -EINVAL;
}

/* The context of a program is its member's arguments, which are numbers. */
static const struct bpf_verifier_ops nmi_defer_verifier_ops = {
	.get_func_proto = bpf_base_func_proto,
	.is_valid_access = btf_ctx_access,
};

/* Functions of the members' types, where the kernel checks calls by type. */
static int stub_init(u32 owner)
{
	return 0;
}

static void stub_slot(u32 slot)
{
}

static struct nmi_defer_ops stubs = {
	.init = stub_init,
	.timer = stub_slot,
	.irq = stub_slot,
	.work = stub_slot,
};

/* Without .update: what runs for one owner can't be another's from one moment to the next. */
static struct bpf_struct_ops nmi_defer_struct_ops = {
	.verifier_ops = &nmi_defer_verifier_ops,
	.init = nmi_defer_init,
	.check_member = nmi_defer_check_member,
	.init_member = nmi_defer_init_member,
	.validate = nmi_defer_validate,
	.reg = nmi_defer_reg,
	.unreg = nmi_defer_unreg,
	.cfi_stubs = &stubs,
	.owner = THIS_MODULE,
	.name = "nmi_defer_ops",
};

int owners_register(void)
{
	return register_bpf_struct_ops(&nmi_defer_struct_ops, nmi_defer_ops);
}
