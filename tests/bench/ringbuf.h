/* SPDX-License-Identifier: GPL-2.0-only */
/* What ringbuf.bpf.c puts in the ring buffer for each wakeup source. */
#ifndef WSDUMP_BENCH_RINGBUF_H
#define WSDUMP_BENCH_RINGBUF_H

#include <linux/types.h>

#define EVENT_NAME_LEN 128

struct event {
	__u64 active_count, event_count, wakeup_count, expire_count;
	__s64 active_ns, total_ns, max_ns, last_ns, prevent_ns;
	char name[EVENT_NAME_LEN];
};

#endif
