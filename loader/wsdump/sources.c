// SPDX-License-Identifier: GPL-2.0-only
#include "sources.h"

#include <stdio.h>
#include <time.h>

#include "about.h"
#include "asleep.h"
#include "common/clock.h"

/* --- columns ------------------------------------------------------------------ */

static const char *get_name(const void *row, size_t *len)
{
	return wakeup_source_name(row, len);
}

static const char *get_device(const void *row, size_t *len)
{
	if (wakeup_source_device_is_known(row))
		return wakeup_source_device(row, len);
	*len = 1;
	return "?";
}

#define GETTER(what)							\
	static uint64_t get_##what(const void *row, int which)		\
	{								\
		(void)which;						\
		return wakeup_source_##what(row);			\
	}

GETTER(id)
GETTER(is_active)
GETTER(active_time_ns)
GETTER(active_count)
GETTER(relax_count)
GETTER(event_count)
GETTER(wakeup_count)
GETTER(expire_count)
GETTER(total_time_ns)
GETTER(max_time_ns)
GETTER(last_change_ns)
GETTER(is_autosleep)
GETTER(prevent_sleep_time_ns)

#define ABOUT_GETTER(what, which)						\
	static const char *get_##what(const void *row, size_t *len)		\
	{									\
		return about_text(which, wakeup_source_id(row), wakeup_source_name(row, NULL), len);				\
	}

ABOUT_GETTER(what, ABOUT_WHAT)
ABOUT_GETTER(driver, ABOUT_DRIVER)
ABOUT_GETTER(subsystem, ABOUT_SUBSYSTEM)
ABOUT_GETTER(path, ABOUT_PATH)
ABOUT_GETTER(may_wake, ABOUT_MAY_WAKE)
ABOUT_GETTER(process, ABOUT_PROCESS)

/* The clock of the kernel's counters stands still in suspend: it may have been longer ago then. */
static const char *get_when(const void *row, size_t *len)
{
	static char text[2][32];	/* of two rows, which may be compared */
	static int last;
	uint64_t changed = wakeup_source_last_change_ns(row);
	uint64_t monotonic = clock_ns(CLOCK_MONOTONIC), ago;
	char *to = text[last = !last];
	time_t then;
	struct tm tm;

	if (!changed)
		return NULL;
	ago = monotonic > changed ? monotonic - changed : 0;
	then = (clock_ns(CLOCK_REALTIME) - ago) / NS_PER_S;
	localtime_r(&then, &tm);
	*len = strftime(to, sizeof(text[0]), asleep_ns() ? "<%F %T" : "%F %T", &tm);
	return to;
}

#define TEXT(name_, what, help_) \
	{ .name = (name_), .key = #what, .type = COLUMN_TEXT, .standard = true, \
	  .help = (help_), .text = get_##what }
/* Aliases are names that debugfs and sysfs have, and those of earlier versions. */
#define NUMBER(name_, what, aliases_, type_, standard_, help_) \
	{ .name = (name_), .key = #what, .aliases = (aliases_), .type = COLUMN_##type_, \
	  .standard = (standard_), .help = (help_), .number = get_##what, .idle = true }

const struct column source_columns[] = {
	TEXT("NAME", name, "name of the wakeup source"),
	{ .name = "ID", .key = "id", .type = COLUMN_COUNT, .number = get_id,
	  .help = "the kernel's number: wakeup<id> in /sys/class/wakeup" },
	{ .name = "NOW", .key = "active", .aliases = "awake", .type = COLUMN_FLAG,
	  .number = get_is_active, .help = "is active now: 1 or 0", .idle = true },
	NUMBER("ACTIVE", active_time_ns, "active_since,active_time_ms", SPAN, true,
	       "for how long it has been active, - if it is not"),
	NUMBER("COUNT", active_count, NULL, COUNT, true, "times activated"),
	NUMBER("RELEASED", relax_count, NULL, COUNT, false, "times released"),
	NUMBER("EVENTS", event_count, NULL, COUNT, true, "wakeup events signalled"),
	NUMBER("WAKEUPS", wakeup_count, NULL, COUNT, true,
	       "times it might have aborted a suspend"),
	NUMBER("EXPIRED", expire_count, NULL, COUNT, true,
	       "times released by its timeout"),
	NUMBER("TOTAL", total_time_ns, "total_time,total_time_ms,time,held", DURATION, true,
	       "time active, in all"),
	NUMBER("MAX", max_time_ns, "max_time,max_time_ms,longest", DURATION, true,
	       "longest time active"),
	NUMBER("CHANGED", last_change_ns, "last_change,last_change_ms", MOMENT, true,
	       "how long ago it was activated or released"),
	{ .name = "WHEN", .key = "last_change_time", .type = COLUMN_TEXT, .text = get_when,
	  .costly = true,
	  .help = "when that was; < if the machine may have slept since" },
	{ .name = "AUTOSLEEP", .key = "autosleep", .type = COLUMN_FLAG,
	  .number = get_is_autosleep, .help = "PREVENT is being counted: 1 or 0" },
	NUMBER("PREVENT", prevent_sleep_time_ns,
	       "prevent_suspend_time,prevent_suspend_time_ms", DURATION, true,
	       "time it kept autosleep from suspending"),
	TEXT("DEVICE", device, "the device it belongs to, ? if it is not known"),
	ABOUT_COLUMNS,
	{ 0 }
};

_Static_assert(sizeof(source_columns) / sizeof(source_columns[0]) <= MAX_COLUMNS + 1,
	       "room for all columns");

/* --- order -------------------------------------------------------------------- */

static int larger_first(uint64_t x, uint64_t y)
{
	return (x < y) - (x > y);
}

/* Active ones first, then those that were active for longest, then the busiest. */
int source_order(const void *x, const void *y)
{
	uint64_t events_x = wakeup_source_event_count(x), events_y = wakeup_source_event_count(y);
	int diff = 0;

	/* most never had an event, and so have nothing else to compare */
	if (events_x || events_y)
		diff = larger_first(wakeup_source_is_active(x), wakeup_source_is_active(y)) ?:
		       larger_first(wakeup_source_total_time_ns(x),
				    wakeup_source_total_time_ns(y)) ?:
		       larger_first(events_x, events_y);
	return diff ?: -larger_first(wakeup_source_id(x), wakeup_source_id(y));
}

/* --- filters ------------------------------------------------------------------ */

static bool matches(struct filter *filter, const struct wakeup_source *src, uint64_t now_ns)
{
	/* of all sources, so that it is known what matches none */
	if (filter_has_names(filter) &&
	    !filter_matches(filter, &(struct subject) { .name = wakeup_source_name(src, NULL),
							.device = wakeup_source_device(src, NULL),
							.id = wakeup_source_id(src) }))
		return false;
	if (filter->active && !wakeup_source_is_active(src))
		return false;
	return filter_is_lately(filter, filter->since ? wakeup_source_last_change_ns(src) : 0,
				now_ns);
}

/* An event is what activates a source. Autosleep is turned on for all of them. */
static bool is_idle(const void *row)
{
	return !wakeup_source_event_count(row);
}

static void swap(const void **x, const void **y)
{
	const void *z = *x;

	*x = *y;
	*y = z;
}

static bool stands_out(const void *row)
{
	return wakeup_source_is_active(row);
}

void sources_sum_up(const struct wakeup_snapshot *snap, char *line, size_t size)
{
	size_t active = 0, used = 0;
	const struct wakeup_source *src = NULL;

	while ((src = wakeup_snapshot_next(snap, src))) {
		active += wakeup_source_is_active(src);
		used += wakeup_source_event_count(src) > 0;
	}
	if (active)
		snprintf(line, size, "%zu wakeup sources: %zu active, %zu ever used",
			 wakeup_snapshot_size(snap), active, used);
	else
		snprintf(line, size, "%zu wakeup sources: none is active, %zu ever used",
			 wakeup_snapshot_size(snap), used);
}

int sources_choose(struct filter *filter, const struct listing *list,
		   const struct wakeup_snapshot *snap, struct rows *rows, struct fail *why)
{
	const struct wakeup_source *src = NULL;
	size_t size = wakeup_snapshot_size(snap);

	rows->whole = snap;
	rows->idle = is_idle;
	rows->stands_out = stands_out;
	rows->now_ns = wakeup_snapshot_monotonic_ns(snap);
	if (rows_room(rows, size))
		return fail(why, "no memory for %zu wakeup sources", size);
	while ((src = wakeup_snapshot_next(snap, src)))
		if (matches(filter, src, rows->now_ns))
			rows->v[rows->nr++] = src;
	if (filter_check(filter, why))
		return -1;
	/* the first few rows of the kernel's order mean nothing to anybody */
	if (list->sort || list->format->sorted || list->top) {
		/* that is the newest first, while here the oldest is first of those alike */
		for (size_t i = 0; i < rows->nr / 2; i++)
			swap(&rows->v[i], &rows->v[rows->nr - 1 - i]);
		listing_sort(list, rows);
	}
	return 0;
}
