/* SPDX-License-Identifier: GPL-2.0-only */
/* What wakeup_list.bpf.c writes down of each wakeup source. */
#ifndef WAKEUP_LIST_H
#define WAKEUP_LIST_H

#include <linux/types.h>

#define NAME_SIZE 128

struct record {
	__u64 active_count, event_count, wakeup_count, expire_count;
	/* nanoseconds; of an active source without the time that it has been active for now */
	__u64 total_ns, max_ns, last_change_ns;
	__u64 read_ns;		/* when this was read, by the clock of last_change_ns */
	__u32 active;
	__s32 name_size;	/* as bpf_probe_read_kernel_str() returned it */
	char name[NAME_SIZE];
};

#endif
