// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
#include "fail.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

/* The first line of a file without its newline; returns false where it can't be read. */
static bool read_line(const char *path, char *line, size_t size)
{
	FILE *f = fopen(path, "re");
	bool read = f && fgets(line, (int)size, f);

	if (f)
		fclose(f);
	if (read)
		line[strcspn(line, "\n")] = '\0';
	return read;
}

static bool in_user_namespace(void)
{
	unsigned long inside, outside, count;
	char line[64], *end;

	if (!read_line("/proc/self/uid_map", line, sizeof(line)))
		return false;
	inside = strtoul(line, &end, 10);
	outside = strtoul(end, &end, 10);
	count = strtoul(end, &end, 10);
	/* in the first one all ids are themselves */
	return inside || outside || count != UINT32_MAX;
}

static bool sysctl_is(const char *path, const char *value)
{
	char line[64];

	return read_line(path, line, sizeof(line)) && !strcmp(line, value);
}

static bool jit_is_off(void)
{
	return sysctl_is("/proc/sys/net/core/bpf_jit_enable", "0");
}

static bool is_preempt_rt(void)
{
	struct utsname uts;

	return !uname(&uts) && strstr(uts.version, "PREEMPT_RT");
}

static bool modules_are_disabled(void)
{
	return sysctl_is("/proc/sys/kernel/modules_disabled", "1");
}

#define ANY_STEP (-1)

/* The first line that fits counts. */
static const struct {
	int step, err;
	bool (*if_so)(void);	/* holds only then; may be NULL */
	const char *says;
} ways_out[] = {
	{ STEP_BPF, EPERM, in_user_namespace,
	  "the kernel takes no BPF programs from a user namespace: run it outside of the container" },
	{ STEP_BPF, EPERM, NULL,
	  "the capabilities are there, so a seccomp filter or a security module forbids bpf(2), as in most containers: run it outside" },
	{ STEP_BPF, ENOSYS, NULL,
	  "the kernel is built without CONFIG_BPF_SYSCALL, or a seccomp filter hides bpf(2)" },
	{ STEP_BPF, EAGAIN, NULL, "the kernel was interrupted each time: try again" },
	{ STEP_BPF, EBUSY, NULL, "another process is using it: try again" },
	{ STEP_BPF, KERNEL_ENOTSUPP, jit_is_off,
	  "the kernel's JIT compiler for BPF is off: run 'sysctl net.core.bpf_jit_enable=1' as root" },
	{ STEP_BPF, KERNEL_ENOTSUPP, NULL,
	  "the kernel's JIT compiler for BPF had no memory: raise net.core.bpf_jit_limit with sysctl" },
	{ STEP_BPF, EOPNOTSUPP, is_preempt_rt,
	  "this kernel has PREEMPT_RT, and takes no program with a bpf_timer: run it on one without" },
	{ STEP_MODULE, EPERM, modules_are_disabled,
	  "kernel.modules_disabled is 1, which lasts until the next boot: have it loaded at boot, before that is set" },
	{ STEP_MODULE, EPERM, NULL,
	  "a seccomp filter or a security module forbids it, as in most containers: run 'modprobe' outside" },
	{ STEP_PROCESS, EAGAIN, NULL,
	  "too many processes: raise the limit, see 'ulimit -u', or pids.max of its control group" },
	{ STEP_PROCESS, EPERM, NULL, "a seccomp filter or a security module forbids it" },
	{ STEP_RIGHTS, EPERM, NULL, "a seccomp filter or a security module forbids it" },
	{ STEP_OTHER, EPERM, NULL, "a seccomp filter or a security module forbids it" },
	{ STEP_OTHER, EAGAIN, NULL, "raise the limit of locked memory, see 'ulimit -l'" },
	{ ANY_STEP, ENOSYS, NULL, "the kernel lacks this system call, or a seccomp filter hides it" },
	{ ANY_STEP, EMFILE, NULL, "raise the limit of open files, see 'ulimit -n'" },
	{ ANY_STEP, ENFILE, NULL, "raise the system's limit of open files, fs.file-max, with sysctl" },
	{ ANY_STEP, ENOMEM, NULL,
	  "free memory, or raise the limit of this process, see 'ulimit -v', or memory.max of its control group" },
};

#define NR_WAYS_OUT (sizeof(ways_out) / sizeof(ways_out[0]))

const char *fail_way_out(enum step step, int err)
{
	for (size_t i = 0; i < NR_WAYS_OUT; i++)
		if (ways_out[i].err == err &&
		    (ways_out[i].step == ANY_STEP || ways_out[i].step == (int)step) &&
		    (!ways_out[i].if_so || ways_out[i].if_so()))
			return ways_out[i].says;
	return NULL;
}

int fail(struct fail *why, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(why->text, sizeof(why->text), fmt, args);
	va_end(args);
	return -1;
}

int fail_errno(struct fail *why, enum step step, int err, const char *fmt, ...)
{
	const char *way_out = fail_way_out(step, err);
	va_list args;
	size_t used;

	va_start(args, fmt);
	vsnprintf(why->text, sizeof(why->text), fmt, args);
	va_end(args);
	used = strlen(why->text);
	snprintf(why->text + used, sizeof(why->text) - used, ": %s%s%s",
		 err == KERNEL_ENOTSUPP ? "Operation not supported" : strerror(err),
		 way_out ? ": " : "", way_out ? way_out : "");
	return -1;
}
