// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
/* The part of libwakeup.h on snapshots and their sources: what a record says. */
#include "snapshot.h"

size_t wakeup_snapshot_size(const struct wakeup_snapshot *snap)
{
	return snap->size;
}

uint64_t wakeup_snapshot_monotonic_ns(const struct wakeup_snapshot *snap)
{
	return snap->monotonic_ns;
}

uint64_t wakeup_snapshot_realtime_ns(const struct wakeup_snapshot *snap)
{
	return snap->realtime_ns;
}

static const void *at(const struct wakeup_source *src, size_t off)
{
	return (const char *)src + off;
}

const struct wakeup_source *wakeup_snapshot_next(const struct wakeup_snapshot *snap,
						 const struct wakeup_source *src)
{
	src = src ? at(src, src->record.size) : snap->sources;
	return src == snap->end ? NULL : src;
}

static const char *string(const struct wakeup_source *src, const struct ws_string *s, size_t *len)
{
	if (len)
		*len = s->off ? s->len : 0;
	return s->off ? at(src, s->off) : NULL;
}

const char *wakeup_source_name(const struct wakeup_source *src, size_t *len)
{
	return string(src, &src->record.name, len);
}

const char *wakeup_source_device(const struct wakeup_source *src, size_t *len)
{
	return string(src, &src->record.parent, len);
}

bool wakeup_source_device_is_known(const struct wakeup_source *src)
{
	return src->record.node_addr;
}

unsigned int wakeup_source_id(const struct wakeup_source *src)
{
	return src->record.id;
}

bool wakeup_source_is_active(const struct wakeup_source *src)
{
	return src->record.active;
}

bool wakeup_source_is_autosleep(const struct wakeup_source *src)
{
	return src->record.autosleep;
}

uint64_t wakeup_source_key(const struct wakeup_source *src)
{
	return src->record.name_addr;
}

/* The walk leaves out the numbers of a source that never had an event. */
#define NUMBER_OF(src, field) ((src)->record.numbers.event_count ? (src)->record.numbers.field : 0)

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
	return src->record.read_ns > then ? src->record.read_ns - then : 0;
}

uint64_t wakeup_source_active_time_ns(const struct wakeup_source *src)
{
	return src->record.active ? since(src, src->record.numbers.last_change_ns) : 0;
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
	uint64_t now = 0;

	if (src->record.active && src->record.autosleep)
		now = since(src, src->record.numbers.start_prevent_ns);
	return NUMBER_OF(src, prevent_sleep_time_ns) + now;
}
