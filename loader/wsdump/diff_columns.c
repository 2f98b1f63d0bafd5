// SPDX-License-Identifier: GPL-2.0-only
/* What diff and run can say of a change. */
#include "diff.h"

const struct change_column diff_columns[] = {
	{ "NAME", "name", "name of the wakeup source", CHANGE_NAME, 0, true },
	{ "ID", "id", "the kernel's number: wakeup<id> in /sys/class/wakeup", CHANGE_ID, 0, false },
	{ "CHANGE", "change", "new, gone, reset: counts from 0 again; - for none of these",
	  CHANGE_FATE, 0, true },
	{ "SHARE", "active_ratio", "share of the time for which it was active", CHANGE_SHARE, 0,
	  true },
	{ "TIME", "delta_total_time_ns", "how long it was active", CHANGE_ADDED_TIME, TOTAL_TIME,
	  true },
	{ "COUNT", "delta_active_count", "times activated", CHANGE_ADDED, ACTIVE_COUNT, true },
	{ "RELEASED", "delta_relax_count", "times released", CHANGE_ADDED, RELAX_COUNT, false },
	{ "EVENTS", "delta_event_count", "wakeup events signalled", CHANGE_ADDED, EVENT_COUNT,
	  true },
	{ "WAKEUPS", "delta_wakeup_count", "times it might have aborted a suspend", CHANGE_ADDED,
	  WAKEUP_COUNT, true },
	{ "EXPIRED", "delta_expire_count", "times released by its timeout", CHANGE_ADDED,
	  EXPIRE_COUNT, true },
	{ "PREVENT", "delta_prevent_sleep_time_ns", "how long it kept autosleep from suspending",
	  CHANGE_ADDED_TIME, PREVENT_TIME, true },
	{ "ACTIVE", "active_time_ns", "for how long it has been active at the end, - if not",
	  CHANGE_SPAN, ACTIVE_TIME, true },
	{ "MAX", "max_time_ns", "longest time active, ever", CHANGE_TIME, MAX_TIME, false },
	{ "DEVICE", "device", "the device it belongs to", CHANGE_DEVICE, 0, true },
	{ 0 }
};
