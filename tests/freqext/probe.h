/* SPDX-License-Identifier: GPL-2.0-only */
/* What probe.c asks of probe.bpf.c. */
#ifndef FREQEXT_PROBE_H
#define FREQEXT_PROBE_H

#include <linux/types.h>

enum probe_op {
	PROBE_REQUEST,
	PROBE_PERF,
	PROBE_RELEASE,
	PROBE_NEXT,
};

/* The context of its program of type syscall, which calls a kfunc so many times. */
struct probe_call {
	__u32 op;
	__u32 cpu;
	__u32 arg;
	__u32 times;
	__s32 ret;	/* of the last call */
	__u32 step;	/* added to arg from one call to the next, which wraps at wrap */
	__u32 wrap;
};

#endif
