// SPDX-License-Identifier: GPL-2.0-only
#include "sources.h"

#include <fnmatch.h>
#include <string.h>

#include "common/duration.h"
#include "verbs.h"

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

#define TEXT(name_, what, help_) \
	{ .name = (name_), .key = #what, .type = COLUMN_TEXT, .standard = true, \
	  .help = (help_), .text = get_##what }
#define NUMBER(name_, what, type_, standard_, help_) \
	{ .name = (name_), .key = #what, .type = COLUMN_##type_, .standard = (standard_), \
	  .help = (help_), .number = get_##what, .idle = true }

const struct column source_columns[] = {
	TEXT("NAME", name, "name of the wakeup source"),
	{ .name = "ID", .key = "id", .type = COLUMN_COUNT, .number = get_id,
	  .help = "the kernel's number: wakeup<id> in /sys/class/wakeup" },
	{ .name = "AWAKE", .key = "active", .type = COLUMN_FLAG, .number = get_is_active,
	  .help = "keeps the system awake now: 1 or 0", .idle = true },
	NUMBER("ACTIVE", active_time_ns, SPAN, true,
	       "for how long it has been active, - if it is not"),
	NUMBER("COUNT", active_count, COUNT, true, "times activated"),
	NUMBER("RELEASED", relax_count, COUNT, false, "times released"),
	NUMBER("EVENTS", event_count, COUNT, true, "wakeup events signalled"),
	NUMBER("WAKEUPS", wakeup_count, COUNT, true, "times it might have aborted a suspend"),
	NUMBER("EXPIRED", expire_count, COUNT, true, "times released by its timeout"),
	NUMBER("TOTAL", total_time_ns, DURATION, true, "time spent active"),
	NUMBER("MAX", max_time_ns, DURATION, true, "longest time active"),
	NUMBER("CHANGED", last_change_ns, MOMENT, true,
	       "how long ago it was activated or released"),
	{ .name = "AUTOSLEEP", .key = "autosleep", .type = COLUMN_FLAG,
	  .number = get_is_autosleep, .help = "PREVENT is being counted: 1 or 0" },
	NUMBER("PREVENT", prevent_sleep_time_ns, DURATION, true,
	       "time spent keeping autosleep from suspending"),
	TEXT("DEVICE", device, "the device it belongs to, ? if it is not known"),
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

static int set_since(void *to, const char *arg, struct fail *why)
{
	struct source_filter *filter = to;

	filter->since = true;
	if (duration_parse(arg, &filter->since_ns))
		return fail(why, "'%s' is no duration such as 90s, 1.5h or 3m12s", arg);
	return 0;
}

const struct option_row filter_options[] = {
	{ "active", 'a', NULL, "what keeps the system awake now",
	  option_flag, offsetof(struct source_filter, active) },
	{ "since", 0, "DURATION", "what was activated or released lately: 90s, 1.5h, 3m12s",
	  set_since, 0 },
	{ 0 }
};

static bool matches(const struct source_filter *filter, const struct wakeup_source *src,
		    uint64_t now_ns)
{
	const char *name;
	uint64_t changed;

	if (filter->active && !wakeup_source_is_active(src))
		return false;
	if (filter->since) {
		changed = wakeup_source_last_change_ns(src);
		/* what changed after the walk had begun changed just now */
		if (!changed || (changed < now_ns && now_ns - changed > filter->since_ns))
			return false;
	}
	if (!filter->nr_globs)
		return true;
	name = wakeup_source_name(src, NULL);
	for (size_t i = 0; i < filter->nr_globs; i++)
		if (!fnmatch(filter->globs[i], name, 0))
			return true;
	return false;
}

/* A pattern that matches no name at all is a mistake, not an empty result. */
static int check_glob(const char *glob, const struct wakeup_snapshot *snap, struct fail *why)
{
	const struct wakeup_source *src = NULL;

	while ((src = wakeup_snapshot_next(snap, src)))
		if (!fnmatch(glob, wakeup_source_name(src, NULL), 0))
			return 0;
	for (const struct verb *verb = verbs; verb->name; verb++)
		if (!strcmp(verb->name, glob))
			return fail(why, "no wakeup source is called '%s'; as a verb it has to come first: wsdump %s",
				    glob, glob);
	return fail(why, "no wakeup source is called '%s', and it is no verb: try 'wsdump --help'",
		    glob);
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

int sources_choose(const struct source_filter *filter, const struct listing *list,
		   const struct wakeup_snapshot *snap, struct rows *rows, struct fail *why)
{
	const struct wakeup_source *src = NULL;
	size_t size = wakeup_snapshot_size(snap);

	rows->whole = snap;
	rows->idle = is_idle;
	rows->now_ns = wakeup_snapshot_monotonic_ns(snap);
	for (size_t i = 0; i < filter->nr_globs; i++)
		if (check_glob(filter->globs[i], snap, why))
			return -1;
	if (rows_room(rows, size))
		return fail(why, "no memory for %zu wakeup sources", size);
	while ((src = wakeup_snapshot_next(snap, src)))
		if (matches(filter, src, rows->now_ns))
			rows->v[rows->nr++] = src;
	/* the first few rows of the kernel's order mean nothing to anybody */
	if (list->sort || list->format->sorted || list->top) {
		/* that is the newest first, while here the oldest is first of those alike */
		for (size_t i = 0; i < rows->nr / 2; i++)
			swap(&rows->v[i], &rows->v[rows->nr - 1 - i]);
		listing_sort(list, rows);
	}
	return 0;
}
