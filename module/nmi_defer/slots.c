// SPDX-License-Identifier: GPL-2.0-only
/* What the slots of an owner set off, and the commands for it. */
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>

#include "nmi_defer.h"

static struct workqueue_struct *workers;

/* This CPU runs an irq member. Written with interrupts off. */
static DEFINE_PER_CPU(bool, in_irq_member);

/* --- what is set off ---------------------------------------------------------- */

static enum hrtimer_restart timer_fires(struct hrtimer *timer)
{
	struct nmi_defer_slot *slot = container_of(timer, struct nmi_defer_slot, timer);
	unsigned long flags;
	bool armed;

	raw_spin_lock_irqsave(&slot->lock, flags);
	armed = slot->armed;
	if (!hrtimer_is_queued(timer))	/* else it was started since it expired */
		slot->armed = false;
	raw_spin_unlock_irqrestore(&slot->lock, flags);
	if (armed)
		slot->owner->ops->timer(slot->nr);
	return HRTIMER_NORESTART;	/* the member may have started it again */
}

static void irq_fires(struct irq_work *irq)
{
	struct nmi_defer_slot *slot = container_of(irq, struct nmi_defer_slot, irq);

	__this_cpu_write(in_irq_member, true);
	slot->owner->ops->irq(slot->nr);
	__this_cpu_write(in_irq_member, false);
}

static void work_runs(struct work_struct *work)
{
	struct nmi_defer_slot *slot = container_of(work, struct nmi_defer_slot, work);

	slot->owner->ops->work(slot->nr);
}

/* --- commands ----------------------------------------------------------------- */

/* Both with the slot's lock held. */
static int timer_do(struct nmi_defer_slot *slot, u64 command)
{
	bool armed = slot->armed;
	enum hrtimer_mode mode;
	int ret;

	slot->armed = command & TIMER_START;
	if (command & TIMER_CANCEL) {
		/*
		 * Where the member runs this does nothing, even if the timer has been started
		 * again since. It is not @armed then, and will expire without a call.
		 */
		ret = hrtimer_try_to_cancel(&slot->timer);
		return armed ? 1 : min(ret, 0);
	}

	mode = command & TIMER_ABS ? HRTIMER_MODE_ABS_SOFT : HRTIMER_MODE_REL_SOFT;
	if (command & TIMER_PIN)
		mode |= HRTIMER_MODE_PINNED;
	hrtimer_start(&slot->timer, ns_to_ktime(command & TIMER_NSEC), mode);
	return 0;
}

static int work_do(struct nmi_defer_slot *slot, enum work_command command)
{
	if (command == WORK_START)
		return !queue_work(workers, &slot->work);
	if (cancel_work(&slot->work))
		return 1;
	return work_busy(&slot->work) & WORK_BUSY_RUNNING ? -1 : 0;
}

/*
 * Takes the commands after the irq_work is no longer pending: one that is given after that
 * queues it again, maybe on another CPU, where this function then waits for the lock.
 */
static void deferred_run(struct irq_work *deferred)
{
	struct nmi_defer_slot *slot = container_of(deferred, struct nmi_defer_slot, deferred);
	enum work_command work;
	unsigned long flags;
	u64 timer;

	raw_spin_lock_irqsave(&slot->lock, flags);
	timer = xchg(&slot->timer_command, 0);
	if (timer)
		timer_do(slot, timer);
	work = xchg(&slot->work_command, WORK_NOTHING);
	if (work)
		work_do(slot, work);
	raw_spin_unlock_irqrestore(&slot->lock, flags);
}

/* As in 7.x: the locks of timers and of work may be held where interrupts are off. */
static bool must_defer(void)
{
	return in_hardirq() || irqs_disabled();
}

int timer_command(u32 id, u32 nr, u64 command)
{
	struct nmi_defer_slot *slot;
	unsigned long flags;
	u64 waiting;
	int ret;

	guard(rcu)();
	slot = find_slot(id, nr);
	if (IS_ERR(slot))
		return PTR_ERR(slot);
	if (!slot->owner->ops->timer)
		return -EINVAL;

	if (must_defer()) {
		/* ordered before the irq_work by the atomic that it is claimed with */
		WRITE_ONCE(slot->timer_command, command);
		irq_work_queue(&slot->deferred);
		return command & TIMER_CANCEL ? -ECANCELED : 0;
	}

	raw_spin_lock_irqsave(&slot->lock, flags);
	waiting = xchg(&slot->timer_command, 0);
	ret = timer_do(slot, command);
	raw_spin_unlock_irqrestore(&slot->lock, flags);
	/* a start that was never carried out is cancelled as well */
	return command & TIMER_CANCEL && waiting & TIMER_START ? 1 : ret;
}

int work_command(u32 id, u32 nr, enum work_command command)
{
	struct nmi_defer_slot *slot;
	enum work_command waiting;
	unsigned long flags;
	int ret;

	guard(rcu)();
	slot = find_slot(id, nr);
	if (IS_ERR(slot))
		return PTR_ERR(slot);
	if (!slot->owner->ops->work)
		return -EINVAL;

	if (must_defer()) {
		waiting = xchg(&slot->work_command, command);
		irq_work_queue(&slot->deferred);
		if (command == WORK_CANCEL)
			return -ECANCELED;
		return waiting == WORK_START || work_pending(&slot->work);
	}

	raw_spin_lock_irqsave(&slot->lock, flags);
	waiting = xchg(&slot->work_command, WORK_NOTHING);
	ret = work_do(slot, command);
	raw_spin_unlock_irqrestore(&slot->lock, flags);
	return command == WORK_CANCEL && waiting == WORK_START && !ret ? 1 : ret;
}

int irq_command(u32 id, u32 nr)
{
	struct nmi_defer_slot *slot;

	guard(rcu)();
	slot = find_slot(id, nr);
	if (IS_ERR(slot))
		return PTR_ERR(slot);
	if (!slot->owner->ops->irq)
		return -EINVAL;
	if (irqs_disabled() && !in_nmi() && __this_cpu_read(in_irq_member))
		return -EDEADLK;
	return !irq_work_queue(&slot->irq);
}

/* --- from the first to the last ----------------------------------------------- */

void slots_init(struct nmi_defer_owner *owner)
{
	u32 i;

	for (i = 0; i < owner->nr_slots; i++) {
		struct nmi_defer_slot *slot = &owner->slots[i];

		slot->owner = owner;
		slot->nr = i;
		raw_spin_lock_init(&slot->lock);
		slot->deferred = IRQ_WORK_INIT_HARD(deferred_run);
		slot->irq = IRQ_WORK_INIT_HARD(irq_fires);
		hrtimer_setup(&slot->timer, timer_fires, CLOCK_MONOTONIC, HRTIMER_MODE_REL_SOFT);
		INIT_WORK(&slot->work, work_runs);
	}
}

/* A command arms a timer or queues work. A member sets off nothing, as nobody can any more. */
void slots_stop(struct nmi_defer_owner *owner)
{
	u32 i;

	for (i = 0; i < owner->nr_slots; i++) {
		struct nmi_defer_slot *slot = &owner->slots[i];

		irq_work_sync(&slot->irq);
		irq_work_sync(&slot->deferred);
		hrtimer_cancel(&slot->timer);
		cancel_work_sync(&slot->work);
	}
}

int slots_prepare(void)
{
	/* not bound to the CPU that took the NMI, which may be busy for long */
	workers = alloc_workqueue("nmi_defer", WQ_UNBOUND, 0);
	return workers ? 0 : -ENOMEM;
}

void slots_finish(void)
{
	destroy_workqueue(workers);
}
