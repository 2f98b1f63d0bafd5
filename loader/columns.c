// SPDX-License-Identifier: GPL-2.0-only
#include "columns.h"

#include <string.h>

#define NUMBER(heading_, key_, type_, field, help_) \
	{ .heading = (heading_), .key = (key_), .type = (type_), .help = (help_), \
	  .offset = offsetof(struct ws_record, field) }
#define FLAG(key_, flag_, help_) \
	{ .key = (key_), .type = COLUMN_FLAG, .help = (help_), .flag = (flag_) }
#define OTHER(heading_, key_, type_, help_) \
	{ .heading = (heading_), .key = (key_), .type = (type_), .help = (help_) }

const struct column columns[] = {
	OTHER("NAME", "name", COLUMN_NAME, "name of the wakeup source"),
	OTHER(NULL, "id", COLUMN_ID, "the kernel's number: wakeup<id> in /sys/class/wakeup"),
	FLAG("active", WS_ACTIVE, "keeps the system awake now"),
	NUMBER("ACTIVE", "active_time_ns", COLUMN_DURATION, active_time_ns,
	       "for how long it has been active, - if it is not"),
	NUMBER("COUNT", "active_count", COLUMN_COUNT, active_count, "times activated"),
	NUMBER(NULL, "relax_count", COLUMN_COUNT, relax_count, "times released"),
	NUMBER("EVENTS", "event_count", COLUMN_COUNT, event_count, "wakeup events signalled"),
	NUMBER("WAKEUPS", "wakeup_count", COLUMN_COUNT, wakeup_count,
	       "times it might have aborted a suspend"),
	NUMBER("EXPIRED", "expire_count", COLUMN_COUNT, expire_count,
	       "times released by its timeout"),
	NUMBER("TOTAL", "total_time_ns", COLUMN_DURATION, total_time_ns, "time spent active"),
	NUMBER("MAX", "max_time_ns", COLUMN_DURATION, max_time_ns, "longest time active"),
	NUMBER("CHANGED", "last_change_ns", COLUMN_MOMENT, last_change_ns,
	       "how long ago it was activated or released"),
	FLAG("autosleep", WS_AUTOSLEEP, "prevent_sleep_time_ns is being counted"),
	NUMBER("PREVENT", "prevent_sleep_time_ns", COLUMN_DURATION, prevent_sleep_time_ns,
	       "time spent keeping autosleep from suspending"),
	OTHER("DEVICE", "device", COLUMN_PARENT, "the device it belongs to"),
};

const size_t nr_columns = sizeof(columns) / sizeof(columns[0]);

uint64_t column_number(const struct column *column, const struct ws_record *rec)
{
	uint64_t number;

	memcpy(&number, (const char *)rec + column->offset, sizeof(number));
	return number;
}
