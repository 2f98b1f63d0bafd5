// SPDX-License-Identifier: GPL-2.0-only
/* wakeup_list - walk the kernel's list of wakeup sources with bpf_for() */
#include <stdbool.h>
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#include "wakeup_list.h"

/* As much of the kernel's types as is used here; vmlinux.h would have them as well. */
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct list_head {
	struct list_head *next;
};

struct wakeup_source {
	const char *name;
	struct list_head entry;
	__s64 total_time, max_time, last_time;
	unsigned long event_count, active_count, expire_count, wakeup_count;
	bool active:1;
};
#pragma clang attribute pop

/* Defined, not just declared: libbpf takes a declaration for another type. */
struct bpf_ws_lock {
};

extern struct bpf_ws_lock *bpf_wakeup_sources_read_lock(void) __ksym;
extern void bpf_wakeup_sources_read_unlock(struct bpf_ws_lock *lock) __ksym;
extern void *bpf_wakeup_sources_get_head(void) __ksym;

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);		/* the loader says how many */
	__type(key, __u32);
	__type(value, struct record);
} records SEC(".maps");

__u32 found;		/* sources, with or without room for a record */
bool complete;

SEC("syscall")
int wakeup_list(void *ctx)
{
	struct bpf_ws_lock *lock = bpf_wakeup_sources_read_lock();
	struct list_head *head = bpf_wakeup_sources_get_head(), *pos = head;
	int i;

	bpf_for(i, 0, 8 << 20) {	/* no loop may be longer */
		struct wakeup_source *ws;
		struct record *r;

		pos = bpf_core_cast(pos, struct list_head)->next;
		if (pos == head) {
			complete = true;
			break;
		}
		r = bpf_map_lookup_elem(&records, &found);
		found++;
		if (!r)
			continue;

		ws = bpf_core_cast((void *)pos - bpf_core_field_offset(struct wakeup_source, entry),
				   struct wakeup_source);
		r->active_count = ws->active_count;
		r->event_count = ws->event_count;
		r->wakeup_count = ws->wakeup_count;
		r->expire_count = ws->expire_count;
		r->total_ns = ws->total_time;
		r->max_ns = ws->max_time;
		r->last_change_ns = ws->last_time;
		r->active = BPF_CORE_READ_BITFIELD(ws, active);
		r->read_ns = bpf_ktime_get_ns();
		r->name_size = bpf_probe_read_kernel_str(r->name, sizeof(r->name), ws->name);
	}
	bpf_wakeup_sources_read_unlock(lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
