/* SPDX-License-Identifier: GPL-2.0-only */
/* What defer.bpf.c and the programs that load it have in common. */
#ifndef WSDUMP_TESTS_DEFER_H
#define WSDUMP_TESTS_DEFER_H

#include <linux/types.h>

#define SLOTS		16
#define MAX_STEPS	64

enum what {
	TIMER_START,
	TIMER_CANCEL,
	IRQ_START,
	WORK_START,
	WORK_CANCEL,	/* the module's only */
};

/* One call, and what came of it. */
struct step {
	__u32 what;
	__u32 slot;
	__u64 nsec;	/* of TIMER_START, in so many nanoseconds even with BPF_F_TIMER_ABS */
	__u64 flags;
	__s32 got;
	__u32 owner;	/* an id to use instead of the right one; 0 for none */
};

/* Some of the steps. */
struct batch {
	__u32 first, end;
};

/* What each slot has seen. Written by one at a time. */
struct seen {
	__u64 started_ns;	/* when the timer was last started */
	__u64 fired_ns;		/* when it last fired */
	__u64 timers, irqs, works;
	__u64 asked_irqs;	/* calls of the starting functions that returned 0 */
	__u64 asked_works;
	__u64 nested_irq;	/* what starting an interrupt in one returned */
	__u32 armed;		/* the last command of a storm has it armed for long */
	__u32 commands;
};

/* What members do besides counting. */
enum reaction {
	REACT_TIMER_AGAIN	= 1 << 0,	/* the timer starts itself, @again times */
	REACT_IRQ_TIMER		= 1 << 1,	/* the interrupt starts the timer */
	REACT_TIMER_WORK	= 1 << 2,	/* the timer starts the work */
	REACT_WORK_TIMER	= 1 << 3,	/* the work starts the timer of the next slot */
	REACT_IRQ_IRQ		= 1 << 4,	/* the interrupt starts itself, which is refused */
};

#define FAR_NS	(3600ULL * 1000000000)		/* later than any test */

#endif
