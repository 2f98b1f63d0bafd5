// SPDX-License-Identifier: GPL-2.0-only
/*
 * wakeup_kfuncs - Linux 7.2's wakeup source kfuncs for older kernels
 *
 * Three kfuncs let a BPF program of type BPF_PROG_TYPE_SYSCALL walk the kernel's
 * list of wakeup sources. Names, prototypes and flags are those of
 * drivers/base/power/wakeup.c in 7.2, so a program written for 7.2 loads
 * unchanged.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/device.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/rculist.h>

#include "compat.h"
#include "module_btf.h"

#if !IS_ENABLED(CONFIG_PM_SLEEP)
#error "this kernel is built without CONFIG_PM_SLEEP, so it has no wakeup sources"
#endif

/* The verifier tracks a pointer to it; nothing ever looks behind the pointer. */
struct bpf_ws_lock { };

/*
 * A function with the name and the types of one of the kernel is left out of the
 * module's BTF as a duplicate, and then there is no id of it for the set below. A
 * typedef, which no BPF program has to know of, keeps the two apart.
 */
#if HAVE_WAKEUP_KFUNCS
typedef struct bpf_ws_lock ws_lock_t;
#else
#define ws_lock_t struct bpf_ws_lock
#endif

#if HAVE_KFUNC_RETURNING_VOID_PTR
typedef void ws_head_t;
#else
typedef struct list_head ws_head_t;
#endif

/*
 * The kernel's static list head. Written once before the kfuncs are registered,
 * only read afterwards, and never freed.
 */
static struct list_head *ws_head __ro_after_init;

/* Called by BPF programs only, but sparse wants to have heard of them. */
__bpf_kfunc ws_lock_t *bpf_wakeup_sources_read_lock(void);
__bpf_kfunc void bpf_wakeup_sources_read_unlock(ws_lock_t *lock);
__bpf_kfunc ws_head_t *bpf_wakeup_sources_get_head(void);

__bpf_kfunc_start_defs();

/**
 * bpf_wakeup_sources_read_lock - enter an SRCU read section of the list
 *
 * An SRCU read section is named by a small index, 0 included, while the verifier
 * can only pair the acquire and release of a non-NULL pointer. So the index plus
 * one travels as a pointer that a program can keep and hand back, nothing else.
 *
 * Sources found on the list inside the section stay allocated and linked onwards
 * until it ends: unregistering waits for it.
 *
 * Context: process context, and softirq in a program's bpf_timer callback. Does not sleep.
 * Return: the token to release with bpf_wakeup_sources_read_unlock(), never NULL.
 */
__bpf_kfunc ws_lock_t *bpf_wakeup_sources_read_lock(void)
{
	return (ws_lock_t *)(wakeup_sources_read_lock() + 1L);
}

/**
 * bpf_wakeup_sources_read_unlock - leave the SRCU read section
 * @lock: token of bpf_wakeup_sources_read_lock(); the verifier refuses any
 *	  program that could pass something else, or the same token twice
 *
 * Context: that of bpf_wakeup_sources_read_lock(): the section is left where it was entered.
 */
__bpf_kfunc void bpf_wakeup_sources_read_unlock(ws_lock_t *lock)
{
	wakeup_sources_read_unlock((long)lock - 1);
}

/**
 * bpf_wakeup_sources_get_head - where the list of wakeup sources begins
 *
 * Context: any. Walking on from the head is safe inside a read section only.
 * Return: address of the list head, which links &struct wakeup_source by its
 *	   entry member. A scalar to the verifier (a list_head pointer to the
 *	   verifiers that refuse void): reading needs bpf_rdonly_cast() or
 *	   bpf_probe_read_kernel().
 */
__bpf_kfunc ws_head_t *bpf_wakeup_sources_get_head(void)
{
	return ws_head;
}

__bpf_kfunc_end_defs();

BTF_KFUNCS_START(wakeup_kfunc_ids)
BTF_ID_FLAGS(func, bpf_wakeup_sources_read_lock, KF_ACQUIRE)
BTF_ID_FLAGS(func, bpf_wakeup_sources_read_unlock, KF_RELEASE)
BTF_ID_FLAGS(func, bpf_wakeup_sources_get_head)
BTF_KFUNCS_END(wakeup_kfunc_ids)

#define NR_WAKEUP_KFUNCS 3

static const struct btf_kfunc_id_set wakeup_kfunc_set = {
	.owner = THIS_MODULE,
	.set = &wakeup_kfunc_ids,
};

/*
 * The head is static in the kernel and exported by no name, but the walk is:
 * wakeup_sources_walk_next() returns NULL for exactly the entry whose next
 * pointer is the head. A source of our own is on the list, so there is an entry
 * to start from on any machine.
 *
 * The read section keeps every entry that was met valid. The next pointer is
 * read on both sides of the call: if a source came or went behind the entry in
 * between, the two differ and the entry is asked again.
 */
static struct list_head *find_head(struct wakeup_source *ws)
{
	struct list_head *next;
	struct wakeup_source *next_ws;
	int idx = wakeup_sources_read_lock();

	for (;;) {
		next = READ_ONCE(ws->entry.next);
		next_ws = wakeup_sources_walk_next(ws);
		if (next_ws)
			ws = next_ws;
		else if (next == READ_ONCE(ws->entry.next))
			break;
	}

	wakeup_sources_read_unlock(idx);
	return next;
}

static int __init wakeup_kfuncs_init(void)
{
	struct wakeup_source *ws;
	int err;

	err = module_btf_check(THIS_MODULE, &wakeup_kfunc_ids, NR_WAKEUP_KFUNCS);
	if (err)
		return err;

	ws = wakeup_source_register(NULL, KBUILD_MODNAME);
	if (!ws) {
		pr_err("out of memory for a temporary wakeup source\n");
		return -ENOMEM;
	}
	ws_head = find_head(ws);
	wakeup_source_unregister(ws);

	err = register_btf_kfunc_id_set(BPF_PROG_TYPE_SYSCALL, &wakeup_kfunc_set);
	if (err && HAVE_WAKEUP_KFUNCS)
		pr_err("this kernel has the kfuncs itself, and refuses others of their names: this module is of no use here\n");
	else if (err)
		pr_err("the kernel refused the kfuncs: error %d\n", err);
	return err;
}

/*
 * Nothing to undo: the kernel drops the kfunc set together with the module's BTF,
 * and a loaded program that calls a kfunc holds a reference on the module.
 */
static void __exit wakeup_kfuncs_exit(void)
{
}

module_init(wakeup_kfuncs_init);
module_exit(wakeup_kfuncs_exit);

MODULE_AUTHOR("wsdump developers");
MODULE_DESCRIPTION("BPF kfuncs to walk the list of wakeup sources");
MODULE_VERSION(WAKEUP_KFUNCS_VERSION);
MODULE_LICENSE("GPL");
