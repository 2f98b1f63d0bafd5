// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who keeps interrupts off? Samples come in NMI, which nothing keeps off. One that finds the CPU
 * in the kernel with interrupts off notes who and where, and defers to the moment in which they
 * are back: then it is known for how long. What is long enough is completed where one may sleep.
 *
 * A region is known by its CPU, and each CPU has a slot. A sample and what it defers to are on
 * the same CPU, and the latter can't run before the region ends. Only @work is on any.
 */
#define NMI_DEFER_NAME	"irqoffwho"
#define NMI_DEFER_SLOTS	IRQOFF_MAX_CPUS
#define NMI_DEFER_IRQ	interrupts_are_back
#define NMI_DEFER_WORK	complete

#include <asm/processor-flags.h>
#include <linux/bpf_perf_event.h>

#include "irqoffwho.h"
#include "nmi_defer.bpf.h"

char LICENSE[] SEC("license") = "GPL";

const volatile __u64 min_ns = 200000;

struct irqoff_counts counts;

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, IRQOFF_MAX_CPUS);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(struct irqoff_cpu));
} cpus SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
} regions SEC(".maps");

/* --- of the kernel's types, what is needed here ------------------------------- */

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct mm_struct {
	unsigned long arg_start, arg_end;
};

struct task_struct {
	struct mm_struct *mm;
};

/* x86's; where it is another's, nothing of it is used */
struct pt_regs___x86 {
	unsigned long ip, cs, flags;
};

#pragma clang attribute pop

extern struct task_struct *bpf_task_from_pid(__s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *task) __ksym;

/* --- in NMI ------------------------------------------------------------------- */

static __always_inline void begin(struct irqoff_region *now, __u32 cpu, __u64 ip, void *ctx)
{
	__u64 id = bpf_get_current_pid_tgid();
	long len;

	now->cpu = cpu;
	now->ip = ip;
	now->samples = 0;
	now->pid = id >> 32;
	now->tid = id;
	now->cgroup_id = bpf_get_current_cgroup_id();
	now->cmdline_len = 0;
	bpf_get_current_comm(now->comm, sizeof(now->comm));
	len = bpf_get_stack(ctx, now->stack, sizeof(now->stack), 0);
	now->nr_stack = len > 0 ? len / sizeof(now->stack[0]) : 0;
	now->first_ns = bpf_ktime_get_ns();
}

static __always_inline int sample(__u64 ip, __u64 flags, void *ctx)
{
	__u32 nr = bpf_get_smp_processor_id();
	struct irqoff_cpu *cpu;

	__sync_fetch_and_add(&counts.samples, 1);
	if (flags & X86_EFLAGS_IF)
		return 0;
	__sync_fetch_and_add(&counts.off, 1);
	cpu = bpf_map_lookup_elem(&cpus, &nr);
	if (!cpu)
		return 0;
	if (!cpu->now.first_ns)
		begin(&cpu->now, nr, ip, ctx);
	cpu->now.samples++;
	/* again each time: 7.x's way may have had no memory the first time */
	defer_irq_start(nr);
	return 0;
}

SEC("perf_event")
int in_event(struct bpf_perf_event_data *ctx)
{
#if defined(__TARGET_ARCH_x86)
	/* interrupts are on in programs of users, but for those who were given I/O ports */
	if (ctx->regs.cs & 3)
		__sync_fetch_and_add(&counts.samples, 1);
	else
		sample(ctx->regs.rip, ctx->regs.eflags, ctx);
#endif
	return 0;
}

/* A handler of NMIs, whose name the command puts here; of the same machine as above. */
SEC("fentry/nmi_cpu_backtrace_handler")
int BPF_PROG(in_handler, unsigned int cmd, struct pt_regs___x86 *regs)
{
	(void)cmd;
	if (regs->cs & 3)
		__sync_fetch_and_add(&counts.samples, 1);
	else
		sample(regs->ip, regs->flags, ctx);
	return 0;
}

/* --- when interrupts are back ------------------------------------------------- */

static __always_inline void tell(struct irqoff_region *region)
{
	if (bpf_ringbuf_output(&regions, region, sizeof(*region), 0))
		__sync_fetch_and_add(&counts.lost, 1);
}

static void interrupts_are_back(__u32 slot)
{
	struct irqoff_cpu *cpu = bpf_map_lookup_elem(&cpus, &slot);

	if (!cpu || !cpu->now.first_ns)
		return;
	cpu->now.end_ns = bpf_ktime_get_ns();
	__sync_fetch_and_add(&counts.regions, 1);
	if (cpu->now.end_ns - cpu->now.first_ns >= min_ns) {
		if (!cpu->now.pid || __sync_lock_test_and_set(&cpu->busy, 1)) {
			tell(&cpu->now);
		} else {
			__builtin_memcpy(&cpu->ended, &cpu->now, sizeof(cpu->now));
			defer_work_start(slot);
		}
	}
	/* an NMI from here on begins the next */
	cpu->now.first_ns = 0;
}

/* --- where one may sleep ------------------------------------------------------ */

static __always_inline void read_cmdline(struct irqoff_region *region)
{
	struct task_struct *task = bpf_task_from_pid(region->tid);
	struct mm_struct *mm;
	__u64 start, len;

	if (!task)
		return;
	mm = BPF_CORE_READ(task, mm);
	start = BPF_CORE_READ(mm, arg_start);
	len = BPF_CORE_READ(mm, arg_end) - start;
	if (len > IRQOFF_CMDLINE)
		len = IRQOFF_CMDLINE;
	if (mm && len && !defer_read_task(region->cmdline, len, (void *)start, task))
		region->cmdline_len = len;
	bpf_task_release(task);
}

static void complete(__u32 slot)
{
	struct irqoff_cpu *cpu = bpf_map_lookup_elem(&cpus, &slot);

	if (!cpu || !cpu->busy)
		return;
	read_cmdline(&cpu->ended);
	tell(&cpu->ended);
	__sync_lock_test_and_set(&cpu->busy, 0);
}
