// SPDX-License-Identifier: GPL-2.0-only
#include "privileges.h"

#include <errno.h>
#include <grp.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/capability.h>

#ifndef CAP_PERFMON
#define CAP_PERFMON 38
#define CAP_BPF 39
#endif

#define BIT(cap) (1ULL << (cap))

/* The user that the kernel itself takes for one who has nothing. */
#define NOBODY 65534

/* Keeps the permitted capabilities; the effective ones go. */
static int change_user(void)
{
	if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0))
		return -1;
	if (setresgid(NOBODY, NOBODY, NOBODY))
		/* nothing here is root's but what one user has mapped into this namespace */
		return errno == EINVAL ? 0 : -1;
	return setgroups(0, NULL) || setresuid(NOBODY, NOBODY, NOBODY) ? -1 : 0;
}

static int keep(unsigned int needed, bool nobody, struct fail *why)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
	const uint64_t load = BIT(CAP_BPF) | BIT(CAP_PERFMON);
	const uint64_t change = BIT(CAP_SETUID) | BIT(CAP_SETGID);
	uint64_t have, caps = 0;

	/* functions for this live in libcap only */
	if (syscall(SYS_capget, &head, data))
		return fail_errno(why, STEP_RIGHTS, errno,
				  "can't read the capabilities of this process");
	have = (uint64_t)data[1].effective << 32 | data[0].effective;
	if (nobody && !geteuid() && (have & change) == change && change_user())
		return fail_errno(why, STEP_RIGHTS, errno, "can't become user %d", NOBODY);
	if (needed & STILL_LOAD)
		caps |= (have & load) == load ? load : BIT(CAP_SYS_ADMIN);
	if (needed & STILL_READ)
		caps |= BIT(CAP_DAC_READ_SEARCH);
	if (needed & STILL_WRITE)
		caps |= BIT(CAP_DAC_OVERRIDE) | BIT(CAP_FOWNER);
	if (needed & STILL_KILL)
		caps |= BIT(CAP_KILL);
	for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; i++) {
		data[i].permitted &= caps >> (32 * i);
		data[i].effective &= caps >> (32 * i);
		data[i].inheritable = 0;	/* and with that none is ambient */
	}
	if (syscall(SYS_capset, &head, data) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return fail_errno(why, STEP_RIGHTS, errno,
				  "can't give up the capabilities of this process");
	return 0;
}

int become_nobody(unsigned int needed, struct fail *why)
{
	return keep(needed, true, why);
}

int privileges_drop(unsigned int needed, struct fail *why)
{
	return keep(needed | STILL_LOAD, false, why);
}
