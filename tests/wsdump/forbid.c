// SPDX-License-Identifier: GPL-2.0-only
/*
 * forbid - run a command whose system calls fail, as in a container with a seccomp filter
 *
 * usage: forbid CALL[:FIRST]=ERROR[,...] COMMAND [ARG...]
 *
 * Each CALL, or only those with FIRST as their first argument, returns ERROR: "bpf:5=EPERM".
 */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/filter.h>
#include <linux/seccomp.h>

#include "said.h"

static const struct {
	const char *name;
	unsigned int nr;
} calls[] = {
	{ "bpf", SYS_bpf }, { "capset", SYS_capset }, { "clone", SYS_clone },
	{ "clone3", SYS_clone3 }, { "epoll_create1", SYS_epoll_create1 },
	{ "finit_module", SYS_finit_module }, { "flock", SYS_flock },
	{ "init_module", SYS_init_module },
	{ "mkdir", SYS_mkdir }, { "mmap", SYS_mmap }, { "pipe2", SYS_pipe2 },
	{ "rename", SYS_rename }, { "setresuid", SYS_setresuid }, { "signalfd4", SYS_signalfd4 },
	{ "statfs", SYS_statfs },
};

static struct sock_filter code[256];
static unsigned short len;

static void add(unsigned short what, unsigned int k, unsigned char if_so, unsigned char if_not)
{
	code[len++] = (struct sock_filter) { what, if_so, if_not, k };
}

static int error_of(const char *name)
{
	for (int err = 1; err < 134; err++)
		if (!strcmp(strerrorname_np(err) ?: "", name))
			return err;
	fprintf(stderr, "forbid: there is no %s\n", name);
	exit(2);
}

static void forbid(char *rule)
{
	char *error = strchr(rule, '='), *first;
	size_t i, nr = sizeof(calls) / sizeof(calls[0]);

	need(error, rule);
	*error++ = '\0';
	first = strchr(rule, ':');
	if (first)
		*first++ = '\0';
	for (i = 0; i < nr && strcmp(calls[i].name, rule); i++)
		;
	need(i < nr, rule);
	add(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr), 0, 0);
	add(BPF_JMP | BPF_JEQ | BPF_K, calls[i].nr, 0, first ? 3 : 1);
	if (first) {
		add(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args), 0, 0);
		add(BPF_JMP | BPF_JEQ | BPF_K, atoi(first), 0, 1);
	}
	add(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error_of(error), 0, 0);
}

int main(int argc, char **argv)
{
	struct sock_fprog prog = { .filter = code };

	if (argc < 3)
		return 2;
	for (char *rule = strtok(argv[1], ","); rule; rule = strtok(NULL, ","))
		forbid(rule);
	add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
	prog.len = len;
	need(!prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog), "seccomp");
	execvp(argv[2], argv + 2);
	need(0, argv[2]);
}
