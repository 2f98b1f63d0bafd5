// SPDX-License-Identifier: GPL-2.0-only
#include "columns.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define S true		/* standard */
#define TEXT(name_, key_, get, std, help_) \
	{ .name = (name_), .key = (key_), .type = COLUMN_TEXT, .standard = (std), \
	  .help = (help_), .text = (get) }
#define FLAG(name_, key_, get, std, help_) \
	{ .name = (name_), .key = (key_), .type = COLUMN_FLAG, .standard = (std), \
	  .help = (help_), .flag = (get) }
#define NUMBER(name_, key_, type_, std, help_) \
	{ .name = (name_), .key = #key_, .type = COLUMN_##type_, .standard = (std), \
	  .help = (help_), .number = wakeup_source_##key_ }

static const char *device(const struct wakeup_source *src, size_t *len)
{
	if (wakeup_source_device_is_known(src))
		return wakeup_source_device(src, len);
	*len = 1;
	return "?";
}

const struct column columns[NR_COLUMNS] = {
	TEXT("NAME", "name", wakeup_source_name, S, "name of the wakeup source"),
	{ .name = "ID", .key = "id", .type = COLUMN_ID, .id = wakeup_source_id,
	  .help = "the kernel's number: wakeup<id> in /sys/class/wakeup" },
	FLAG("AWAKE", "active", wakeup_source_is_active, 0, "keeps the system awake now: 1 or 0"),
	NUMBER("ACTIVE", active_time_ns, SPAN, S,
	       "for how long it has been active, - if it is not"),
	NUMBER("COUNT", active_count, COUNT, S, "times activated"),
	NUMBER("RELEASED", relax_count, COUNT, 0, "times released"),
	NUMBER("EVENTS", event_count, COUNT, S, "wakeup events signalled"),
	NUMBER("WAKEUPS", wakeup_count, COUNT, S, "times it might have aborted a suspend"),
	NUMBER("EXPIRED", expire_count, COUNT, S, "times released by its timeout"),
	NUMBER("TOTAL", total_time_ns, DURATION, S, "time spent active"),
	NUMBER("MAX", max_time_ns, DURATION, S, "longest time active"),
	NUMBER("CHANGED", last_change_ns, MOMENT, S,
	       "how long ago it was activated or released"),
	FLAG("AUTOSLEEP", "autosleep", wakeup_source_is_autosleep, 0,
	     "PREVENT is being counted: 1 or 0"),
	NUMBER("PREVENT", prevent_sleep_time_ns, DURATION, S,
	       "time spent keeping autosleep from suspending"),
	TEXT("DEVICE", "device", device, S, "the device it belongs to, ? if it is not known"),
};

static bool is(const char *name, const char *s, size_t len)
{
	return !strncasecmp(name, s, len) && !name[len];
}

const struct column *column_find(const char *name, size_t len)
{
	for (size_t i = 0; i < NR_COLUMNS; i++)
		if (is(columns[i].name, name, len))
			return &columns[i];
	for (size_t i = 0; i < NR_COLUMNS; i++)
		if (is(columns[i].key, name, len))
			return &columns[i];
	return NULL;
}

void columns_help(void)
{
	puts("\nColumns, those in brackets by -o and -O only:");
	for (size_t i = 0; i < NR_COLUMNS; i++) {
		char name[16];

		snprintf(name, sizeof(name), columns[i].standard ? "%s" : "[%s]", columns[i].name);
		printf(" %-11s %s\n", name, columns[i].help);
	}
}
