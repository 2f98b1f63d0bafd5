/* SPDX-License-Identifier: GPL-2.0-only */
/* What softirq.bpf.c tells softirq.c. */
#ifndef WSDUMP_TESTS_SOFTIRQ_H
#define WSDUMP_TESTS_SOFTIRQ_H

#include <linux/types.h>

/**
 * struct seen - by the callback of a timer
 * @sources: how many there are
 * @preempt_count: the kernel's, when it had the lock
 * @done: it has run
 */
struct seen {
	__u64 sources;
	__u32 preempt_count;
	__u32 done;
};

#endif
