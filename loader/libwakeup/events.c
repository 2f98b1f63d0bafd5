// SPDX-License-Identifier: GPL-2.0-only
/*
 * The part of libwakeup.h on events: two BPF programs at tracepoints fill a buffer. All
 * that is in the kernel for it hangs on descriptors of this process, so nothing of it
 * outlives the process, however that ends.
 */
#include "libwakeup.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../bpf/trace.h"
#include "common/bpf_buffer.h"
#include "common/bpf_image.h"
#include "common/bpf_sys.h"
#include "common/kfuncs.h"
#include "last_fail.h"
#include "common/ringbuf.h"
#include "trace.image.h"

/* Room for some 30,000 events that wait to be read. */
#define BUFFER_SIZE	(2U * 1024 * 1024)

enum { ACTIVATE, RELEASE, NR_PROGRAMS };

static const struct {
	const struct bpf_image *image;
	const char *tracepoint;
} programs[NR_PROGRAMS] = {
	[ACTIVATE] = { &trace_activate_image, "wakeup_source_activate" },
	[RELEASE] = { &trace_release_image, "wakeup_source_deactivate" },
};

struct wakeup_events {
	struct ringbuf buffer;
	int lost_fd;
	const uint64_t *lost;		/* the programs' own count, mapped */
	int program_fds[NR_PROGRAMS];
	int link_fds[NR_PROGRAMS];	/* closing one detaches the program */
};

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static int make_maps(struct wakeup_events *e, struct fail *why)
{
	void *p;

	if (ringbuf_open(&e->buffer, BUFFER_SIZE))
		return fail(why, "no kernel memory for a buffer of %u bytes: %s", BUFFER_SIZE,
			    strerror(errno));
	e->lost_fd = bpf_buffer_create(1, sizeof(*e->lost));
	if (e->lost_fd < 0)
		return fail(why, "no kernel memory for a counter: %s", strerror(errno));
	p = mmap(NULL, sizeof(*e->lost), PROT_READ, MAP_SHARED, e->lost_fd, 0);
	if (p == MAP_FAILED)
		return fail(why, "can't map a counter: %s", strerror(errno));
	e->lost = p;
	return 0;
}

static int load(struct wakeup_events *e, int i, bool verbose, struct fail *why)
{
	const struct bpf_image *image = programs[i].image;
	int fds[2];

	for (uint32_t m = 0; m < image->nr_maps && m < 2; m++)
		fds[m] = strcmp(image->maps[m], "lost") ? e->buffer.fd : e->lost_fd;
	e->program_fds[i] = bpf_image_load(image, NULL, fds, verbose, why);
	return e->program_fds[i] < 0 ? -1 : 0;
}

static int attach(struct wakeup_events *e, int i, struct fail *why)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.raw_tracepoint.name = bpf_ptr(programs[i].tracepoint);
	attr.raw_tracepoint.prog_fd = e->program_fds[i];
	e->link_fds[i] = bpf_sys(BPF_RAW_TRACEPOINT_OPEN, &attr,
				 BPF_ATTR_SIZE(raw_tracepoint.prog_fd));
	if (e->link_fds[i] >= 0)
		return 0;
	if (errno == ENOENT)
		return fail(why, "the kernel has no tracepoint %s: it must be built with CONFIG_PM_SLEEP and CONFIG_BPF_EVENTS",
			    programs[i].tracepoint);
	return fail(why, "can't attach to the kernel's tracepoint %s: %s",
		    programs[i].tracepoint, strerror(errno));
}

struct wakeup_events *wakeup_events_open(unsigned int flags)
{
	struct fail *why = &last_fail;
	struct wakeup_events *e;

	if (flags & ~WAKEUP_VERBOSE) {
		fail(why, "wakeup_events_open: flags %#x are not known", flags);
		return NULL;
	}
	if (kfuncs_may_load_bpf(why))
		return NULL;
	e = calloc(1, sizeof(*e));
	if (!e) {
		fail(why, "out of memory");
		return NULL;
	}
	e->buffer.fd = e->lost_fd = -1;
	for (int i = 0; i < NR_PROGRAMS; i++)
		e->program_fds[i] = e->link_fds[i] = -1;

	if (make_maps(e, why))
		goto err;
	for (int i = 0; i < NR_PROGRAMS; i++)
		if (load(e, i, flags & WAKEUP_VERBOSE, why))
			goto err;
	/* releases first: no activation is noted whose release is not */
	for (int i = NR_PROGRAMS - 1; i >= 0; i--)
		if (attach(e, i, why))
			goto err;
	return e;

err:
	wakeup_events_close(e);
	return NULL;
}

int wakeup_events_fd(const struct wakeup_events *e)
{
	return e->buffer.fd;
}

const struct wakeup_event *wakeup_events_next(struct wakeup_events *e)
{
	uint32_t len;

	/* what the last call returned is done with */
	ringbuf_release(&e->buffer);
	return ringbuf_next(&e->buffer, &len);
}

/* The type that the library leaves open is a record of the buffer. */
static const struct ws_event *record(const struct wakeup_event *event)
{
	return (const void *)event;
}

bool wakeup_event_is_activation(const struct wakeup_event *event)
{
	return record(event)->kind == WS_EVENT_ACTIVATE;
}

uint64_t wakeup_event_time_ns(const struct wakeup_event *event)
{
	return record(event)->time_ns;
}

uint64_t wakeup_event_key(const struct wakeup_event *event)
{
	return record(event)->name_addr;
}

uint64_t wakeup_event_lost(const struct wakeup_event *event)
{
	return record(event)->lost;
}

const char *wakeup_event_name(const struct wakeup_event *event, size_t *len)
{
	if (len)
		*len = record(event)->name_len;
	return record(event)->name;
}

/*
 * A program does not run when it interrupts itself, as an interrupt handler may do on
 * PREEMPT_RT, where the lock of a source keeps none away. The kernel counts that.
 */
static uint64_t not_run(int program_fd)
{
	struct bpf_prog_info info;
	union bpf_attr attr;

	memset(&info, 0, sizeof(info));
	memset(&attr, 0, sizeof(attr));
	attr.info.bpf_fd = program_fd;
	attr.info.info_len = sizeof(info);
	attr.info.info = bpf_ptr(&info);
	return bpf_sys(BPF_OBJ_GET_INFO_BY_FD, &attr, BPF_ATTR_SIZE(info)) ? 0 :
	       info.recursion_misses;
}

uint64_t wakeup_events_lost(const struct wakeup_events *e)
{
	uint64_t sum = __atomic_load_n(e->lost, __ATOMIC_RELAXED);

	for (int i = 0; i < NR_PROGRAMS; i++)
		sum += not_run(e->program_fds[i]);
	return sum;
}

void wakeup_events_stop(struct wakeup_events *e)
{
	for (int i = 0; i < NR_PROGRAMS; i++)
		close_fd(&e->link_fds[i]);
}

void wakeup_events_close(struct wakeup_events *e)
{
	if (!e)
		return;
	wakeup_events_stop(e);
	for (int i = 0; i < NR_PROGRAMS; i++)
		close_fd(&e->program_fds[i]);
	if (e->lost)
		munmap((void *)e->lost, sizeof(*e->lost));
	close_fd(&e->lost_fd);
	ringbuf_close(&e->buffer);
	free(e);
}
