// SPDX-License-Identifier: GPL-2.0-only
#include "trace_lines.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/clock.h"
#include "common/duration.h"
#include "common/escape.h"
#include "common/json.h"
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

/* One object a line: what a line is about, and what there is to say of it. NULL is null. */
static void put_object(uint64_t time_ns, const char *event, const struct tracked *src,
		       const uint64_t *active_ns, const uint64_t *realtime_ns, const uint64_t *lost,
		       bool inexact)
{
	out_char('{');
	json_put_number("time_ns", time_ns);
	out_char(',');
	json_put_key("event");
	json_put_string(event, strlen(event));
	if (src) {
		out_char(',');
		json_put_key("name");
		/* without memory the bytes that are no UTF-8 are left out, and no more */
		json_put_bytes("name", src->name, src->name_len);
		out_char(',');
		json_put_key("id");
		if (src->id >= 0)
			out_number(src->id);
		else
			out_string("null");
	}
	if (active_ns) {
		out_char(',');
		json_put_number(src ? "active_time_ns" : "asleep_ns", *active_ns);
	}
	if (realtime_ns) {
		out_char(',');
		json_put_number("realtime_ns", *realtime_ns);
	}
	if (lost) {
		out_char(',');
		json_put_number("lost", *lost);
	}
	if (inexact)
		out_string(",\"inexact\":true");
	out_string("}\n");
}

void trace_lines_heading(const struct trace_lines *lines)
{
	if (lines->json)
		return;
	out_string(lines->raw ? "time_ns\tevent\tid\tactive_time_ns\tlost\tname\n" :
				"        TIME EVENT       ACTIVE NAME\n");
}

void trace_lines_change(const struct trace_lines *lines, const char *event, uint64_t time_ns,
			const struct tracked *src, bool held, uint64_t held_ns, bool inexact)
{
	if (lines->json) {
		put_object(time_ns, event, src, held ? &held_ns : NULL, NULL, NULL, inexact);
		return;
	}
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
	if (lines->json) {
		put_object(time_ns, "lost", NULL, NULL, NULL, &nr, false);
		return;
	}
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

/* By the clock on the wall. */
static void put_clock(uint64_t realtime_ns)
{
	time_t then = realtime_ns / NS_PER_S;
	char text[32] = "";
	struct tm tm;

	if (localtime_r(&then, &tm))
		strftime(text, sizeof(text), "%F %T", &tm);
	out_string(text);
}

static void put_sleep(const struct trace_lines *lines, const char *event, uint64_t time_ns,
		      uint64_t realtime_ns, const uint64_t *asleep_ns)
{
	if (lines->json) {
		put_object(time_ns, event, NULL, asleep_ns, &realtime_ns, NULL, false);
		return;
	}
	if (lines->raw) {
		out_number(time_ns);
		out_char('\t');
		out_string(event);
		out_string("\t\t");
		if (asleep_ns)
			out_number(*asleep_ns);
		out_string("\t\t\n");
		return;
	}
	put_seconds(time_ns - lines->from_ns, TIME_WIDTH);
	out_char(' ');
	put_left(event, EVENT_WIDTH);
	if (asleep_ns)
		put_duration(*asleep_ns, false, 1 + HELD_WIDTH);
	else
		put_right("-", 1, 1 + HELD_WIDTH);
	out_string(" at ");
	put_clock(realtime_ns);
	out_char('\n');
}

void trace_lines_slept(const struct trace_lines *lines, const struct sleep *sleep)
{
	put_sleep(lines, "suspend", sleep->from_ns, sleep->realtime_ns - sleep->asleep_ns, NULL);
	put_sleep(lines, "resume", sleep->to_ns, sleep->realtime_ns, &sleep->asleep_ns);
}

/* Per cent of the window, with one digit behind the point; cut, not rounded up. */
static void put_share(const struct tracker *t, uint64_t ns, size_t width)
{
	char digit[3] = ".?%";
	uint64_t all = t->to_ns - t->from_ns - t->still_ns;
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

	out_string("\nAny source active for ");
	put_duration(t->awake_ns, t->lost, 0);
	out_string(" of ");
	put_duration(t->to_ns - t->from_ns - t->still_ns, false, 0);
	out_string(", ");
	put_share(t, t->awake_ns, 0);
	out_string(". Sources that were active: ");
	out_number(nr);
	out_string(", still: ");
	out_number(still);
	out_string(". Lost events: ");
	out_number(t->lost);
	out_string(".\n");
	if (t->nr_sleeps) {
		out_string("Suspended ");
		out_number(t->nr_sleeps);
		out_string(t->nr_sleeps == 1 ? " time, for " : " times, for ");
		put_duration(t->asleep_ns, false, 0);
		out_string(" in all, which counts nowhere above or below.\n");
	}
	if (t->lost)
		out_string("Events were lost, so what has a ~ is not exact.\n");
	if (nr)
		out_string("\n   TOTAL   SHARE    COUNT      MAX NAME\n");
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
