// SPDX-License-Identifier: GPL-2.0-only
/*
 * inject - have a process make a system call, as one would that somebody has taken over
 *
 * usage: inject PID CALL [ARG...]
 *
 * An ARG is a number, s:TEXT for a pointer to a string, or x:HEX for one to bytes. Prints what the
 * call returned: a number, or the name of an error. The process goes on as before, but after an
 * execve() that did not fail.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "said.h"

#define ROOM	4096	/* for what arguments point to, below the stack */

static const struct {
	const char *name;
	long nr;
} calls[] = {
	{ "bpf", SYS_bpf }, { "capset", SYS_capset }, { "chmod", SYS_chmod },
	{ "chown", SYS_chown }, { "execve", SYS_execve }, { "init_module", SYS_init_module },
	{ "kill", SYS_kill }, { "link", SYS_link }, { "mount", SYS_mount },
	{ "openat", SYS_openat }, { "prctl", SYS_prctl }, { "ptrace", SYS_ptrace },
	{ "reboot", SYS_reboot }, { "rename", SYS_rename }, { "setgroups", SYS_setgroups },
	{ "setresgid", SYS_setresgid }, { "setresuid", SYS_setresuid }, { "unlink", SYS_unlink },
	{ "unshare", SYS_unshare },
};

static long number_of(const char *name)
{
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		if (!strcmp(calls[i].name, name))
			return calls[i].nr;
	fprintf(stderr, "inject: %s is not known\n", name);
	exit(2);
}

/* Put an argument into @bytes at *@used if it is none by itself; returns its value. */
static unsigned long argument(const char *arg, char *bytes, size_t *used, unsigned long addr)
{
	size_t begin = *used;

	if (!strncmp(arg, "s:", 2)) {
		strcpy(bytes + begin, arg + 2);
		*used += strlen(arg + 2) + 1;
	} else if (!strncmp(arg, "x:", 2)) {
		for (const char *hex = arg + 2; hex[0] && hex[1]; hex += 2) {
			const char two[] = { hex[0], hex[1], 0 };

			bytes[(*used)++] = (char)strtoul(two, NULL, 16);
		}
	} else {
		return strtoul(arg, NULL, 0);
	}
	*used = (*used + 7) & ~7UL;
	return addr + begin;
}

static void stop(pid_t pid)
{
	int status;

	need(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status), "waitpid");
}

int main(int argc, char **argv)
{
	unsigned long long *regs_of_args[6];
	struct user_regs_struct before, regs;
	struct iovec from, to;
	char bytes[ROOM] = "";
	size_t used = 0;
	long result;
	pid_t pid;
	bool exec;

	if (argc < 3 || argc > 9)
		return 2;
	pid = atoi(argv[1]);
	exec = !strcmp(argv[2], "execve");
	need(!ptrace(PTRACE_SEIZE, pid, NULL, PTRACE_O_TRACESYSGOOD), "ptrace");
	/* until it waits in a call: then before its next instruction is the one that makes it */
	for (;;) {
		need(!ptrace(PTRACE_INTERRUPT, pid, NULL, NULL), "ptrace");
		stop(pid);
		need(!ptrace(PTRACE_GETREGS, pid, NULL, &before), "ptrace");
		if ((long)before.orig_rax >= 0)
			break;
		need(!ptrace(PTRACE_CONT, pid, NULL, NULL), "ptrace");
		usleep(1000);
	}
	regs = before;
	regs.rip -= 2;
	regs.orig_rax = -1;
	regs.rax = number_of(argv[2]);
	regs_of_args[0] = &regs.rdi;
	regs_of_args[1] = &regs.rsi;
	regs_of_args[2] = &regs.rdx;
	regs_of_args[3] = &regs.r10;
	regs_of_args[4] = &regs.r8;
	regs_of_args[5] = &regs.r9;
	for (int i = 3; i < argc; i++)
		*regs_of_args[i - 3] = argument(argv[i], bytes, &used, regs.rsp - 2 * ROOM);
	from = (struct iovec) { bytes, sizeof(bytes) };
	to = (struct iovec) { (void *)(regs.rsp - 2 * ROOM), sizeof(bytes) };
	need(process_vm_writev(pid, &from, 1, &to, 1, 0) == sizeof(bytes), "process_vm_writev");
	need(!ptrace(PTRACE_SETREGS, pid, NULL, &regs), "ptrace");
	need(!ptrace(PTRACE_SYSCALL, pid, NULL, NULL), "ptrace");
	stop(pid);
	need(!ptrace(PTRACE_SYSCALL, pid, NULL, NULL), "ptrace");
	stop(pid);
	need(!ptrace(PTRACE_GETREGS, pid, NULL, &regs), "ptrace");
	result = regs.rax;
	if (!exec || result < 0)
		need(!ptrace(PTRACE_SETREGS, pid, NULL, &before), "ptrace");
	need(!ptrace(PTRACE_DETACH, pid, NULL, NULL), "ptrace");
	if (result < 0 && result > -4096)
		puts(strerrorname_np(-result) ?: "an error without a name");
	else
		printf("%ld\n", result);
	return 0;
}
