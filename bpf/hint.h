/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hints: the entries of the map that whoever may write to it gives them by. It is pinned as
 * /sys/fs/bpf/freqext-hint/hints.
 */
#ifndef FREQEXT_HINT_H
#define FREQEXT_HINT_H

#include <linux/types.h>

enum hint_kind {
	HINT_CPU,	/* a CPU's number */
	HINT_PID,	/* a process: its pid, which in the kernel is the tgid */
	HINT_CGROUP,	/* the inode number of a cgroup's directory */
};

struct hint_key {
	__u32 kind;
	__u32 zero;
	__u64 id;
};

/* A hint ends at that time, so one whose author has died does as well. */
struct hint {
	__u32 perf;		/* 0 to 1024, the highest frequency of the CPU that it is for */
	__u32 zero;
	__u64 expires_ns;	/* of CLOCK_MONOTONIC */
};

#define HINT_MAX	4096	/* entries */

#endif
