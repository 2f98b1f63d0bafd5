/* SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause */
/*
 * Loading a light skeleton, as bpftool makes it of a BPF program: what all of them have in
 * common. They differ in type, so the calls of a skeleton's own functions are its user's.
 */
#ifndef WSDUMP_LOADER_LOAD_H
#define WSDUMP_LOADER_LOAD_H

#include <errno.h>
#include <stdbool.h>

#include <bpf/skel_internal.h>

#include "fail.h"

/**
 * LOAD() - load a skeleton, again when that was interrupted
 * @call: the skeleton's load function, called with it
 *
 * The verifier gives up with EAGAIN when a signal is pending, and one seems to be when
 * the system goes to sleep: that is how tasks are told to stand still. They do on the way
 * out of the call, so the next one comes after the system woke up. A slow machine that goes to
 * sleep every second meets several of these.
 *
 * Return: 0, or a negative errno.
 */
#define LOAD(call) ({						\
	int left_ = 100, err_;					\
								\
	do {							\
		err_ = (call);					\
	} while (err_ == -EAGAIN && --left_);			\
	err_; })

/**
 * LOAD_SKELETON() - open a skeleton, load it, take from it what is needed, and let it go
 * @type: its type, by which its functions are called
 * @verbose: print the verifier's log on stderr
 * @before: statements about @skel, the skeleton, before it is loaded
 * @after: likewise, when it has been loaded. Descriptors that are to stay are set to 0 there
 *
 * Return: 0, or a negative errno.
 */
#define LOAD_SKELETON(type, verbose, before, after) ({		\
	struct type *skel = type##__open();			\
	int loaded_ = -ENOMEM;					\
								\
	if (skel) {						\
		before;						\
		if (verbose)					\
			load_log_begin(&skel->ctx);		\
		loaded_ = LOAD(type##__load(skel));		\
		load_log_end(&skel->ctx);			\
		if (!loaded_) {					\
			after;					\
		}						\
		type##__destroy(skel);				\
	}							\
	loaded_; })

/* Take a descriptor out of a skeleton. */
static inline int load_take(int *fd)
{
	int taken = *fd;

	*fd = 0;
	return taken;
}

/**
 * load_log_begin() - have the verifier write a log, for the load to come
 * @ctx: the skeleton's
 *
 * Does nothing where there is no memory for it.
 */
void load_log_begin(struct bpf_loader_ctx *ctx);

/** load_log_end() - print the log on stderr; does nothing if there is none */
void load_log_end(struct bpf_loader_ctx *ctx);

/**
 * load_failed() - say why a skeleton was not loaded
 * @err: what LOAD() returned
 *
 * Return: -1, with the reason in @why.
 */
int load_failed(int err, struct fail *why);

/**
 * load_may_lack() - may it be that the kernel lacks something that the program needs?
 * @err: what LOAD() returned
 *
 * Return: whether a look at what the kernel has makes sense.
 */
bool load_may_lack(int err);

/** load_kernel_version() - of the running kernel, as KERNEL_VERSION() has it */
unsigned int load_kernel_version(void);

#endif
