// SPDX-License-Identifier: GPL-2.0-only
#include "privileges.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/capability.h>

#ifndef CAP_PERFMON
#define CAP_PERFMON 38
#define CAP_BPF 39
#endif

#define BIT(cap) (1ULL << (cap))

int privileges_drop(unsigned int needed, struct fail *why)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
	uint64_t have, keep = BIT(CAP_BPF) | BIT(CAP_PERFMON);

	/* functions for this live in libcap only */
	if (syscall(SYS_capget, &head, data))
		return fail(why, "can't read the capabilities of this process: %s",
			    strerror(errno));
	have = (uint64_t)data[1].permitted << 32 | data[0].permitted;
	/* to load a program with a larger buffer when the list grows; else CAP_SYS_ADMIN does */
	if ((have & keep) != keep)
		keep = BIT(CAP_SYS_ADMIN);
	if (needed & STILL_READ)
		keep |= BIT(CAP_DAC_READ_SEARCH);
	if (needed & STILL_WRITE)
		keep |= BIT(CAP_DAC_OVERRIDE) | BIT(CAP_FOWNER);
	if (needed & STILL_KILL)
		keep |= BIT(CAP_KILL);
	for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; i++) {
		uint32_t word = keep >> (32 * i);

		data[i].permitted &= word;
		data[i].effective &= word;
		data[i].inheritable = 0;	/* and with that none is ambient */
	}
	if (syscall(SYS_capset, &head, data) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return fail(why, "can't give up the capabilities of this process: %s",
			    strerror(errno));
	return 0;
}
