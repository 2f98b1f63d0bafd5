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

static unsigned int reader_flags(unsigned int flags)
{
	return (flags & WAKEUP_VERBOSE ? READER_VERBOSE : 0) |
	       (flags & WAKEUP_MANY ? READER_MANY : 0);
}

struct wakeup_reader *wakeup_open(unsigned int flags)
{
	struct wakeup_reader *r;

	if (flags & ~(WAKEUP_VERBOSE | WAKEUP_MANY)) {
		fail(&last_fail, "wakeup_open: flags %#x are not known", flags);
		return NULL;
	}
	r = calloc(1, sizeof(*r));
	if (!r) {
		fail(&last_fail, "out of memory");
		return NULL;
	}
	r->reader = reader_open(reader_flags(flags), &last_fail);
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
	if (flags & ~(WAKEUP_VERBOSE | WAKEUP_MANY))
		return fail(&last_fail, "wakeup_pin: flags %#x are not known", flags);
	return reader_pin(reader_flags(flags), &last_fail);
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
	src = src ? source_next(src) : s->snap.sources;
	return src == s->snap.end ? NULL : src;
}

const char *wakeup_source_name(const struct wakeup_source *src, size_t *len)
{
	if (len)
		*len = src->rec.name_len;
	return (const char *)src + src->rec.name_off;
}

const char *wakeup_source_device(const struct wakeup_source *src, size_t *len)
{
	bool has = src->rec.flags & WS_HAS_PARENT;

	if (len)
		*len = has ? src->rec.parent_len : 0;
	return has ? (const char *)src + src->rec.parent_off : NULL;
}

bool wakeup_source_device_is_known(const struct wakeup_source *src)
{
	return !(src->rec.flags & WS_NO_NODE);
}

unsigned int wakeup_source_id(const struct wakeup_source *src)
{
	return src->rec.id;
}

bool wakeup_source_is_active(const struct wakeup_source *src)
{
	return src->rec.flags & WS_ACTIVE;
}

bool wakeup_source_is_autosleep(const struct wakeup_source *src)
{
	return src->rec.flags & WS_AUTOSLEEP;
}

uint64_t wakeup_source_key(const struct wakeup_source *src)
{
	return src->rec.name_addr;
}

#define NUMBER_OF(src, field) \
	((src)->rec.flags & WS_HAS_NUMBERS ? (src)->rec.numbers.field : 0)

#define NUMBER(field)							\
	uint64_t wakeup_source_##field(const struct wakeup_source *src)	\
	{								\
		return NUMBER_OF(src, field);				\
	}

NUMBER(active_count)
NUMBER(relax_count)
NUMBER(event_count)
NUMBER(wakeup_count)
NUMBER(expire_count)
NUMBER(last_change_ns)

/* The kernel sums up when a source is released; what has passed since is added here. */

static uint64_t since(const struct wakeup_source *src, uint64_t then)
{
	return src->rec.numbers.read_ns > then ? src->rec.numbers.read_ns - then : 0;
}

uint64_t wakeup_source_active_time_ns(const struct wakeup_source *src)
{
	return src->rec.flags & WS_ACTIVE ? since(src, src->rec.numbers.last_change_ns) : 0;
}

uint64_t wakeup_source_total_time_ns(const struct wakeup_source *src)
{
	return NUMBER_OF(src, total_time_ns) + wakeup_source_active_time_ns(src);
}

uint64_t wakeup_source_max_time_ns(const struct wakeup_source *src)
{
	uint64_t now = wakeup_source_active_time_ns(src);
	uint64_t before = NUMBER_OF(src, max_time_ns);

	return now > before ? now : before;
}

uint64_t wakeup_source_prevent_sleep_time_ns(const struct wakeup_source *src)
{
	const uint32_t both = WS_ACTIVE | WS_AUTOSLEEP;

	return NUMBER_OF(src, prevent_sleep_time_ns) +
	       ((src->rec.flags & both) == both ? since(src, src->rec.numbers.start_prevent_ns) : 0);
}
