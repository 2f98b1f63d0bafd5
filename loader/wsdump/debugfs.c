// SPDX-License-Identifier: GPL-2.0-only
#include "debugfs.h"

#include "common/out.h"
#include "libwakeup/libwakeup.h"

#define NAME_WIDTH 12
#define NS_PER_MS 1000000

int debugfs_print(const struct rows *rows, struct fail *why)
{
	(void)why;
	if (!rows->no_headings)
		out_string("name\t\tactive_count\tevent_count\twakeup_count\texpire_count\t"
			   "active_since\ttotal_time\tmax_time\tlast_change\t"
			   "prevent_suspend_time\n");
	for (size_t i = 0; i < rows->nr; i++) {
		const struct wakeup_source *src = rows->v[i];
		const uint64_t numbers[] = {
			wakeup_source_active_count(src),
			wakeup_source_event_count(src),
			wakeup_source_wakeup_count(src),
			wakeup_source_expire_count(src),
			wakeup_source_active_time_ns(src) / NS_PER_MS,
			wakeup_source_total_time_ns(src) / NS_PER_MS,
			wakeup_source_max_time_ns(src) / NS_PER_MS,
			wakeup_source_last_change_ns(src) / NS_PER_MS,
			wakeup_source_prevent_sleep_time_ns(src) / NS_PER_MS,
		};
		size_t len;
		const char *name = wakeup_source_name(src, &len);

		out_bytes(name, len);
		if (len < NAME_WIDTH)
			out_spaces(NAME_WIDTH - len);
		for (size_t n = 0; n < sizeof(numbers) / sizeof(numbers[0]); n++) {
			out_string(n ? "\t\t" : "\t");
			out_number(numbers[n]);
		}
		out_char('\n');
	}
	return 0;
}
