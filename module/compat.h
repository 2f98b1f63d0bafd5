/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What differs between the kernels this project builds for, as named features.
 * Nothing else in the tree compares kernel versions.
 */
#ifndef WSDUMP_MODULE_COMPAT_H
#define WSDUMP_MODULE_COMPAT_H

#include <linux/btf.h>
#include <linux/btf_ids.h>
#include <linux/kconfig.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
#error "this kernel is too old: its verifier knows no acquire and release kfuncs for syscall programs, 6.1 is the first that does"
#endif

#if !IS_ENABLED(CONFIG_PM_SLEEP)
#error "this kernel is built without CONFIG_PM_SLEEP, so it has no wakeup sources"
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

/* "driver core: class: remove struct class_interface * from callbacks", 6.4 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
#define CLASS_INTERFACE_ARGS struct device *dev
#else
#define CLASS_INTERFACE_ARGS struct device *dev, struct class_interface *interface
#endif

#endif
