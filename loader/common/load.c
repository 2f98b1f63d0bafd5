// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include <linux/version.h>

#define LOG_SIZE (16U * 1024 * 1024)

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

int load_failed(int err, struct fail *why)
{
	if (load_may_lack(err))
		return fail(why, "the kernel refused the BPF program: %s: -v prints its reasons",
			    strerror(-err));
	return fail_errno(why, STEP_BPF, -err, "can't load the BPF program");
}

bool load_may_lack(int err)
{
	return !fail_way_out(STEP_BPF, -err);
}

unsigned int load_kernel_version(void)
{
	unsigned long major, minor = 0;
	struct utsname uts;
	char *end;

	uname(&uts);
	major = strtoul(uts.release, &end, 10);
	if (*end == '.')
		minor = strtoul(end + 1, NULL, 10);
	/* what stands behind differs between makers, and nothing here depends on it */
	return KERNEL_VERSION(major, minor, 0);
}
