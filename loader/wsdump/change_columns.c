// SPDX-License-Identifier: GPL-2.0-only
/* What diff, run and watch can say of a change. */
#include "changes.h"

#include "about.h"

/* --- what they get ------------------------------------------------------------ */

static const char *get_name(const void *row, size_t *len)
{
	const struct change *change = row;

	*len = change->now->name_len;
	return change->now->name;
}

static const char *get_device(const void *row, size_t *len)
{
	const struct change *change = row;

	*len = change->now->device_len;
	return change->now->device;
}

#define ABOUT_GETTER(what, which)						\
	static const char *get_##what(const void *row, size_t *len)		\
	{									\
		return about_text(which, ((const struct change *)row)->now->id,\
				  ((const struct change *)row)->now->name, len);				\
	}

ABOUT_GETTER(what, ABOUT_WHAT)
ABOUT_GETTER(driver, ABOUT_DRIVER)
ABOUT_GETTER(subsystem, ABOUT_SUBSYSTEM)
ABOUT_GETTER(path, ABOUT_PATH)
ABOUT_GETTER(may_wake, ABOUT_MAY_WAKE)
ABOUT_GETTER(process, ABOUT_PROCESS)

static uint64_t get_id(const void *row, int which)
{
	(void)which;
	return ((const struct change *)row)->now->id;
}

static uint64_t get_kind(const void *row, int which)
{
	(void)which;
	return ((const struct change *)row)->kind;
}

static uint64_t get_share(const void *row, int which)
{
	(void)which;
	return ((const struct change *)row)->share;
}

/* What a counter grew by. */
static uint64_t get_added(const void *row, int counter)
{
	return ((const struct change *)row)->n[counter];
}

/* A counter as it is now. */
static uint64_t get_now(const void *row, int counter)
{
	return ((const struct change *)row)->now->n[counter];
}

static bool is_there(const void *row)
{
	return ((const struct change *)row)->kind != CHANGE_GONE;
}

/* --- the tables --------------------------------------------------------------- */

#define NAME \
	{ .name = "NAME", .key = "name", .type = COLUMN_TEXT, .standard = true, \
	  .help = "name of the wakeup source", .text = get_name }
#define DEVICE \
	{ .name = "DEVICE", .key = "device", .type = COLUMN_TEXT, .standard = true, \
	  .help = "the device it belongs to", .text = get_device }
#define ID \
	{ .name = "ID", .key = "id", .type = COLUMN_COUNT, .number = get_id, \
	  .help = "the kernel's number: wakeup<id> in /sys/class/wakeup" }
#define KIND(standard_) \
	{ .name = "CHANGE", .key = "change", .type = COLUMN_WORD, .standard = (standard_), \
	  .help = "new, gone, reset: counts from 0 again; - for none of these", \
	  .number = get_kind, .words = change_kinds }
#define SHARE(help_) \
	{ .name = "SHARE", .key = "active_ratio", .type = COLUMN_SHARE, .standard = true, \
	  .help = (help_), .number = get_share, .known = is_there }
/* of a source that is gone nobody knows what it did at last */
#define ADDED(name_, key_, aliases_, type_, counter, standard_, help_) \
	{ .name = (name_), .key = (key_), .aliases = (aliases_), .type = COLUMN_##type_, .standard = (standard_), \
	  .help = (help_), .number = get_added, .which = (counter), .known = is_there }
#define NOW(name_, key_, aliases_, type_, counter, standard_, help_) \
	{ .name = (name_), .key = (key_), .aliases = (aliases_), .type = COLUMN_##type_, .standard = (standard_), \
	  .help = (help_), .number = get_now, .which = (counter) }
#define ACTIVE(help_) \
	{ .name = "ACTIVE", .key = "active_time_ns", .type = COLUMN_SPAN, .standard = true, \
	  .aliases = "active_since,active_time_ms", \
	  .help = (help_), .number = get_now, .which = ACTIVE_TIME, .known = is_there }

const struct column diff_columns[] = {
	NAME,
	ID,
	KIND(true),
	SHARE("share of the time for which it was active"),
	ADDED("TOTAL", "delta_total_time_ns", "total_time,total_time_ms,total_time_ns,time,held",
	      DURATION, TOTAL_TIME, true, "time active, in all"),
	ADDED("COUNT", "delta_active_count", "active_count",
	      COUNT, ACTIVE_COUNT, true, "times activated"),
	ADDED("RELEASED", "delta_relax_count", "relax_count",
	      COUNT, RELAX_COUNT, false, "times released"),
	ADDED("EVENTS", "delta_event_count", "event_count",
	      COUNT, EVENT_COUNT, true, "wakeup events signalled"),
	ADDED("WAKEUPS", "delta_wakeup_count", "wakeup_count",
	      COUNT, WAKEUP_COUNT, true, "times it might have aborted a suspend"),
	ADDED("EXPIRED", "delta_expire_count", "expire_count",
	      COUNT, EXPIRE_COUNT, true, "times released by its timeout"),
	ADDED("PREVENT", "delta_prevent_sleep_time_ns",
	      "prevent_suspend_time,prevent_suspend_time_ms,prevent_sleep_time_ns",
	      DURATION, PREVENT_TIME, true, "how long it kept autosleep from suspending"),
	ACTIVE("for how long it has been active at the end, - if not"),
	NOW("MAX", "max_time_ns", "max_time,max_time_ms,longest",
	      DURATION, MAX_TIME, false, "longest time active, ever"),
	DEVICE,
	ABOUT_COLUMNS,
	{ 0 }
};

const struct column watch_columns[] = {
	NAME,
	ID,
	KIND(false),
	ACTIVE("for how long it has been active, - if it is not"),
	SHARE("share of the interval for which it was active"),
	ADDED("COUNT/s", "active_rate_hz", NULL,
	      RATE, ACTIVE_COUNT, true, "times activated, a second"),
	ADDED("EVENTS/s", "event_rate_hz", NULL,
	      RATE, EVENT_COUNT, true, "wakeup events signalled, a second"),
	NOW("COUNT", "active_count", NULL,
	      COUNT, ACTIVE_COUNT, true, "times activated, in all"),
	NOW("RELEASED", "relax_count", NULL,
	      COUNT, RELAX_COUNT, false, "times released"),
	NOW("EVENTS", "event_count", NULL,
	      COUNT, EVENT_COUNT, true, "wakeup events signalled, in all"),
	NOW("WAKEUPS", "wakeup_count", NULL,
	      COUNT, WAKEUP_COUNT, true, "times it might have aborted a suspend"),
	NOW("EXPIRED", "expire_count", NULL,
	      COUNT, EXPIRE_COUNT, false, "times released by its timeout"),
	NOW("TOTAL", "total_time_ns", "total_time,total_time_ms,time,held",
	      DURATION, TOTAL_TIME, true, "time spent active, in all"),
	NOW("MAX", "max_time_ns", "max_time,max_time_ms,longest",
	      DURATION, MAX_TIME, false, "longest time active"),
	NOW("CHANGED", "last_change_ns", "last_change,last_change_ms",
	      MOMENT, LAST_CHANGE, true, "how long ago it was activated or released"),
	NOW("PREVENT", "prevent_sleep_time_ns", "prevent_suspend_time,prevent_suspend_time_ms",
	      DURATION, PREVENT_TIME, false, "time spent keeping autosleep from suspending"),
	DEVICE,
	ABOUT_COLUMNS,
	{ 0 }
};

_Static_assert(sizeof(diff_columns) / sizeof(diff_columns[0]) <= MAX_COLUMNS + 1 &&
	       sizeof(watch_columns) / sizeof(watch_columns[0]) <= MAX_COLUMNS + 1,
	       "room for all columns");

/* --- what is new -------------------------------------------------------------- */

/* Was the longest span the one that goes on, or ended, in the interval? */
static bool is_longest(const struct change *change)
{
	return change->n[TOTAL_TIME] &&
	       change->now->n[MAX_TIME] == change->now->n[ACTIVE_TIME];
}

bool change_is_news(const struct change *change, const struct column *column)
{
	if (column->text == get_name || column->number == get_kind)
		return change->kind != CHANGE_KEPT;
	if (column->number == get_share)
		return change->n[TOTAL_TIME];
	if (column->number == get_added)
		return change->n[column->which];
	if (column->number != get_now)
		return false;
	if (column->which < NR_SUMS)
		return change->n[column->which];
	switch (column->which) {
	case MAX_TIME:
		return is_longest(change);
	case LAST_CHANGE:
		return change->n[ACTIVE_COUNT] || change->n[RELAX_COUNT];
	case ACTIVE_TIME:
		return change->now->active || change->n[RELAX_COUNT];
	default:
		return false;
	}
}

bool change_is_name(const struct column *column)
{
	return column->text == get_name;
}
