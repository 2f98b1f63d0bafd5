// SPDX-License-Identifier: GPL-2.0-only
/*
 * The other way to bring the list to user space: one reservation in a ring buffer
 * for each source, of a fixed size, as in the kernel's own selftest of the kfuncs.
 * Here the buffer is made large enough for the list, or its end would be missing.
 */
#include <stdbool.h>
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#include "../../bpf/wakeup_source.h"
#include "ringbuf.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 64 * 1024);
} ring SEC(".maps");

int lost = 0;

static int put_event(const struct list_head *entry)
{
	const struct wakeup_source *ws;
	struct event *event;
	__s64 now;

	event = bpf_ringbuf_reserve(&ring, sizeof(*event), 0);
	if (!event)
		return -1;
	ws = bpf_core_cast((const char *)entry -
			   bpf_core_field_offset(struct wakeup_source, entry),
			   struct wakeup_source);

	event->active_count = ws->active_count;
	event->event_count = ws->event_count;
	event->wakeup_count = ws->wakeup_count;
	event->expire_count = ws->expire_count;
	event->total_ns = ws->total_time;
	event->max_ns = ws->max_time;
	event->last_ns = ws->last_time;
	event->prevent_ns = ws->prevent_sleep_time;
	event->active_ns = 0;
	if (BPF_CORE_READ_BITFIELD(ws, active)) {
		now = bpf_ktime_get_ns();
		if (now > event->last_ns)
			event->active_ns = now - event->last_ns;
		event->total_ns += event->active_ns;
		if (event->active_ns > event->max_ns)
			event->max_ns = event->active_ns;
		if (BPF_CORE_READ_BITFIELD(ws, autosleep_enabled) &&
		    now > ws->start_prevent_time)
			event->prevent_ns += now - ws->start_prevent_time;
	}
	if (bpf_probe_read_kernel_str(event->name, sizeof(event->name), ws->name) < 0)
		event->name[0] = '\0';
	bpf_ringbuf_submit(event, 0);
	return 0;
}

SEC("syscall")
int walk_to_ring(void *ctx)
{
	const struct list_head *head = bpf_wakeup_sources_get_head(), *pos = head;
	struct bpf_ws_lock *lock = bpf_wakeup_sources_read_lock();
	int i;

	lost = 1;
	bpf_for(i, 0, 1 << 20) {
		if (bpf_core_read(&pos, sizeof(pos), &pos->next) || !pos)
			break;
		if (pos == head) {
			lost = 0;
			break;
		}
		if (put_event(pos))
			break;
	}
	bpf_wakeup_sources_read_unlock(lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
