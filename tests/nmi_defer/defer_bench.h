/* SPDX-License-Identifier: GPL-2.0-only */
/* What defer_bench.bpf.c measures, in nanoseconds: instructions, where the clock counts these. */
#ifndef WSDUMP_TESTS_DEFER_BENCH_H
#define WSDUMP_TESTS_DEFER_BENCH_H

#include <linux/types.h>

/* What an NMI does. */
enum in_nmi {
	NMI_NOTHING,
	NMI_TIMER,
	NMI_IRQ,
	NMI_WORK,
	NMI_RINGBUF,
};

/* What a task does many times. */
enum in_task {
	TASK_NOTHING,
	TASK_DEFER_TIMER,	/* starts a timer by nmi_defer.bpf.h */
	TASK_BPF_TIMER,		/* and one of bpf_timer */
	TASK_KINDS,
};

struct stamps {
	__u64 call;		/* in NMI, before the call */
	__u64 returned;		/* and after it */
	__u64 clock;		/* once more: what reading the clock takes */
	__u64 irq;		/* when the member began */
	__u64 work;
	__u64 timer;
};

#define FAR_NS (3600ULL * 1000000000)

#endif
