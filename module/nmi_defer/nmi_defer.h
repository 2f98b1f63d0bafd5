/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_MODULE_NMI_DEFER_H
#define WSDUMP_MODULE_NMI_DEFER_H

#include <linux/hrtimer.h>
#include <linux/irq_work.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#include "../compat.h"

#define NMI_DEFER_MAX_OWNERS	32
#define NMI_DEFER_MAX_SLOTS	1024
#define NMI_DEFER_NAME_LEN	16

/**
 * struct nmi_defer_ops - what a BPF program attaches to become an owner
 * @init: called once, before all others, with the id that kfuncs take; the owner exists already,
 *	  so that it may start what it likes. Not 0 is an error, which attaching fails with.
 *	  May sleep
 * @timer: called in softirq
 * @irq: called with interrupts off, when the CPU that asked for it takes interrupts
 * @work: called in a kernel thread. May sleep
 * @nr_slots: 1 to NMI_DEFER_MAX_SLOTS
 * @name: letters, digits and the characters -_. with a NUL behind them, for people
 *
 * A member that is absent can't be started. One of @timer, @irq and @work has to be there.
 * Members of one owner may run at the same time, and so may one member for several slots; @irq
 * even for one slot, if two CPUs ask.
 */
struct nmi_defer_ops {
	int (*init)(u32 owner);
	void (*timer)(u32 slot);
	void (*irq)(u32 slot);
	void (*work)(u32 slot);
	u32 nr_slots;
	char name[NMI_DEFER_NAME_LEN];
};

struct nmi_defer_owner;

/**
 * struct nmi_defer_slot - what one slot of an owner can set off
 * @owner: whose it is
 * @nr: which of its slots
 * @work_command: what @deferred has to do to @work, one of enum work_command
 * @timer_command: what it has to do to @timer; 0 for nothing
 * @armed: @timer is to call its member, when it expires; under @lock
 * @lock: one at a time carries commands out. Taken by @deferred, and where interrupts were on
 *	  before; so never in NMI
 * @deferred: carries out commands of who could not
 * @irq: calls the member of this name
 * @timer: likewise
 * @work: likewise
 *
 * Both irq_works are hard ones: on PREEMPT_RT others run in a thread, at some time.
 */
struct nmi_defer_slot {
	struct nmi_defer_owner *owner;
	u32 nr;
	u32 work_command;
	u64 timer_command;
	bool armed;
	raw_spinlock_t lock;
	struct irq_work deferred;
	struct irq_work irq;
	struct hrtimer timer;
	struct work_struct work;
};

/**
 * struct nmi_defer_owner - an attached struct_ops map
 * @ops: its members, which outlive the owner: the kernel frees them after unreg()
 * @id: index in the table of owners, with a generation above it
 * @nr_slots: how many @slots has
 * @slots: by number
 */
struct nmi_defer_owner {
	const struct nmi_defer_ops *ops;
	u32 id;
	u32 nr_slots;
	struct nmi_defer_slot slots[] __counted_by(nr_slots);
};

/* slots.c */

/* A timer's command: one store, in NMI, writes all of it. */
#define TIMER_NSEC	GENMASK_ULL(58, 0)
#define TIMER_ABS	BIT_ULL(59)
#define TIMER_PIN	BIT_ULL(60)
#define TIMER_START	BIT_ULL(61)
#define TIMER_CANCEL	BIT_ULL(62)

enum work_command {
	WORK_NOTHING,
	WORK_START,
	WORK_CANCEL,
};

/**
 * timer_command() - give a timer's command, or carry it out
 *
 * This and the other two are what kfuncs do, and return what these return.
 *
 * Context: any.
 */
int timer_command(u32 id, u32 nr, u64 command);

int work_command(u32 id, u32 nr, enum work_command command);
int irq_command(u32 id, u32 nr);

/** slots_init() - make all slots of an owner, whose other fields are set */
void slots_init(struct nmi_defer_owner *owner);

/**
 * slots_stop() - wait for all that has been set off
 *
 * Nobody may be giving commands any more, nor begin to.
 *
 * Context: may sleep.
 */
void slots_stop(struct nmi_defer_owner *owner);

int slots_prepare(void);	/* what all slots need; returns 0 or an error */
void slots_finish(void);

/* owners.c */

/**
 * find_slot() - a slot by the id of its owner and its number
 *
 * Context: any, under rcu_read_lock(), as long as which the slot exists.
 * Return: the slot, or ERR_PTR(): -ENOENT without such an owner, -EINVAL without such a slot,
 *	   -ENODEV on a CPU that goes offline.
 */
struct nmi_defer_slot *find_slot(u32 id, u32 nr);

int owners_register(void);	/* the type of struct_ops; returns 0 or an error */

#endif
