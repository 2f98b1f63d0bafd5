// SPDX-License-Identifier: GPL-2.0-only
/*
 * The library's face: the functions of libwakeup.h, on top of snapshot.h. The types
 * that it leaves open are those of snapshot.h, with another name where a program sees them.
 */
#include "libwakeup.h"

#include <stdlib.h>

#include "last_fail.h"
#include "snapshot.h"

struct wakeup_snapshot {
	struct snapshot snap;
};

struct wakeup_reader {
	struct reader *reader;
	struct wakeup_snapshot last;
};

_Thread_local struct fail last_fail;

const char *wakeup_error(void)
{
	return last_fail.text;
}

struct wakeup_reader *wakeup_open(unsigned int flags)
{
	struct wakeup_reader *r;

	if (flags & ~WAKEUP_VERBOSE) {
		fail(&last_fail, "wakeup_open: flags %#x are not known", flags);
		return NULL;
	}
	r = calloc(1, sizeof(*r));
	if (!r) {
		fail(&last_fail, "out of memory");
		return NULL;
	}
	r->reader = reader_open(flags & WAKEUP_VERBOSE, &last_fail);
	if (!r->reader) {
		free(r);
		return NULL;
	}
	return r;
}

const struct wakeup_snapshot *wakeup_snapshot(struct wakeup_reader *r)
{
	return reader_snapshot(r->reader, &r->last.snap, &last_fail) ? NULL : &r->last;
}

void wakeup_close(struct wakeup_reader *r)
{
	if (!r)
		return;
	reader_close(r->reader);
	free(r);
}

int wakeup_pin(unsigned int flags)
{
	if (flags & ~WAKEUP_VERBOSE)
		return fail(&last_fail, "wakeup_pin: flags %#x are not known", flags);
	return reader_pin(flags & WAKEUP_VERBOSE, &last_fail);
}

int wakeup_unpin(void)
{
	return reader_unpin(&last_fail);
}

size_t wakeup_snapshot_size(const struct wakeup_snapshot *s)
{
	return s->snap.nr_sources;
}

uint64_t wakeup_snapshot_monotonic_ns(const struct wakeup_snapshot *s)
{
	return s->snap.monotonic_ns;
}

uint64_t wakeup_snapshot_realtime_ns(const struct wakeup_snapshot *s)
{
	return s->snap.realtime_ns;
}

const struct wakeup_source *wakeup_snapshot_next(const struct wakeup_snapshot *s,
						 const struct wakeup_source *src)
{
	src = src ? src + 1 : s->snap.sources;
	return src == s->snap.sources + s->snap.nr_sources ? NULL : src;
}

const char *wakeup_source_name(const struct wakeup_source *src, size_t *len)
{
	if (len)
		*len = src->name_len;
	return src->name;
}

const char *wakeup_source_device(const struct wakeup_source *src, size_t *len)
{
	if (len)
		*len = src->parent_len;
	return src->parent;
}

bool wakeup_source_device_is_known(const struct wakeup_source *src)
{
	return !(src->rec->flags & WS_NO_NODE);
}

unsigned int wakeup_source_id(const struct wakeup_source *src)
{
	return src->rec->id;
}

bool wakeup_source_is_active(const struct wakeup_source *src)
{
	return src->rec->flags & WS_ACTIVE;
}

bool wakeup_source_is_autosleep(const struct wakeup_source *src)
{
	return src->rec->flags & WS_AUTOSLEEP;
}

uint64_t wakeup_source_key(const struct wakeup_source *src)
{
	return src->rec->name_addr;
}

#define NUMBER(field)							\
	uint64_t wakeup_source_##field(const struct wakeup_source *src)	\
	{								\
		return src->rec->field;					\
	}

NUMBER(active_time_ns)
NUMBER(active_count)
NUMBER(relax_count)
NUMBER(event_count)
NUMBER(wakeup_count)
NUMBER(expire_count)
NUMBER(total_time_ns)
NUMBER(max_time_ns)
NUMBER(last_change_ns)
NUMBER(prevent_sleep_time_ns)
