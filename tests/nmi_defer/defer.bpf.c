// SPDX-License-Identifier: GPL-2.0-only
/* Calls of the deferring functions as they are told, in NMI and elsewhere, and what is called. */
#define NMI_DEFER_NAME	"defer"
#define NMI_DEFER_SLOTS	SLOTS
#define NMI_DEFER_TIMER	timer
#define NMI_DEFER_IRQ	irq
#define NMI_DEFER_WORK	work

#include "defer.h"
#include "nmi_defer.bpf.h"

char LICENSE[] SEC("license") = "GPL";

struct step steps[MAX_STEPS];
struct seen seen[SLOTS];
struct batch in_nmi;		/* what the next NMI on @nmi_cpu does; then it is empty */
__u32 nmi_cpu;
__u32 storm_slots;		/* NMIs of a storm give random commands to so many slots */
__u32 reactions;
__u32 again;
__u64 nmis;

/* --- calls -------------------------------------------------------------------- */

static __always_inline int call(struct step *step, __u32 slot)
{
	__u64 nsec = step->nsec;

	/* the module's: of who has gone, or never was */
	if (step->owner && !NMI_DEFER_IN_KERNEL)
		return nmi_defer_timer_start(step->owner, slot, nsec, step->flags);
	switch (step->what) {
	case TIMER_START:
		if (slot < SLOTS)
			seen[slot].started_ns = bpf_ktime_get_ns();
		if (step->flags & BPF_F_TIMER_ABS && nsec < 1ULL << 58)
			nsec += bpf_ktime_get_ns();
		return defer_timer_start(slot, nsec, step->flags);
	case TIMER_CANCEL:
		return defer_timer_cancel(slot);
	case IRQ_START:
		return defer_irq_start(slot);
	case WORK_START:
		return defer_work_start(slot);
	case WORK_CANCEL:
		return NMI_DEFER_IN_KERNEL ? -ENOSYS :
		       nmi_defer_work_cancel_async(nmi_defer_owner, slot);
	default:
		return -ENOSYS;
	}
}

static __noinline int run(__u32 first, __u32 end)
{
	int i;

	bpf_for(i, first, end) {
		if (i < 0 || i >= MAX_STEPS)
			return -ERANGE;
		steps[i].got = call(&steps[i], steps[i].slot);
	}
	return 0;
}

/* A command at random for the slot of this CPU, and a note of what has to come of it. */
static __noinline int storm_command(__u32 slot, __u32 random)
{
	struct seen *s;
	__u64 now;

	if (slot >= SLOTS)
		return 0;
	s = &seen[slot];
	s->commands++;
	now = bpf_ktime_get_ns();
	switch (random & 7) {
	case 0:
	case 1:
		/* the kernel's way fails without memory */
		if (!defer_timer_start(slot, FAR_NS, 0))
			s->armed = 1;
		break;
	case 2:
		if (defer_timer_start(slot, 0, random & 8 ? BPF_F_TIMER_CPU_PIN : 0))
			break;
		s->armed = 0;
		s->started_ns = now;
		break;
	case 3:
	case 4:
		if (defer_timer_cancel(slot) == -ENOMEM)
			break;
		s->armed = 0;
		s->started_ns = 0;
		break;
	case 5:
		if (!defer_irq_start(slot))
			s->asked_irqs++;
		break;
	default:
		if (!defer_work_start(slot))
			s->asked_works++;
	}
	return 0;
}

SEC("fentry/nmi_fixture_in_nmi")
int BPF_PROG(nmi, unsigned int cmd)
{
	__u32 cpu = bpf_get_smp_processor_id(), first, end;

	__sync_fetch_and_add(&nmis, 1);
	if (storm_slots) {
		storm_command(cpu % storm_slots, bpf_get_prandom_u32());
	} else if (cpu == nmi_cpu) {
		first = in_nmi.first;
		end = in_nmi.end;
		in_nmi.end = 0;
		run(first, end);
	}
	return 0;
}

SEC("syscall")
int in_task(struct batch *batch)
{
	return run(batch->first, batch->end);
}

/* The same in the middle of a storm, to all slots. */
SEC("syscall")
int storm_in_task(__u32 *times)
{
	__u32 random;
	int i;

	bpf_for(i, 0, *times) {
		random = bpf_get_prandom_u32();
		storm_command((random >> 8) % SLOTS, random);
	}
	return 0;
}

/* In hard irq, where most sources of events are that are no NMIs. */
SEC("perf_event")
int in_perf_event(void *ctx)
{
	if (!in_nmi.end || bpf_get_smp_processor_id() != nmi_cpu)
		return 0;
	in_nmi.end = 0;
	run(0, 1);
	return 0;
}

SEC("kprobe/__x64_sys_getpgid")
int in_kprobe(void *ctx)
{
	run(0, 1);
	return 0;
}

SEC("tp/syscalls/sys_enter_getpgid")
int in_tracepoint(void *ctx)
{
	run(1, 2);
	return 0;
}

/* --- what is called ----------------------------------------------------------- */

static void timer(__u32 slot)
{
	if (slot >= SLOTS)
		return;
	seen[slot].fired_ns = bpf_ktime_get_ns();
	__sync_fetch_and_add(&seen[slot].timers, 1);
	if (reactions & REACT_TIMER_AGAIN && seen[slot].timers < again)
		defer_timer_start(slot, 0, 0);
	if (reactions & REACT_TIMER_WORK)
		defer_work_start(slot);
}

static void irq(__u32 slot)
{
	if (slot >= SLOTS)
		return;
	__sync_fetch_and_add(&seen[slot].irqs, 1);
	if (reactions & REACT_IRQ_TIMER)
		defer_timer_start(slot, 0, 0);
	if (reactions & REACT_IRQ_IRQ)
		seen[slot].nested_irq = defer_irq_start(slot);
}

/* That this sleeps is shown by reading memory of a task, which only what may sleep may do. */
struct task_struct {
};

extern struct task_struct *bpf_task_from_pid(__s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *task) __ksym;

__u64 read_from;	/* an address in task @read_pid */
__s32 read_pid;
char was_read[8];
__s32 read_got;

static void work(__u32 slot)
{
	struct task_struct *task = read_pid ? bpf_task_from_pid(read_pid) : NULL;

	if (task) {
		read_got = defer_read_task(was_read, sizeof(was_read), (void *)read_from, task);
		bpf_task_release(task);
	}
	if (slot >= SLOTS)
		return;
	__sync_fetch_and_add(&seen[slot].works, 1);
	if (reactions & REACT_WORK_TIMER)
		defer_timer_start((slot + 1) % SLOTS, 0, 0);
}
