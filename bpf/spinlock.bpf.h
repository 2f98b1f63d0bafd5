/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's spinlocks, as far as programs here ask whether one is held. Fields are found by
 * name when the program is loaded (CO-RE), so neither their order nor what is left out matters.
 */
#ifndef WSDUMP_BPF_SPINLOCK_BPF_H
#define WSDUMP_BPF_SPINLOCK_BPF_H

#include <stdbool.h>

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

typedef struct {
	int counter;
} atomic_t;

/* arch_spinlock_t on x86 and arm64; on a kernel for one CPU it has no members */
struct qspinlock {
	atomic_t val;
};

struct raw_spinlock {
	struct qspinlock raw_lock;
};

struct spinlock {
	struct raw_spinlock rlock;
};

/* PREEMPT_RT: a spinlock_t is a sleeping lock, held while it has an owner */
struct rt_mutex_base {
	void *owner;
};

struct spinlock___rt {
	struct rt_mutex_base lock;
};

#pragma clang attribute pop

/*
 * Can programs here tell? Not where the lock's word is of a kind that they do not know, as the
 * tickets of arm, whose word is not 0 when the lock is free. A lock without any word is that of a
 * kernel for one CPU. (Asked of types that each kernel has, because the size of a field that is
 * missing is an error.)
 */
static __always_inline bool locks_are_known(void)
{
	return bpf_core_field_exists(struct spinlock___rt, lock.owner) ||
	       bpf_core_field_exists(struct raw_spinlock, raw_lock.val.counter) ||
	       !bpf_core_field_size(struct raw_spinlock, raw_lock);
}

#endif
