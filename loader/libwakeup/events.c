// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
/*
 * The part of libwakeup.h on events: two BPF programs at tracepoints fill a ring buffer. All
 * that is in the kernel for it hangs on descriptors of this process, so nothing of it
 * outlives the process, however that ends.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "../../bpf/trace.h"
#include "common/kfuncs.h"
#include "common/load.h"
#include "snapshot.h"
#include "trace.lskel.h"

struct wakeup_event {
	struct ws_event record;
};

struct wakeup_events {
	struct trace_bpf *skel;
	struct ring_buffer *ring;
	bool is_new;			/* @event was found by the call under way */
	struct wakeup_event event;
};

/* The library ends a look into the buffer where this does not return 0. */
static int take(void *arg, void *data, size_t size)
{
	struct wakeup_events *e = arg;

	memcpy(&e->event.record, data, size < sizeof(e->event) ? size : sizeof(e->event));
	e->is_new = true;
	return -EINTR;
}

static int no_tracepoint(int err, const char *name, struct fail *why)
{
	if (err == -ENOENT)
		return fail(why, "the kernel has no tracepoint %s: it must be built with CONFIG_PM_SLEEP and CONFIG_BPF_EVENTS",
			    name);
	return fail_errno(why, STEP_BPF, -err, "can't attach to the kernel's tracepoint %s", name);
}

static int load(struct wakeup_events *e, unsigned int flags, struct fail *why)
{
	libbpf_print_fn_t print;
	int err;

	e->skel = trace_bpf__open();
	if (!e->skel)
		return fail(why, "out of memory");
	if (flags & WAKEUP_VERBOSE)
		load_log_begin(&e->skel->ctx);
	err = LOAD(trace_bpf__load(e->skel));
	load_log_end(&e->skel->ctx);
	if (err)
		return load_failed(err, why);
	/* the reason is said below, in one line */
	print = libbpf_set_print(NULL);
	e->ring = ring_buffer__new(e->skel->maps.events.map_fd, take, e, NULL);
	libbpf_set_print(print);
	if (!e->ring)
		return fail_errno(why, STEP_OTHER, errno, "can't map the buffer for events");

	/* These return -1, as bpf(2) does. Releases first: no activation is noted whose release is not */
	err = trace_bpf__ws_release__attach(e->skel);
	if (err < 0)
		return no_tracepoint(-errno, "wakeup_source_deactivate", why);
	err = trace_bpf__ws_activate__attach(e->skel);
	if (err < 0)
		return no_tracepoint(-errno, "wakeup_source_activate", why);
	if (!(flags & WAKEUP_SUSPENDS))
		return 0;
	err = trace_bpf__ws_suspend__attach(e->skel);
	return err < 0 ? no_tracepoint(-errno, "suspend_resume", why) : 0;
}

struct wakeup_events *wakeup_events_open(unsigned int flags)
{
	struct fail *why = &wakeup_fail;
	struct wakeup_events *e;

	if (flags & ~(WAKEUP_VERBOSE | WAKEUP_SUSPENDS)) {
		fail(why, "wakeup_events_open: flags %#x are not known", flags);
		wakeup_code = WAKEUP_MISUSED;
		return NULL;
	}
	if (kfuncs_may_load_bpf(why)) {
		wakeup_code = WAKEUP_FORBIDDEN;
		return NULL;
	}
	e = calloc(1, sizeof(*e));
	if (!e) {
		fail(why, "out of memory");
		wakeup_code = WAKEUP_NO_MEMORY;
		return NULL;
	}
	if (load(e, flags, why)) {
		wakeup_code = WAKEUP_FAILED;
		wakeup_events_close(e);
		return NULL;
	}
	return e;
}

int wakeup_events_fd(const struct wakeup_events *e)
{
	return e->skel->maps.events.map_fd;
}

const struct wakeup_event *wakeup_events_next(struct wakeup_events *e)
{
	e->is_new = false;
	ring_buffer__consume(e->ring);
	return e->is_new ? &e->event : NULL;
}

enum wakeup_event_kind wakeup_event_kind(const struct wakeup_event *event)
{
	switch ((enum ws_event_kind)event->record.kind) {
	case WS_EVENT_ACTIVATE:
		return WAKEUP_EVENT_ACTIVATION;
	case WS_EVENT_SUSPEND:
		return WAKEUP_EVENT_SUSPEND;
	case WS_EVENT_RESUME:
		return WAKEUP_EVENT_RESUME;
	case WS_EVENT_RELEASE:
		break;
	}
	return WAKEUP_EVENT_RELEASE;
}

uint64_t wakeup_event_asleep_ns(const struct wakeup_event *event)
{
	return event->record.name_addr - event->record.time_ns;
}

bool wakeup_event_is_activation(const struct wakeup_event *event)
{
	return event->record.kind == WS_EVENT_ACTIVATE;
}

uint64_t wakeup_event_time_ns(const struct wakeup_event *event)
{
	return event->record.time_ns;
}

uint64_t wakeup_event_key(const struct wakeup_event *event)
{
	return event->record.name_addr;
}

uint64_t wakeup_event_lost(const struct wakeup_event *event)
{
	return event->record.lost;
}

const char *wakeup_event_name(const struct wakeup_event *event, size_t *len)
{
	if (len)
		*len = event->record.name_len;
	return event->record.name;
}

/*
 * A program does not run when it interrupts itself, as an interrupt handler may do on
 * PREEMPT_RT, where the lock of a source keeps none away. The kernel counts that.
 */
static uint64_t not_run(int prog_fd)
{
	struct bpf_prog_info info = { 0 };
	__u32 size = sizeof(info);

	return bpf_obj_get_info_by_fd(prog_fd, &info, &size) ? 0 : info.recursion_misses;
}

uint64_t wakeup_events_lost(const struct wakeup_events *e)
{
	return __atomic_load_n(&e->skel->bss->lost, __ATOMIC_RELAXED) +
	       not_run(e->skel->progs.ws_activate.prog_fd) +
	       not_run(e->skel->progs.ws_release.prog_fd);
}

void wakeup_events_stop(struct wakeup_events *e)
{
	/* as the skeleton does it, which would do it again in the end */
	skel_closenz(e->skel->links.ws_activate_fd);
	skel_closenz(e->skel->links.ws_release_fd);
	e->skel->links.ws_activate_fd = 0;
	e->skel->links.ws_release_fd = 0;
}

void wakeup_events_close(struct wakeup_events *e)
{
	if (!e)
		return;
	ring_buffer__free(e->ring);
	trace_bpf__destroy(e->skel);
	free(e);
}
