// SPDX-License-Identifier: GPL-2.0-only
/*
 * Programs of type syscall that start a timer, whose callback runs in softirq: one that walks the
 * list there, and one that leaves the read section open, which the verifier has to refuse.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#include "compat.bpf.h"
#include "softirq.h"
#include "wakeup_source.h"

#define CLOCK_MONOTONIC	1
#define MAX_SOURCES	100000

char LICENSE[] SEC("license") = "GPL";

/* x86, 6.2 to 6.14 */
struct pcpu_hot {
	int preempt_count;
} __attribute__((preserve_access_index));

extern const struct pcpu_hot pcpu_hot __ksym;

struct timer {
	struct bpf_timer timer;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct timer);
} timers SEC(".maps");

struct seen seen;

static int walk(void *map, __u32 *key, struct timer *t)
{
	struct bpf_ws_lock *lock = bpf_wakeup_sources_read_lock();
	struct list_head *head = bpf_wakeup_sources_get_head(), *pos = head;
	__u64 sources = 0;
	int i;

	seen.preempt_count = ((const struct pcpu_hot *)bpf_this_cpu_ptr(&pcpu_hot))->preempt_count;
	bpf_for(i, 0, MAX_SOURCES) {
		pos = bpf_core_cast(pos, struct list_head)->next;
		if (pos == head)
			break;
		sources++;
	}
	bpf_wakeup_sources_read_unlock(lock);
	seen.sources = sources;
	seen.done = 1;
	return 0;
}

static int leave_open(void *map, __u32 *key, struct timer *t)
{
	bpf_wakeup_sources_read_lock();
	return 0;
}

static __always_inline int start(int (*callback)(void *, __u32 *, struct timer *))
{
	__u32 zero = 0;
	struct timer *t = bpf_map_lookup_elem(&timers, &zero);

	if (!t)
		return 1;
	bpf_timer_init(&t->timer, &timers, CLOCK_MONOTONIC);
	bpf_timer_set_callback(&t->timer, callback);
	return bpf_timer_start(&t->timer, 0, 0);
}

SEC("syscall")
int walk_in_softirq(void *ctx)
{
	return start(walk);
}

SEC("syscall")
int leave_open_in_softirq(void *ctx)
{
	return start(leave_open);
}
