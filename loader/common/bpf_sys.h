/* SPDX-License-Identifier: GPL-2.0-only */
/* bpf(2), for which the C library has no function. */
#ifndef WSDUMP_LOADER_BPF_SYS_H
#define WSDUMP_LOADER_BPF_SYS_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/bpf.h>

/* Size of the attributes of a command up to and with @member: what the kernel gets. */
#define BPF_ATTR_SIZE(member) \
	(offsetof(union bpf_attr, member) + sizeof(((union bpf_attr *)0)->member))

/**
 * bpf_sys() - bpf(2)
 * @attr: zeroed by bpf_attr_init()
 * @size: BPF_ATTR_SIZE() of the last member that the command uses
 *
 * Return: what the command returns; -1 with errno set when it fails.
 */
static inline int bpf_sys(enum bpf_cmd cmd, union bpf_attr *attr, size_t size)
{
	return syscall(SYS_bpf, cmd, attr, size);
}

/**
 * bpf_sys_prog_load() - BPF_PROG_LOAD, again when it was interrupted
 * @attr: as for bpf_sys()
 * @size: as for bpf_sys()
 *
 * The verifier gives up with EAGAIN when a signal is pending, and one seems to be when
 * the system goes to sleep: that is how tasks are told to stand still. They do on the way
 * out of the call, so the next one comes after the system woke up. A slow machine that goes to
 * sleep every second meets several of these.
 *
 * Return: as bpf_sys().
 */
static inline int bpf_sys_prog_load(union bpf_attr *attr, size_t size)
{
	int fd, tries = 100;

	do {
		fd = bpf_sys(BPF_PROG_LOAD, attr, size);
	} while (fd < 0 && errno == EAGAIN && --tries);
	return fd;
}

static inline uint64_t bpf_ptr(const void *p)
{
	return (uintptr_t)p;
}

#endif
