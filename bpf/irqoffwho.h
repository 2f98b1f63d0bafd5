/* SPDX-License-Identifier: GPL-2.0-only */
/* What irqoffwho.bpf.c tells the command: regions in which a CPU had interrupts off. */
#ifndef WSDUMP_BPF_IRQOFFWHO_H
#define WSDUMP_BPF_IRQOFFWHO_H

#include <linux/types.h>

#define IRQOFF_MAX_CPUS		1024	/* a slot of nmi_defer for each */
#define IRQOFF_STACK		64	/* addresses */
#define IRQOFF_CMDLINE		256	/* bytes */

/**
 * struct irqoff_region - interrupts of a CPU were off
 * @first_ns: when the first sample saw that, on the monotonic clock
 * @end_ns: when they were back
 * @cgroup_id: of the task; the inode number of its folder
 * @ip: where it was at the first sample
 * @samples: that saw it
 * @cpu: which CPU
 * @pid: of the process; 0 for an idle CPU
 * @tid: of the thread
 * @nr_stack: addresses in @stack
 * @cmdline_len: bytes of @cmdline; 0 where there is none, or it could not be read
 * @comm: the thread's name
 * @stack: from the inside out. Addresses before the one that is @ip are the sampling's own
 * @cmdline: arguments, with a NUL behind each; what does not fit is not there
 */
struct irqoff_region {
	__u64 first_ns;
	__u64 end_ns;
	__u64 cgroup_id;
	__u64 ip;
	__u32 samples;
	__u32 cpu;
	__u32 pid;
	__u32 tid;
	__u32 nr_stack;
	__u32 cmdline_len;
	char comm[16];
	__u64 stack[IRQOFF_STACK];
	char cmdline[IRQOFF_CMDLINE];
};

/**
 * struct irqoff_cpu - what there is for each CPU
 * @now: the region that goes on, if its first_ns is not 0
 * @ended: one that is being completed
 * @busy: is it? Another that ends meanwhile is told as it is
 * @pad: so that it has the size of an element of a map
 */
struct irqoff_cpu {
	struct irqoff_region now;
	struct irqoff_region ended;
	__u32 busy;
	__u32 pad;
};

/**
 * struct irqoff_counts - of all CPUs together
 * @samples: taken
 * @off: of them, in the kernel with interrupts off
 * @regions: seen, of any length
 * @lost: of those to be reported, what the command did not take in time
 */
struct irqoff_counts {
	__u64 samples;
	__u64 off;
	__u64 regions;
	__u64 lost;
};

#endif
