// SPDX-License-Identifier: GPL-2.0-only
#include "android.h"

#include <string.h>

#include "common/out.h"
#include "libwakeup/libwakeup.h"

#define NS_PER_MS 1000000
#define LINE 193	/* dashes of a line across the table */

/* Columns in Android's order; the first four have text, aligned to the left but for PID. */
static const struct {
	const char *heading;
	size_t width;
	uint64_t (*number)(const struct wakeup_source *src);
	bool time;
} cells[] = {
	{ "NAME", 30, NULL, false },
	{ "PID", 6, NULL, false },
	{ "TYPE", 6, NULL, false },
	{ "STATUS", 8, NULL, false },
	{ "ACTIVE COUNT", 12, wakeup_source_active_count, false },
	{ "TOTAL TIME", 12, wakeup_source_total_time_ns, true },
	{ "MAX TIME", 12, wakeup_source_max_time_ns, true },
	{ "EVENT COUNT", 12, wakeup_source_event_count, false },
	{ "WAKEUP COUNT", 12, wakeup_source_wakeup_count, false },
	{ "EXPIRE COUNT", 12, wakeup_source_expire_count, false },
	{ "PREVENT SUSPEND TIME", 20, wakeup_source_prevent_sleep_time_ns, true },
	{ "LAST CHANGE", 16, wakeup_source_last_change_ns, true },
};

#define NR_CELLS (sizeof(cells) / sizeof(cells[0]))

static void put_separator(void)
{
	out_string(" | ");
}

static void pad(size_t len, size_t width)
{
	if (len < width)
		out_spaces(width - len);
}

static void put_left(const char *s, size_t width)
{
	out_string(s);
	pad(strlen(s), width);
	put_separator();
}

static void put_name(const struct wakeup_source *src, size_t width)
{
	size_t n, len = 0;
	const char *name = wakeup_source_name(src, &n);

	for (; n; n--, name++) {
		if (*name == '\n')
			continue;
		out_char(*name);
		len++;
	}
	pad(len, width);
	put_separator();
}

static void put_number(uint64_t number, const char *unit, size_t width)
{
	char digits[NUMBER_LEN];
	size_t len = number_put(digits, number) - digits;

	pad(len + strlen(unit), width);
	out_bytes(digits, len);
	out_string(unit);
	put_separator();
}

static void put_line(void)
{
	out_string("  ");
	for (int i = 0; i < LINE; i++)
		out_char('-');
	out_char('\n');
}

static void put_headings(void)
{
	static const char title[] = "WAKELOCK STATS";
	size_t rest = LINE + 1 - strlen(title);

	put_line();
	put_separator();
	out_spaces(rest / 2);
	out_string(title);
	out_spaces(rest / 2 - strlen(" | "));
	put_separator();
	out_char('\n');
	put_line();
	put_separator();
	for (size_t c = 0; c < NR_CELLS; c++)
		put_left(cells[c].heading, cells[c].width);
	out_char('\n');
	put_line();
}

int android_print(const struct rows *rows, struct fail *why)
{
	(void)why;
	if (!rows->no_headings)
		put_headings();
	for (size_t i = 0; i < rows->nr; i++) {
		const struct wakeup_source *src = rows->v[i];

		put_separator();
		put_name(src, cells[0].width);
		out_spaces(cells[1].width - strlen("---"));
		put_left("---", 0);	/* a process, which the kernel is none */
		put_left("Kernel", cells[2].width);
		put_left(wakeup_source_is_active(src) ? "Active" : "Inactive", cells[3].width);
		for (size_t c = 4; c < NR_CELLS; c++)
			put_number(cells[c].number(src) / (cells[c].time ? NS_PER_MS : 1),
				   cells[c].time ? "ms" : "", cells[c].width);
		out_char('\n');
	}
	if (!rows->no_headings)
		put_line();
	return 0;
}
