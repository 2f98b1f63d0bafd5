// SPDX-License-Identifier: GPL-2.0-only
/*
 * nmi_defer - what BPF programs in NMI may set off: timers, interrupts, work that sleeps
 *
 * From Linux 7.0 on bpf_timer and bpf_wq may be used in NMI. A module can't give that to those of
 * older kernels, as their state is in map values and their callbacks are the verifier's business.
 * So this has objects of its own. An owner is a struct_ops map of type nmi_defer_ops, whose
 * members are the callbacks, and has some slots. A slot is a timer, an interrupt and a piece of
 * work, which kfuncs start by the owner's id and the slot's number, in any context.
 *
 * In NMI, and wherever interrupts are off, a kfunc takes no lock and allocates nothing. It leaves
 * a command in the slot and queues the slot's irq_work, which runs on the same CPU as soon as
 * that CPU takes interrupts. A command not yet carried out is replaced by the next: the latest
 * wins. Elsewhere commands are carried out at once, and replace one that waits as well.
 *
 * Lifetimes: kfuncs find the owner under RCU, in a table. Whoever takes an owner out of the table
 * waits for a grace period, and from then on nobody gives commands to it; then for what is
 * queued, armed or running, in the order in which one of these may set off the next; then the
 * memory is freed, see slots_stop(). An id has a generation in it, so that whoever keeps one for
 * too long does not reach who comes next.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/bpf.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/printk.h>

#include "../module_btf.h"
#include "nmi_defer.h"

/* Called by BPF programs only, but sparse wants to have heard of them. */
__bpf_kfunc int nmi_defer_timer_start(u32 owner, u32 slot, u64 nsec, u64 flags);
__bpf_kfunc int nmi_defer_timer_cancel_async(u32 owner, u32 slot);
__bpf_kfunc int nmi_defer_irq_start(u32 owner, u32 slot);
__bpf_kfunc int nmi_defer_work_start(u32 owner, u32 slot);
__bpf_kfunc int nmi_defer_work_cancel_async(u32 owner, u32 slot);
__bpf_kfunc int nmi_defer_read_task(void *dst, u32 dst__sz, const void __user *src__ign,
				    struct task_struct *task);

__bpf_kfunc_start_defs();

/**
 * nmi_defer_timer_start - have the timer member called after some time
 * @owner: what the init member was told
 * @slot: which of the owner's slots
 * @nsec: in so many nanoseconds, below 2^59
 * @flags: BPF_F_TIMER_ABS: at this time of the monotonic clock; BPF_F_TIMER_CPU_PIN: on this CPU
 *
 * A timer that is armed gets the new time. One that is deferred is armed when this CPU takes
 * interrupts, and its relative time begins then.
 *
 * Context: any.
 * Return: 0; -EINVAL for a slot, a time or flags that there can't be, or no timer member;
 *	   -ENOENT if the owner is gone; -ENODEV on a CPU that goes offline.
 */
__bpf_kfunc int nmi_defer_timer_start(u32 owner, u32 slot, u64 nsec, u64 flags)
{
	u64 command = TIMER_START;

	if (flags & ~(BPF_F_TIMER_ABS | BPF_F_TIMER_CPU_PIN) || nsec & ~TIMER_NSEC)
		return -EINVAL;
	if (flags & BPF_F_TIMER_ABS)
		command |= TIMER_ABS;
	if (flags & BPF_F_TIMER_CPU_PIN)
		command |= TIMER_PIN;
	return timer_command(owner, slot, command | nsec);
}

/**
 * nmi_defer_timer_cancel_async - don't have the timer member called
 * @owner: what the init member was told
 * @slot: which of the owner's slots
 *
 * Never waits for a call that has begun.
 *
 * Context: any.
 * Return: 0 if the timer was not armed, 1 if it was, -1 if the member runs, -ECANCELED if this
 *	   could not be done at once and will be; -EINVAL, -ENOENT and -ENODEV as for starting.
 */
__bpf_kfunc int nmi_defer_timer_cancel_async(u32 owner, u32 slot)
{
	return timer_command(owner, slot, TIMER_CANCEL);
}

/**
 * nmi_defer_irq_start - have the irq member called as soon as this CPU takes interrupts
 * @owner: what the init member was told
 * @slot: which of the owner's slots
 *
 * A call that waits serves all who ask for it meanwhile. An irq member that asked for the next
 * call would leave its CPU no time for anything else, and so would two that asked for each
 * other; so they may not. (What runs in NMI at that time may.)
 *
 * Context: any.
 * Return: 0, or 1 if a call waits already; -EDEADLK in an irq member; -EINVAL for a slot that
 *	   there can't be, or no irq member; -ENOENT if the owner is gone; -ENODEV on a CPU
 *	   that goes offline.
 */
__bpf_kfunc int nmi_defer_irq_start(u32 owner, u32 slot)
{
	return irq_command(owner, slot);
}

/**
 * nmi_defer_work_start - have the work member called in a kernel thread, where it may sleep
 * @owner: what the init member was told
 * @slot: which of the owner's slots
 *
 * A call that waits serves all who ask for it meanwhile. Calls for a slot never overlap.
 *
 * Context: any.
 * Return: 0, or 1 if a call waits already; -EINVAL for a slot that there can't be, or no work
 *	   member; -ENOENT if the owner is gone; -ENODEV on a CPU that goes offline.
 */
__bpf_kfunc int nmi_defer_work_start(u32 owner, u32 slot)
{
	return work_command(owner, slot, WORK_START);
}

/**
 * nmi_defer_work_cancel_async - don't have the work member called
 * @owner: what the init member was told
 * @slot: which of the owner's slots
 *
 * Never waits for a call that has begun.
 *
 * Context: any.
 * Return: 0 if no call waited, 1 if one did, -1 if none waits and one runs, -ECANCELED if this
 *	   could not be done at once and will be; -EINVAL, -ENOENT and -ENODEV as for starting.
 */
__bpf_kfunc int nmi_defer_work_cancel_async(u32 owner, u32 slot)
{
	return work_command(owner, slot, WORK_CANCEL);
}

/**
 * nmi_defer_read_task - read a task's memory, bringing it in where it is paged out
 * @dst: where to
 * @dst__sz: how many bytes
 * @src__ign: where they are in the task
 * @task: the task
 *
 * For init and work members: what bpf_copy_from_user_task() is to programs of other types.
 *
 * Context: process context, may sleep.
 * Return: 0, or -EFAULT with @dst zeroed when not all of it could be read.
 */
__bpf_kfunc int nmi_defer_read_task(void *dst, u32 dst__sz, const void __user *src__ign,
				    struct task_struct *task)
{
	if (access_process_vm(task, (unsigned long)src__ign, dst, dst__sz, 0) == dst__sz)
		return 0;
	memset(dst, 0, dst__sz);
	return -EFAULT;
}

__bpf_kfunc_end_defs();

BTF_KFUNCS_START(nmi_defer_ids)
BTF_ID_FLAGS(func, nmi_defer_timer_start)
BTF_ID_FLAGS(func, nmi_defer_timer_cancel_async)
BTF_ID_FLAGS(func, nmi_defer_irq_start)
BTF_ID_FLAGS(func, nmi_defer_work_start)
BTF_ID_FLAGS(func, nmi_defer_work_cancel_async)
BTF_KFUNCS_END(nmi_defer_ids)

static const struct btf_kfunc_id_set nmi_defer_set = {
	.owner = THIS_MODULE,
	.set = &nmi_defer_ids,
};

/* Members have one more; and a module can register one set only for a type of programs. */
BTF_KFUNCS_START(nmi_defer_member_ids)
BTF_ID_FLAGS(func, nmi_defer_timer_start)
BTF_ID_FLAGS(func, nmi_defer_timer_cancel_async)
BTF_ID_FLAGS(func, nmi_defer_irq_start)
BTF_ID_FLAGS(func, nmi_defer_work_start)
BTF_ID_FLAGS(func, nmi_defer_work_cancel_async)
BTF_ID_FLAGS(func, nmi_defer_read_task, KF_SLEEPABLE | KF_TRUSTED_ARGS)
BTF_KFUNCS_END(nmi_defer_member_ids)

static const struct btf_kfunc_id_set nmi_defer_member_set = {
	.owner = THIS_MODULE,
	.set = &nmi_defer_member_ids,
};

/* Perf events and tracepoints have what tracing has. */
static const enum bpf_prog_type callers[] = {
	BPF_PROG_TYPE_TRACING,
	BPF_PROG_TYPE_KPROBE,
	BPF_PROG_TYPE_SYSCALL,
};

/*
 * Nothing is undone if a later step fails: the kernel drops sets of kfuncs and types of
 * struct_ops together with the module's BTF.
 */
static int __init register_all(void)
{
	int i, err;

	for (i = 0; i < ARRAY_SIZE(callers); i++) {
		err = register_btf_kfunc_id_set(callers[i], &nmi_defer_set);
		if (err)
			return err;
	}
	err = register_btf_kfunc_id_set(BPF_PROG_TYPE_STRUCT_OPS, &nmi_defer_member_set);
	return err ?: owners_register();
}

static int __init nmi_defer_init(void)
{
	int err;

	err = module_btf_check(THIS_MODULE, &nmi_defer_ids, 5);
	if (!err)
		err = module_btf_check(THIS_MODULE, &nmi_defer_member_ids, 6);
	if (err)
		return err;

	err = slots_prepare();
	if (err)
		return err;
	err = register_all();
	if (err) {
		pr_err("the kernel refused the kfuncs or the struct_ops type: error %d\n", err);
		slots_finish();
	}
	return err;
}

/* An attached owner, and each loaded program that calls a kfunc, hold the module. */
static void __exit nmi_defer_exit(void)
{
	slots_finish();
}

module_init(nmi_defer_init);
module_exit(nmi_defer_exit);

MODULE_AUTHOR("wsdump developers");
MODULE_DESCRIPTION("Timers, interrupts and work for BPF programs in NMI");
MODULE_VERSION(WAKEUP_KFUNCS_VERSION);
MODULE_LICENSE("GPL");
