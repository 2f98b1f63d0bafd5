// SPDX-License-Identifier: GPL-2.0-only
/* What deferring costs: see defer_bench.c. */
#define NMI_DEFER_NAME	"defer_bench"
#define NMI_DEFER_SLOTS	1
#define NMI_DEFER_TIMER	timer
#define NMI_DEFER_IRQ	irq
#define NMI_DEFER_WORK	work

#include "defer_bench.h"
#include "nmi_defer.bpf.h"

char LICENSE[] SEC("license") = "GPL";

__u32 nmi_does;
struct stamps stamps;
__u64 works;

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

struct elem {
	struct bpf_timer timer;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct elem);
} own_timer SEC(".maps");

SEC("fentry/nmi_fixture_in_nmi")
int BPF_PROG(nmi)
{
	__u32 what = nmi_does;

	(void)ctx;
	stamps.call = bpf_ktime_get_ns();
	if (what == NMI_TIMER)
		defer_timer_start(0, FAR_NS, 0);
	else if (what == NMI_IRQ)
		defer_irq_start(0);
	else if (what == NMI_WORK)
		defer_work_start(0);
	else if (what == NMI_RINGBUF)
		bpf_ringbuf_output(&events, &stamps, sizeof(stamps), BPF_RB_FORCE_WAKEUP);
	stamps.returned = bpf_ktime_get_ns();
	stamps.clock = bpf_ktime_get_ns();
	return 0;
}

static void timer(__u32 slot)
{
	(void)slot;
	stamps.timer = bpf_ktime_get_ns();
}

static void irq(__u32 slot)
{
	(void)slot;
	stamps.irq = bpf_ktime_get_ns();
}

static void work(__u32 slot)
{
	(void)slot;
	stamps.work = bpf_ktime_get_ns();
	works++;
}

static int nothing(void *map, int *key, struct bpf_timer *timer)
{
	(void)map;
	(void)key;
	(void)timer;
	return 0;
}

SEC("syscall")
int init_own_timer(void *ctx)
{
	__u32 key = 0;
	struct elem *elem = bpf_map_lookup_elem(&own_timer, &key);

	(void)ctx;
	if (!elem)
		return 1;
	return bpf_timer_init(&elem->timer, &own_timer, 1 /* CLOCK_MONOTONIC */) ?:
	       bpf_timer_set_callback(&elem->timer, nothing);
}

struct loop {
	__u32 what;
	__u32 times;
	__u64 ns;
};

/* The lookup is before the loop: what is compared is starting a timer that one has. */
SEC("syscall")
int in_task(struct loop *loop)
{
	__u32 key = 0, what = loop->what;
	struct elem *elem = bpf_map_lookup_elem(&own_timer, &key);
	__u64 begun = bpf_ktime_get_ns();
	int i;

	if (!elem)
		return 1;
	bpf_for(i, 0, loop->times) {
		if (what == TASK_DEFER_TIMER)
			defer_timer_start(0, FAR_NS, 0);
		else if (what == TASK_BPF_TIMER)
			bpf_timer_start(&elem->timer, FAR_NS, 0);
	}
	loop->ns = bpf_ktime_get_ns() - begun;
	return 0;
}
