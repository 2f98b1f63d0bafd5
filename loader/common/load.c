// SPDX-License-Identifier: GPL-2.0-only
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include <linux/version.h>

#define LOG_SIZE (16U * 1024 * 1024)

/*
 * The kernel's ENOTSUPP, which user space has no name for: of a program that calls kfuncs and
 * that no JIT compiler has translated.
 */
#define NO_JIT 524

void load_log_begin(struct bpf_loader_ctx *ctx)
{
	char *log = calloc(1, LOG_SIZE);

	if (!log)
		return;
	ctx->log_level = 1;
	ctx->log_size = LOG_SIZE;
	ctx->log_buf = (uintptr_t)log;
}

void load_log_end(struct bpf_loader_ctx *ctx)
{
	char *log = (char *)(uintptr_t)ctx->log_buf;

	if (!log)
		return;
	fputs(log, stderr);
	free(log);
	ctx->log_buf = 0;
}

/* What is in the way by errno, but for what the kernel may lack, and the way out. */
static const struct {
	int err;
	const char *says;
} causes[] = {
	{ EPERM, "bpf(2) is not permitted, though the capabilities are there: what forbids it is a seccomp filter or a security module, as in most containers" },
	{ ENOSYS, "the kernel has no bpf(2): it must be built with CONFIG_BPF_SYSCALL" },
	{ EMFILE, "too many open files: raise the limit, see 'ulimit -n'" },
	{ ENFILE, "too many open files in the system: raise fs.file-max with sysctl" },
	{ ENOMEM, "the kernel has no memory for the BPF program" },
	{ EAGAIN, "the kernel was interrupted each time that it verified the BPF program: try again" },
	{ NO_JIT, "the kernel's JIT compiler for BPF is off, or had no memory: turn it on with 'sysctl net.core.bpf_jit_enable=1' as root" },
};

#define NR_CAUSES (sizeof(causes) / sizeof(causes[0]))

static const char *cause_of(int err)
{
	for (size_t i = 0; i < NR_CAUSES; i++)
		if (causes[i].err == -err)
			return causes[i].says;
	return NULL;
}

int load_failed(int err, struct fail *why)
{
	const char *cause = cause_of(err);

	if (cause)
		return fail(why, "%s", cause);
	return fail(why, "the kernel refused the BPF program: %s: -v prints its reasons",
		    strerror(-err));
}

bool load_may_lack(int err)
{
	return !cause_of(err);
}

unsigned int load_kernel_version(void)
{
	unsigned int major = 0, minor = 0;
	struct utsname uts;

	uname(&uts);
	/* what stands behind differs between makers, and nothing here depends on it */
	if (sscanf(uts.release, "%u.%u", &major, &minor) != 2)
		return 0;
	return KERNEL_VERSION(major, minor, 0);
}
