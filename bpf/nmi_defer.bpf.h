/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Deferral from NMI for BPF programs, the same on kernels that have it and on those before.
 *
 * Linux 7.0 lets bpf_timer and bpf_wq be used in NMI. From 6.12 on module nmi_defer has something
 * else for it: kfuncs, and callbacks that are members of struct_ops. A program that includes this
 * takes what there is when it is loaded. First it says what it has:
 *
 *	#define NMI_DEFER_NAME	"example"
 *	#define NMI_DEFER_SLOTS	64		// at most; 1 to 1024
 *	#define NMI_DEFER_TIMER	time_is_over	// each of these may be left out:
 *	#define NMI_DEFER_IRQ	interrupts_are_on
 *	#define NMI_DEFER_WORK	look_closer
 *	#include "nmi_defer.bpf.h"
 *
 * These are functions that get the number of a slot, such as
 *
 *	static void time_is_over(__u32 slot) { ... }
 *
 * and are called: TIMER in softirq; IRQ as soon as the CPU that asked takes interrupts, in hard
 * irq by the module and in softirq by the kernel; WORK in a kernel thread, where it may sleep.
 *
 * Any program of the object, in any context, sets them off by defer_timer_start(),
 * defer_timer_cancel(), defer_irq_start() and defer_work_start(). The loader has its part in
 * loader/common/defer.h. docs/nmi_defer.md says what else the two differ in.
 */
#ifndef WSDUMP_BPF_NMI_DEFER_BPF_H
#define WSDUMP_BPF_NMI_DEFER_BPF_H

#include <asm/errno.h>
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#include "compat.bpf.h"

/* --- what the module has ------------------------------------------------------ */

struct nmi_defer_ops {
	int (*init)(__u32 owner);
	void (*timer)(__u32 slot);
	void (*irq)(__u32 slot);
	void (*work)(__u32 slot);
	__u32 nr_slots;
	char name[16];
};

struct task_struct;

extern int nmi_defer_timer_start(__u32 owner, __u32 slot, __u64 nsec, __u64 flags) __weak __ksym;
extern int nmi_defer_timer_cancel_async(__u32 owner, __u32 slot) __weak __ksym;
extern int nmi_defer_irq_start(__u32 owner, __u32 slot) __weak __ksym;
extern int nmi_defer_work_start(__u32 owner, __u32 slot) __weak __ksym;
extern int nmi_defer_work_cancel_async(__u32 owner, __u32 slot) __weak __ksym;
extern int nmi_defer_read_task(void *dst, __u32 dst__sz, const void *src__ign,
			       struct task_struct *task) __weak __ksym;

/* --- what the kernel has ------------------------------------------------------ */

/* 7.0: the one of its kfuncs by which deferral from NMI is known */
extern int bpf_timer_cancel_async(struct bpf_timer *timer) __weak __ksym;

extern int bpf_wq_init(struct bpf_wq *wq, void *p__map, unsigned int flags) __weak __ksym;
extern int bpf_wq_set_callback_impl(struct bpf_wq *wq,
				    int (callback_fn)(void *map, int *key, void *value),
				    unsigned int flags, void *aux__ign) __weak __ksym;
/* what the former is called from some 7.x on, with no need of the last argument */
extern int bpf_wq_set_callback(struct bpf_wq *wq, int (callback_fn)(void *map, int *key, void *value),
			       unsigned int flags) __weak __ksym;
extern int bpf_wq_start(struct bpf_wq *wq, unsigned int flags) __weak __ksym;

#define NMI_DEFER_IN_KERNEL	bpf_ksym_exists(bpf_timer_cancel_async)

/* --- a slot is a timer, an interrupt and a piece of work ---------------------- */

__u32 nmi_defer_owner;		/* the module's name for this program, from its init member */

/*
 * What follows is in two halves, of which one is loaded. The kernel's has its objects in maps,
 * and callbacks that nmi_defer_setup() sets. The module's is the struct_ops map and its members.
 */
#define NMI_DEFER_MAP(name, what)			\
	struct name##_elem {				\
		struct what name;			\
	};						\
	struct {					\
		__uint(type, BPF_MAP_TYPE_ARRAY);	\
		__uint(max_entries, NMI_DEFER_SLOTS);	\
		__type(key, __u32);			\
		__type(value, struct name##_elem);	\
	} defer_##name##s SEC(".maps")

#ifdef NMI_DEFER_TIMER
static __always_inline void NMI_DEFER_TIMER(__u32 slot);

NMI_DEFER_MAP(timer, bpf_timer);

static int defer_timer_callback(void *map, int *slot, void *elem)
{
	(void)map;
	(void)elem;
	NMI_DEFER_TIMER(*slot);
	return 0;
}

SEC("struct_ops/timer")
int BPF_PROG(nmi_defer_timer_member, __u32 slot)
{
	(void)ctx;
	NMI_DEFER_TIMER(slot);
	return 0;
}

/* As nmi_defer_timer_start() of the module, and 0 is what bpf_timer_start() returns, too. */
static __always_inline int defer_timer_start(__u32 slot, __u64 nsec, __u64 flags)
{
	struct timer_elem *elem;

	if (!NMI_DEFER_IN_KERNEL)
		return nmi_defer_timer_start(nmi_defer_owner, slot, nsec, flags);
	if (nsec >> 59)
		return -EINVAL;
	elem = bpf_map_lookup_elem(&defer_timers, &slot);
	return elem ? bpf_timer_start(&elem->timer, nsec, flags) : -EINVAL;
}

/* 0: was not armed, 1: was, -1: runs, -ECANCELED: will be cancelled soon */
static __always_inline int defer_timer_cancel(__u32 slot)
{
	struct timer_elem *elem;

	if (!NMI_DEFER_IN_KERNEL)
		return nmi_defer_timer_cancel_async(nmi_defer_owner, slot);
	elem = bpf_map_lookup_elem(&defer_timers, &slot);
	return elem ? bpf_timer_cancel_async(&elem->timer) : -EINVAL;
}
#endif

#ifdef NMI_DEFER_IRQ
static __always_inline void NMI_DEFER_IRQ(__u32 slot);

NMI_DEFER_MAP(irq, bpf_timer);

static int defer_irq_callback(void *map, int *slot, void *elem)
{
	(void)map;
	(void)elem;
	NMI_DEFER_IRQ(*slot);
	return 0;
}

SEC("struct_ops/irq")
int BPF_PROG(nmi_defer_irq_member, __u32 slot)
{
	(void)ctx;
	NMI_DEFER_IRQ(slot);
	return 0;
}

/* 0, and with the module 1 if a call waited already. The kernel's nearest is a timer of no time. */
static __always_inline int defer_irq_start(__u32 slot)
{
	struct irq_elem *elem;

	if (!NMI_DEFER_IN_KERNEL)
		return nmi_defer_irq_start(nmi_defer_owner, slot);
	elem = bpf_map_lookup_elem(&defer_irqs, &slot);
	return elem ? bpf_timer_start(&elem->irq, 0, BPF_F_TIMER_CPU_PIN) : -EINVAL;
}
#endif

#ifdef NMI_DEFER_WORK
static __always_inline void NMI_DEFER_WORK(__u32 slot);

NMI_DEFER_MAP(work, bpf_wq);

static int defer_work_callback(void *map, int *slot, void *elem)
{
	(void)map;
	(void)elem;
	NMI_DEFER_WORK(*slot);
	return 0;
}

SEC("struct_ops.s/work")
int BPF_PROG(nmi_defer_work_member, __u32 slot)
{
	(void)ctx;
	NMI_DEFER_WORK(slot);
	return 0;
}

/* 0, and with the module 1 if a call waited already. */
static __always_inline int defer_work_start(__u32 slot)
{
	struct work_elem *elem;

	if (!NMI_DEFER_IN_KERNEL)
		return nmi_defer_work_start(nmi_defer_owner, slot);
	elem = bpf_map_lookup_elem(&defer_works, &slot);
	return elem ? bpf_wq_start(&elem->work, 0) : -EINVAL;
}

/*
 * For WORK: read a task's memory, which may have to be brought in first. 0, or an error, with
 * zeros for what was to be read. The program has to define struct task_struct, be it empty.
 */
#define defer_read_task(dst, size, src, task)				\
	(NMI_DEFER_IN_KERNEL ?						\
	 bpf_copy_from_user_task((dst), (size), (src), (task), 0) :	\
	 nmi_defer_read_task((dst), (size), (src), (task)))
#endif

/* --- the module's half -------------------------------------------------------- */

SEC("struct_ops.s/init")
int BPF_PROG(nmi_defer_init_member, __u32 owner)
{
	(void)ctx;
	nmi_defer_owner = owner;
	return 0;
}

SEC(".struct_ops.link")
struct nmi_defer_ops nmi_defer_members = {
	.init = (void *)nmi_defer_init_member,
#ifdef NMI_DEFER_TIMER
	.timer = (void *)nmi_defer_timer_member,
#endif
#ifdef NMI_DEFER_IRQ
	.irq = (void *)nmi_defer_irq_member,
#endif
#ifdef NMI_DEFER_WORK
	.work = (void *)nmi_defer_work_member,
#endif
	.nr_slots = NMI_DEFER_SLOTS,
	.name = NMI_DEFER_NAME,
};

/* --- the kernel's half -------------------------------------------------------- */

static __noinline int nmi_defer_setup_slot(__u32 slot)
{
	int err = 0;

#ifdef NMI_DEFER_TIMER
	struct timer_elem *timer = bpf_map_lookup_elem(&defer_timers, &slot);

	if (!timer)
		return -EINVAL;
	err = err ?: bpf_timer_init(&timer->timer, &defer_timers, 1 /* CLOCK_MONOTONIC */);
	err = err ?: bpf_timer_set_callback(&timer->timer, defer_timer_callback);
#endif
#ifdef NMI_DEFER_IRQ
	struct irq_elem *irq = bpf_map_lookup_elem(&defer_irqs, &slot);

	if (!irq)
		return -EINVAL;
	err = err ?: bpf_timer_init(&irq->irq, &defer_irqs, 1 /* CLOCK_MONOTONIC */);
	err = err ?: bpf_timer_set_callback(&irq->irq, defer_irq_callback);
#endif
#ifdef NMI_DEFER_WORK
	struct work_elem *work = bpf_map_lookup_elem(&defer_works, &slot);

	if (!work)
		return -EINVAL;
	err = err ?: bpf_wq_init(&work->work, &defer_works, 0);
	if (bpf_ksym_exists(bpf_wq_set_callback))
		err = err ?: bpf_wq_set_callback(&work->work, defer_work_callback, 0);
	else
		err = err ?: bpf_wq_set_callback_impl(&work->work, defer_work_callback, 0, NULL);
#endif
	return err;
}

/* Run once by the loader, before all others. */
SEC("syscall")
int nmi_defer_setup(__u32 *nr_slots)
{
	int err = 0, slot;

	bpf_for(slot, 0, (int)*nr_slots) {
		err = nmi_defer_setup_slot(slot);
		if (err)
			break;
	}
	return err;
}

#endif
