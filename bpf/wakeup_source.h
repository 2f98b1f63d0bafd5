/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's wakeup source and its kfuncs, as far as BPF programs here use
 * them. Fields are found by name when the program is loaded (CO-RE), so neither
 * their order nor what is left out matters.
 */
#ifndef WSDUMP_BPF_WAKEUP_SOURCE_H
#define WSDUMP_BPF_WAKEUP_SOURCE_H

#include <linux/types.h>
#include <bpf/bpf_helpers.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct list_head {
	struct list_head *next;
};

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

struct kobject {
	const char *name;
};

struct device {
	struct kobject kobj;
	struct device *parent;
	const char *init_name;
};

struct wakeup_source {
	const char *name;
	int id;
	struct list_head entry;
	struct spinlock lock;
	__s64 total_time;		/* ktime_t: nanoseconds */
	__s64 max_time;
	__s64 last_time;
	__s64 start_prevent_time;
	__s64 prevent_sleep_time;
	unsigned long event_count;
	unsigned long active_count;
	unsigned long relax_count;
	unsigned long expire_count;
	unsigned long wakeup_count;
	struct device *dev;
	_Bool active:1;
	_Bool autosleep_enabled:1;
};

/* PREEMPT_RT: a spinlock_t is a sleeping lock, held while it has an owner */
struct rt_mutex_base {
	void *owner;
};

struct spinlock___rt {
	struct rt_mutex_base lock;
};

struct wakeup_source___rt {
	struct spinlock___rt lock;
};

#pragma clang attribute pop

/* Defined, not just declared: libbpf takes a declaration for another type. */
struct bpf_ws_lock {
};

extern struct bpf_ws_lock *bpf_wakeup_sources_read_lock(void) __ksym;
extern void bpf_wakeup_sources_read_unlock(struct bpf_ws_lock *lock) __ksym;
extern void *bpf_wakeup_sources_get_head(void) __ksym;

#endif
