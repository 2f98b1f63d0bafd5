/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What differs between the kernels this project builds for, as named features.
 * Nothing else in the tree compares kernel versions.
 */
#ifndef WSDUMP_MODULE_COMPAT_H
#define WSDUMP_MODULE_COMPAT_H

#include <linux/btf.h>
#include <linux/btf_ids.h>
#include <linux/hrtimer.h>
#include <linux/kconfig.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
#error "this kernel is too old: its verifier knows no acquire and release kfuncs for syscall programs, 6.1 is the first that does"
#endif

#if !IS_ENABLED(CONFIG_DEBUG_INFO_BTF_MODULES)
#error "this kernel is built without CONFIG_DEBUG_INFO_BTF_MODULES, so no module can offer kfuncs to BPF programs"
#endif

/* Kbuild says it; build systems that write a Kbuild themselves, as Android's, don't. */
#ifndef WAKEUP_KFUNCS_VERSION
#define WAKEUP_KFUNCS_VERSION "unknown"
#endif

/* 6.12 (seen; 6.1 refuses): a kfunc may return void *, a scalar to the verifier. */
#define HAVE_KFUNC_RETURNING_VOID_PTR \
	(LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0))

/*
 * 7.2: the kernel has the kfuncs itself, and refuses those of a module (seen). The module
 * is built there by tests only, which see it get that far.
 */
#define HAVE_WAKEUP_KFUNCS (LINUX_VERSION_CODE >= KERNEL_VERSION(7, 2, 0))

/* 908a1d775422 ("hrtimers: Introduce hrtimer_setup() to replace hrtimer_init()"), 6.13 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 13, 0)
static inline void hrtimer_setup(struct hrtimer *timer,
				 enum hrtimer_restart (*func)(struct hrtimer *),
				 clockid_t clock, enum hrtimer_mode mode)
{
	hrtimer_init(timer, clock, mode);
	timer->function = func;
}
#endif

/* 57e7c169cd6a ("bpf: Add __bpf_kfunc tag for marking kernel functions as kfuncs"), 6.3 */
#ifndef __bpf_kfunc
#define __bpf_kfunc __used noinline
#endif

/* 391145ba2acc ("bpf: Add __bpf_kfunc_{start,end}_defs macros"), 6.7 */
#ifndef __bpf_kfunc_start_defs
#define __bpf_kfunc_start_defs()					\
	__diag_push();							\
	__diag_ignore_all("-Wmissing-declarations", "called by BPF");	\
	__diag_ignore_all("-Wmissing-prototypes", "called by BPF")
#define __bpf_kfunc_end_defs() __diag_pop()
#endif

/* 6f3189f38a3e ("bpf: treewide: Annotate BPF kfuncs in BTF"), 6.9 */
#ifndef BTF_KFUNCS_START
#define BTF_KFUNCS_START(name) BTF_SET8_START(name)
#define BTF_KFUNCS_END(name) BTF_SET8_END(name)
#endif

/* 7.3 has it no more (seen): all pointers that kfuncs get are trusted there. */
#ifndef KF_TRUSTED_ARGS
#define KF_TRUSTED_ARGS 0
#endif

/* "driver core: class: remove struct class_interface * from callbacks", 6.4 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
#define CLASS_INTERFACE_ARGS struct device *dev
#else
#define CLASS_INTERFACE_ARGS struct device *dev, struct class_interface *interface
#endif

/* --- dma-bufs --- */

/* 06accc8779c1 ("bpf: add support for open-coded iterator loops"), 6.4 */
#ifdef KF_ITER_NEW
#define HAVE_KF_ITER 1
#else
#define HAVE_KF_ITER 0
#endif

/*
 * 6.16: the kernel has the iterator itself. The module is built there by tests only, which see
 * that it is refused.
 */
#define HAVE_DMABUF_ITER (LINUX_VERSION_CODE >= KERNEL_VERSION(6, 16, 0))

#if !HAVE_DMABUF_ITER && !IS_ENABLED(CONFIG_DEBUG_FS)
#define DMABUF_LIST_MISSING 1	/* 6.12 has the list with it only, 6.1 always */
#endif

/* cdd30ebb1b9f ("module: Convert symbol namespace to string literal"), 6.13 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
#define IMPORT_DMA_BUF MODULE_IMPORT_NS("DMA_BUF")
#else
#define IMPORT_DMA_BUF MODULE_IMPORT_NS(DMA_BUF)
#endif

/*
 * dmabuf_get_live(buf): take a reference to a dma-buf, unless it has none left.
 *
 * 61d4fb0b349e ("file, i915: fix file reference for mmap_singleton()"), 6.7, has a function for
 * it, and 90ee6ed776c0 ("fs: port files to file_ref"), 6.13, takes the counter away.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
#define dmabuf_get_live(buf) get_file_active(&(buf)->file)
#else
#define dmabuf_get_live(buf) atomic_long_inc_not_zero(&(buf)->file->f_count)
#endif

/*
 * What the kernel's list of dma-bufs and its mutex are called, the latter if it stands alone:
 * a struct of both (seen in 6.1); two variables (seen in 6.12); the same renamed in
 * 89f9dba365e1 ("dma-buf: Rename debugfs symbols"), 6.16, for whoever took that earlier.
 */
#define DMABUF_LIST_NAMES				\
	{ "db_list", NULL },				\
	{ "debugfs_list", "debugfs_list_mutex" },	\
	{ "dmabuf_list", "dmabuf_list_mutex" }

/* Does a task wait for this mutex, which the caller holds? It is another thing with PREEMPT_RT. */
#ifdef CONFIG_PREEMPT_RT
#define mutex_has_waiter(lock) (!RB_EMPTY_ROOT(&(lock)->rtmutex.waiters.rb_root))
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(7, 2, 0)	/* seen; 6.12 has the other */
#define mutex_has_waiter(lock) (!!READ_ONCE((lock)->first_waiter))
#else
#define mutex_has_waiter(lock) (!list_empty(&(lock)->wait_list))
#endif

/* --- cpufreq --- */

/*
 * 6.9: f6be98d19985 ("bpf, net: switch to dynamic registration"), struct_ops from modules: a
 * type that they register. cpufreq_ext is for kernels with that.
 */
#define HAVE_STRUCT_OPS_OF_MODULES (LINUX_VERSION_CODE >= KERNEL_VERSION(6, 9, 0))

/* 66c8473135c6 ("bpf: move sleepable flag from bpf_prog_aux to bpf_prog"), 6.10 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 10, 0)
#define PROG_SLEEPABLE(prog) ((prog)->sleepable)
#else
#define PROG_SLEEPABLE(prog) ((prog)->aux->sleepable)
#endif

/*
 * b04e317b5226 ("treewide: Introduce kthread_run_worker[_on_cpu]()"), 6.14. What was called
 * kthread_create_worker() before starts the worker as well.
 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 14, 0)
#define kthread_run_worker kthread_create_worker
#endif

/*
 * Of sched_setattr_nocheck(), for the thread of a cpufreq governor, which no admission test
 * is to keep from running. The value is that of kernel/sched/sched.h, since 4.16.
 */
#define SCHED_FLAG_SUGOV 0x10000000

#endif
