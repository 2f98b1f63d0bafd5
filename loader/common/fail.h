/* SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause */
/* One line for the user: what failed, where, and what to do about it. */
#ifndef WSDUMP_LOADER_FAIL_H
#define WSDUMP_LOADER_FAIL_H

struct fail {
	char text[640];
};

/**
 * fail() - note why something failed
 * @why: where to note it; an earlier reason is replaced
 * @fmt: printf format of one line, without the program's name or a newline
 *
 * Return: -1, for the caller to return.
 */
int fail(struct fail *why, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/**
 * enum step - what the kernel was asked for when it returned an error
 *
 * The same error means something else, and has another way out, in another step.
 */
enum step {
	STEP_BPF,	/* bpf(2), with the capabilities for it */
	STEP_MODULE,	/* loading a module */
	STEP_PROCESS,	/* starting one */
	STEP_RIGHTS,	/* giving up what this process may do */
	STEP_FILE,	/* opening, writing, renaming, removing a file */
	STEP_OTHER,
};

/* The kernel's ENOTSUPP, which user space has no name for. */
#define KERNEL_ENOTSUPP 524

/**
 * fail_errno() - note why something failed, by the error that the kernel returned
 * @step: in which step
 * @err: the error, larger than 0
 * @fmt: as for fail(), what could not be done
 *
 * What the error is called is added, and the way out where there is one.
 *
 * Return: -1.
 */
int fail_errno(struct fail *why, enum step step, int err, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/** fail_way_out() - the way out by step and error; NULL where the error alone tells of none */
const char *fail_way_out(enum step step, int err);

#endif
