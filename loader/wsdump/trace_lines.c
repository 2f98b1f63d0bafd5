// SPDX-License-Identifier: GPL-2.0-only
#include "trace_lines.h"

#include <stdlib.h>

#include "common/duration.h"
#include "common/escape.h"
#include "common/out.h"
#include "common/text.h"
#include "top_holders.h"

/* Columns of the lines, and of the summary. */
#define TIME_WIDTH	12
#define EVENT_WIDTH	9
#define HELD_WIDTH	8
#define COUNT_WIDTH	8
#define SHARE_WIDTH	7

static void put_right(const char *s, size_t len, size_t width)
{
	if (len < width)
		out_spaces(width - len);
	out_bytes(s, len);
}

static void put_left(const char *s, size_t width)
{
	size_t len = strlen(s);

	out_bytes(s, len);
	if (len < width)
		out_spaces(width - len);
}

static void put_number(uint64_t n, size_t width)
{
	char digits[NUMBER_LEN];

	put_right(digits, number_put(digits, n) - digits, width);
}

static void put_duration(uint64_t ns, bool inexact, size_t width)
{
	char buf[1 + DURATION_LEN] = "~";
	size_t len = 1 + duration_format(buf + 1, ns);

	put_right(buf + !inexact, len - !inexact, width);
}

/* Seconds and six more digits. */
static void put_seconds(uint64_t ns, size_t width)
{
	char micro[7] = ".";
	uint64_t us = ns / 1000;

	put_number(us / 1000000, width - sizeof(micro));
	for (int i = 6; i > 0; i--, us /= 10)
		micro[i] = '0' + us % 10;
	out_bytes(micro, sizeof(micro));
}

static void put_name(const struct tracked *src)
{
	text_put(src->name, src->name_len, SIZE_MAX);
	if (src->cut)
		out_string("...");
	/* two of one name are told apart where there is a way to */
	if (src->ambiguous && src->id >= 0) {
		out_string(" (");
		out_number(src->id);
		out_char(')');
	}
}

void trace_lines_heading(const struct trace_lines *lines)
{
	out_string(lines->raw ? "time_ns\tevent\tid\theld_ns\tlost\tname\n" :
				"        TIME EVENT         HELD NAME\n");
}

void trace_lines_change(const struct trace_lines *lines, const char *event, uint64_t time_ns,
			const struct tracked *src, bool held, uint64_t held_ns, bool inexact)
{
	if (lines->raw) {
		out_number(time_ns);
		out_char('\t');
		out_string(event);
		out_char('\t');
		if (src->id >= 0)
			out_number(src->id);
		out_char('\t');
		if (held)
			out_number(held_ns);
		out_char('\t');
		out_string(inexact ? "?\t" : "\t");
		escape_put(src->name, src->name_len, false);
	} else {
		put_seconds(time_ns > lines->from_ns ? time_ns - lines->from_ns : 0, TIME_WIDTH);
		out_char(' ');
		put_left(event, EVENT_WIDTH);
		if (held)
			put_duration(held_ns, inexact, 1 + HELD_WIDTH);
		else
			put_right("-", 1, 1 + HELD_WIDTH);
		out_char(' ');
		put_name(src);
	}
	out_char('\n');
}

void trace_lines_lost(const struct trace_lines *lines, uint64_t nr, uint64_t time_ns)
{
	if (lines->raw) {
		out_number(time_ns);
		out_string("\tlost\t\t\t");
		out_number(nr);
		out_string("\t\n");
		return;
	}
	put_seconds(time_ns > lines->from_ns ? time_ns - lines->from_ns : 0, TIME_WIDTH);
	out_char(' ');
	put_left("lost", EVENT_WIDTH);
	put_right("-", 1, 1 + HELD_WIDTH);
	out_char(' ');
	out_number(nr);
	out_string(nr == 1 ? " event\n" : " events\n");
}

/* Per cent of the window, with one digit behind the point; cut, not rounded up. */
static void put_share(const struct tracker *t, uint64_t ns, size_t width)
{
	char digit[3] = ".?%";
	uint64_t all = t->to_ns - t->from_ns;
	/* in microseconds, so that years don't overflow */
	uint64_t permille = ns / 1000 * 1000 / (all / 1000 ? all / 1000 : 1);

	digit[1] = '0' + permille % 10;
	put_number(permille / 10, width > sizeof(digit) ? width - sizeof(digit) : 0);
	out_bytes(digit, sizeof(digit));
}

static void put_row(const struct tracker *t, const struct tracked *src)
{
	bool inexact = src->inexact && !src->counted;

	put_duration(src->held_ns, inexact, HELD_WIDTH);
	out_char(' ');
	put_share(t, src->held_ns, SHARE_WIDTH);
	put_number(src->count, 1 + COUNT_WIDTH);
	put_duration(src->longest_ns, src->inexact, 1 + HELD_WIDTH);
	out_char(' ');
	put_name(src);
	if (src->still)
		out_string(", still active");
	out_char('\n');
}

int trace_lines_summary(const struct tracker *t, size_t max)
{
	size_t nr, still = 0;
	const struct tracked **top = top_holders(t, &nr);

	if (!top)
		return -1;
	for (size_t i = 0; i < nr; i++)
		still += top[i]->still;

	out_string("\nAwake for ");
	put_duration(t->awake_ns, t->lost, 0);
	out_string(" of ");
	put_duration(t->to_ns - t->from_ns, false, 0);
	out_string(", ");
	put_share(t, t->awake_ns, 0);
	out_string(". Sources that were active: ");
	out_number(nr);
	out_string(", still: ");
	out_number(still);
	out_string(". Lost events: ");
	out_number(t->lost);
	out_string(".\n");
	if (t->lost)
		out_string("Events were lost, so what has a ~ is not exact.\n");
	if (nr)
		out_string("\n    HELD   SHARE    COUNT  LONGEST NAME\n");
	for (size_t i = 0; i < nr && i < max; i++)
		put_row(t, top[i]);
	if (nr > max) {
		out_string("and ");
		out_number(nr - max);
		out_string(" more\n");
	}
	free(top);
	return 0;
}
