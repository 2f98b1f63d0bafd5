// SPDX-License-Identifier: GPL-2.0-only
/*
 * Programs that misuse nmi_defer, each tagged with what the verifier says when it refuses it:
 * tests/wsdump/refusals.c loads them. Those with the tag LOADS show who may call.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#define REFUSED(message) __attribute__((btf_decl_tag("refused:" message)))
#define LOADS __attribute__((btf_decl_tag("loads")))

#ifdef NOT_GPL
char LICENSE[] SEC("license") = "Proprietary";
#else
char LICENSE[] SEC("license") = "GPL";
#endif

struct nmi_defer_ops {
	int (*init)(__u32 owner);
	void (*timer)(__u32 slot);
	void (*irq)(__u32 slot);
	void (*work)(__u32 slot);
	__u32 nr_slots;
	char name[16];
};

struct task_struct {
};

extern int nmi_defer_timer_start(__u32 owner, __u32 slot, __u64 nsec, __u64 flags) __ksym;
extern int nmi_defer_read_task(void *dst, __u32 dst__sz, const void *src__ign,
			       struct task_struct *task) __ksym;
extern struct task_struct *bpf_task_from_pid(__s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *task) __ksym;

#ifdef NOT_GPL
SEC("fentry/do_nanosleep") REFUSED("cannot call kernel function from non-GPL compatible program")
int BPF_PROG(no_license)
{
	return nmi_defer_timer_start(0, 0, 0, 0);
}
#else
/* --- who may call ------------------------------------------------------------- */

SEC("fentry/do_nanosleep") LOADS
int BPF_PROG(tracing)
{
	nmi_defer_timer_start(0, 0, 0, 0);
	return 0;
}

SEC("tp_btf/sched_switch") LOADS
int BPF_PROG(typed_tracepoint)
{
	nmi_defer_timer_start(0, 0, 0, 0);
	return 0;
}

SEC("perf_event") LOADS
int from_perf_event(void *ctx)
{
	nmi_defer_timer_start(0, 0, 0, 0);
	return 0;
}

SEC("kprobe") LOADS
int from_kprobe(void *ctx)
{
	nmi_defer_timer_start(0, 0, 0, 0);
	return 0;
}

SEC("tracepoint") LOADS
int from_tracepoint(void *ctx)
{
	nmi_defer_timer_start(0, 0, 0, 0);
	return 0;
}

SEC("syscall") LOADS
int from_syscall(void *ctx)
{
	return nmi_defer_timer_start(0, 0, 0, 0);
}

SEC("raw_tp") REFUSED("calling kernel function nmi_defer_timer_start is not allowed")
int from_raw_tracepoint(void *ctx)
{
	nmi_defer_timer_start(0, 0, 0, 0);
	return 0;
}

SEC("xdp") REFUSED("calling kernel function nmi_defer_timer_start is not allowed")
int from_xdp(void *ctx)
{
	nmi_defer_timer_start(0, 0, 0, 0);
	return XDP_PASS;
}

SEC("socket") REFUSED("calling kernel function nmi_defer_timer_start is not allowed")
int from_socket(void *ctx)
{
	nmi_defer_timer_start(0, 0, 0, 0);
	return 0;
}

/* --- what members may be and do ----------------------------------------------- */

SEC("struct_ops/timer") LOADS
int BPF_PROG(timer, __u32 slot)
{
	return nmi_defer_timer_start(0, slot, 0, 0);
}

SEC("struct_ops/work") LOADS
int BPF_PROG(work_that_does_not_sleep, __u32 slot)
{
	return nmi_defer_timer_start(0, slot, 0, 0);
}

SEC("struct_ops.s/timer") REFUSED("attach to unsupported member timer")
int BPF_PROG(timer_that_sleeps, __u32 slot)
{
	return 0;
}

SEC("struct_ops.s/irq") REFUSED("attach to unsupported member irq")
int BPF_PROG(irq_that_sleeps, __u32 slot)
{
	return 0;
}

static __always_inline int read(int check)
{
	struct task_struct *task = bpf_task_from_pid(1);
	char byte;
	int err;

	if (check && !task)
		return 0;
	err = nmi_defer_read_task(&byte, 1, (void *)4096, task);
	if (task)
		bpf_task_release(task);
	return err;
}

SEC("struct_ops.s/work") LOADS
int BPF_PROG(work_that_sleeps, __u32 slot)
{
	return read(1);
}

SEC("struct_ops/irq") REFUSED("program must be sleepable to call sleepable kfunc")
int BPF_PROG(irq_that_reads, __u32 slot)
{
	return read(1);
}

SEC("struct_ops.s/work") REFUSED("Possibly NULL pointer passed to trusted arg")
int BPF_PROG(work_that_reads_no_task, __u32 slot)
{
	return read(0);
}

SEC("syscall") REFUSED("calling kernel function nmi_defer_read_task is not allowed")
int syscall_that_reads(void *ctx)
{
	return read(1);
}

SEC("struct_ops/work") REFUSED("invalid bpf_context access")
int BPF_PROG(member_with_more_arguments, __u32 slot, __u64 more)
{
	return more;
}

/* What libbpf knows the programs' members by: see tests/wsdump/refusals.c. */
#define OPS(member, prog) \
	SEC(".struct_ops.link") struct nmi_defer_ops prog##_ops = { .member = (void *)prog }
OPS(timer, timer);
OPS(work, work_that_does_not_sleep);
OPS(timer, timer_that_sleeps);
OPS(irq, irq_that_sleeps);
OPS(work, work_that_sleeps);
OPS(irq, irq_that_reads);
OPS(work, work_that_reads_no_task);
OPS(work, member_with_more_arguments);
#endif
