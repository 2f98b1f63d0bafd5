/* SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause */
/*
 * May this process load BPF programs that call certain kfuncs on this kernel, and
 * if not, what is in the way? Knows nothing of what the kfuncs do.
 */
#ifndef WSDUMP_LOADER_KFUNCS_H
#define WSDUMP_LOADER_KFUNCS_H

#include <stdbool.h>
#include <stddef.h>

#include "fail.h"

/**
 * struct kfuncs - a set of kfuncs, and who offers it
 * @kfunc: one of the set; the kernel or a module has all of them or none
 * @module: the module that brings them to kernels without
 * @package: the module's name in DKMS
 * @subsystem_func: kernel function that exists when the subsystem is built in
 * @subsystem_config: the option that builds it in
 * @subsystem_lack: what a kernel without it lacks, for the message
 * @bpf_needs: functions of the kernel that the program calls besides, NULL at the end
 * @oldest: the oldest kernel version that the program and the module are for
 */
struct kfuncs {
	const char *kfunc;
	const char *module;
	const char *package;
	const char *subsystem_func;
	const char *subsystem_config;
	const char *subsystem_lack;
	const char *const *bpf_needs;
	const char *oldest;
};

/**
 * kfuncs_may_load_bpf() - does the process have the capabilities?
 *
 * Return: 0, or -1 with the reason in @why.
 */
int kfuncs_may_load_bpf(struct fail *why);

/**
 * kfuncs_provide() - after a program did not load: find out why, mend it if possible
 *
 * The one thing that can be mended is a module that is installed and not loaded.
 *
 * Return: 1 when a module was loaded and another try makes sense; 0 when nothing
 * is wrong with the kernel as far as can be told; -1 with the reason in @why.
 */
int kfuncs_provide(const struct kfuncs *set, struct fail *why);

/**
 * kfuncs_load() - load a program that needs a set, and the module if that can be done
 * @set: the kfuncs
 * @first: loads the program; returns 0 or a negative errno
 * @second: likewise, in the form for other kernels
 * @arg: handed to both
 *
 * Return: 0, or a negative errno with the reason in @why: -ENOSYS where they are missing.
 */
int kfuncs_load(const struct kfuncs *set, int (*first)(void *arg), int (*second)(void *arg),
		void *arg, struct fail *why);

/**
 * kfuncs_origin() - where a set comes from on this kernel, for people
 * @buf: where to write that
 * @size: bytes of it
 *
 * Loads nothing, and needs no capabilities.
 */
void kfuncs_origin(const struct kfuncs *set, char *buf, size_t size);

#endif
