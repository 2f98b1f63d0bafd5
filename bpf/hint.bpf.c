// SPDX-License-Identifier: GPL-2.0-only
/*
 * hint - frequencies as programs ask for them, for a CPU, a process or a cgroup, for some time
 *
 * A program writes an entry to a map, and no system call of cpufreq's takes place. It is found
 * when the CPU next switches tasks, and at the latest at the next tick of a timer, for CPUs that
 * are busy with one task. The highest of those that are about a CPU counts.
 *
 * Kernel threads change nothing, see vip.bpf.c.
 *
 * Limits: a hint is late by up to a tick. Without a hint a CPU has its lowest frequency. The timer
 * wakes one CPU 100 times a second, also when there are no hints.
 */
#include <linux/errno.h>

#include "cpufreq_ext.bpf.h"
#include "hint.h"
#include "task.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, struct hint_key);
	__type(value, struct hint);
	__uint(max_entries, HINT_MAX);
} hints SEC(".maps");

/* What is asked for by hints of processes and cgroups: of the task that runs on a CPU. */
struct cpu_state {
	__u64 expires_ns;
	__u32 perf;
	__u32 zero;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, __u32);
	__type(value, struct cpu_state);
	__uint(max_entries, MAX_CPUS);
} cpus SEC(".maps");

struct tick {
	struct bpf_timer timer;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, __u32);
	__type(value, struct tick);
	__uint(max_entries, 1);
} ticks SEC(".maps");

#define TICK_NS		10000000	/* 10 ms */
#define CLOCK_MONOTONIC	1

/* Take the higher of what there is and a hint; one that has ended is removed. */
static void take(struct cpu_state *state, __u32 kind, __u64 id, __u64 now)
{
	struct hint_key key = { .kind = kind, .id = id };
	struct hint *hint = bpf_map_lookup_elem(&hints, &key);

	if (!hint)
		return;
	if (hint->expires_ns <= now) {
		bpf_map_delete_elem(&hints, &key);
		return;
	}
	/* of two that are equal the later end */
	if (hint->perf > state->perf ||
	    (hint->perf == state->perf && hint->expires_ns > state->expires_ns)) {
		state->perf = hint->perf;
		state->expires_ns = hint->expires_ns;
	}
}

static int ask(__u32 cpu, const struct cpu_state *state)
{
	if (!state->expires_ns)
		return cpufreq_ext_release(cpu);
	return cpufreq_ext_request_perf(cpu, state->perf > PERF_MAX ? PERF_MAX : state->perf);
}

SEC("tp_btf/sched_switch")
int BPF_PROG(hint_switch, bool preempt, struct task_struct *prev, struct task_struct *next)
{
	__u32 cpu = bpf_get_smp_processor_id();
	struct cpu_state *state = bpf_map_lookup_elem(&cpus, &cpu), now_wanted = { 0 };
	__u64 now = bpf_ktime_get_ns();

	if (!state || (next->pid && next->flags & PF_KTHREAD))
		return 0;
	if (next->pid) {
		take(&now_wanted, HINT_PID, next->tgid, now);
		take(&now_wanted, HINT_CGROUP, task_cgroup(next), now);
	}
	*state = now_wanted;
	take(&now_wanted, HINT_CPU, cpu, now);
	ask(cpu, &now_wanted);
	return 0;
}

static long look_at_cpu(__u32 cpu, const __u64 *now)
{
	struct cpu_state *state = bpf_map_lookup_elem(&cpus, &cpu), wanted;

	if (!state)
		return 1;
	wanted = *state;
	if (wanted.expires_ns <= *now)
		wanted = (struct cpu_state){ 0 };
	take(&wanted, HINT_CPU, cpu, *now);
	return ask(cpu, &wanted) == -EINVAL;	/* there are no more CPUs */
}

static int on_tick(void *map, int *key, struct tick *tick)
{
	__u64 now = bpf_ktime_get_ns();

	bpf_loop(MAX_CPUS, look_at_cpu, &now, 0);
	bpf_timer_start(&tick->timer, TICK_NS, 0);
	return 0;
}

SEC("struct_ops.s")
int BPF_PROG(hint_init)
{
	__u32 zero = 0;
	struct tick *tick = bpf_map_lookup_elem(&ticks, &zero);

	if (!tick)
		return -ENOENT;	/* which can't be */
	bpf_timer_init(&tick->timer, &ticks, CLOCK_MONOTONIC);
	bpf_timer_set_callback(&tick->timer, on_tick);
	return bpf_timer_start(&tick->timer, TICK_NS, 0);
}

SEC(".struct_ops.link")
struct cpufreq_ext_ops hint = {
	.init = (void *)hint_init,
	.name = "hint",
};

char LICENSE[] SEC("license") = "GPL";
