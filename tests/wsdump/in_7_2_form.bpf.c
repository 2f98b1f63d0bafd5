// SPDX-License-Identifier: GPL-2.0-only
/*
 * A program as one would write it for Linux 7.2's own kfuncs, with bpf_for() and
 * plain loads: count the sources and sum up what they have counted.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#include "wakeup_source.h"
#include "in_7_2_form.h"
#include "compat.bpf.h"

char LICENSE[] SEC("license") = "GPL";

SEC("syscall")
int sum_up(struct sums *sums)
{
	struct list_head *head, *pos;
	struct bpf_ws_lock *lock;
	int i;

	lock = bpf_wakeup_sources_read_lock();
	head = bpf_wakeup_sources_get_head();
	pos = head;
	bpf_for(i, 0, MAX_SOURCES) {
		struct wakeup_source *ws;

		pos = bpf_core_cast(pos, struct list_head)->next;
		if (pos == head)
			break;
		ws = bpf_core_cast((char *)pos - bpf_core_field_offset(struct wakeup_source, entry),
				   struct wakeup_source);
		sums->sources++;
		sums->events += ws->event_count;
		sums->activations += ws->active_count;
	}
	bpf_wakeup_sources_read_unlock(lock);
	sums->complete = pos == head;
	return 0;
}
