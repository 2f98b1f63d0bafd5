// SPDX-License-Identifier: GPL-2.0-only
#include "openmetrics.h"

#include "about.h"
#include "common/clock.h"
#include "common/labels.h"
#include "common/out.h"
#include "libwakeup/libwakeup.h"

enum dialect { OPENMETRICS, PROMETHEUS };

/* A counter, as its name in samples ends in "_total"; or else a gauge. */
static const struct metric {
	const char *name;
	const char *help;
	bool counter;
	bool seconds;		/* and as many are nanoseconds in what it is made of */
	uint64_t (*number)(const struct wakeup_source *src);
	bool (*flag)(const struct wakeup_source *src);
} metrics[] = {
	{ .name = "wakeup_source_active", .flag = wakeup_source_is_active,
	  .help = "Whether the source keeps the system awake now." },
	{ .name = "wakeup_source_active_seconds", .number = wakeup_source_total_time_ns,
	  .help = "Time spent active.", .counter = true, .seconds = true },
	{ .name = "wakeup_source_longest_active_seconds", .number = wakeup_source_max_time_ns,
	  .help = "Longest time spent active at once.", .seconds = true },
	{ .name = "wakeup_source_prevent_sleep_seconds",
	  .number = wakeup_source_prevent_sleep_time_ns,
	  .help = "Time spent keeping autosleep from suspending.",
	  .counter = true, .seconds = true },
	{ .name = "wakeup_source_activations", .number = wakeup_source_active_count,
	  .help = "Times activated.", .counter = true },
	{ .name = "wakeup_source_events", .number = wakeup_source_event_count,
	  .help = "Wakeup events signalled.", .counter = true },
	{ .name = "wakeup_source_wakeups", .number = wakeup_source_wakeup_count,
	  .help = "Times the source might have aborted a suspend.", .counter = true },
	{ .name = "wakeup_source_expirations", .number = wakeup_source_expire_count,
	  .help = "Times the source was released by its timeout.", .counter = true },
};

#define NR_METRICS (sizeof(metrics) / sizeof(metrics[0]))

/* One of the lines before a metric's samples: its type, unit or help. */
static void put_about(const struct metric *m, enum dialect dialect, const char *what,
		      const char *says)
{
	out_string("# ");
	out_string(what);
	out_char(' ');
	out_string(m->name);
	if (m->counter && dialect == PROMETHEUS)
		out_string("_total");
	out_char(' ');
	out_string(says);
	out_char('\n');
}

static void put_seconds(uint64_t ns)
{
	char digits[NUMBER_LEN];

	out_number(ns / NS_PER_S);
	out_char('.');
	/* a one in front of nine digits keeps their zeros */
	out_bytes(digits + 1, number_put(digits, NS_PER_S + ns % NS_PER_S) - digits - 1);
}

static int put_sample(const struct metric *m, const struct wakeup_source *src)
{
	size_t len;
	const char *text = wakeup_source_name(src, &len);

	out_string(m->name);
	if (m->counter)
		out_string("_total");
	out_char('{');
	if (label_put("name", text, len))
		return -1;
	out_string(",id=\"");
	out_number(wakeup_source_id(src));
	out_char('"');
	text = wakeup_source_device(src, &len);
	if (text) {
		out_char(',');
		if (label_put("device", text, len))
			return -1;
	}
	out_string("} ");
	if (m->flag)
		out_char(m->flag(src) ? '1' : '0');
	else if (m->seconds)
		put_seconds(m->number(src));
	else
		out_number(m->number(src));
	out_char('\n');
	return 0;
}

static int put_label_about(const char *label, enum about about, const struct wakeup_source *src)
{
	size_t len;
	const char *text = about_text(about, wakeup_source_id(src), "", &len);

	if (!text)
		return 0;
	out_char(',');
	return label_put(label, text, len);
}

/*
 * What the device of a source is, once for each source and not with each of its numbers: a
 * query joins them by the id.
 */
static int put_info(const struct rows *rows, enum dialect dialect)
{
	static const struct metric info = {
		.name = "wakeup_source", .help = "What the device of the source is.",
	}, gauge = {
		.name = "wakeup_source_info", .help = "What the device of the source is.",
	};
	const struct metric *m = dialect == OPENMETRICS ? &info : &gauge;

	put_about(m, dialect, "TYPE", dialect == OPENMETRICS ? "info" : "gauge");
	put_about(m, dialect, "HELP", m->help);
	for (size_t i = 0; i < rows->nr; i++) {
		const struct wakeup_source *src = rows->v[i];
		size_t len;

		if (!wakeup_source_device(src, &len))
			continue;
		out_string("wakeup_source_info{id=\"");
		out_number(wakeup_source_id(src));
		out_char('"');
		if (put_label_about("what", ABOUT_WHAT, src) ||
		    put_label_about("driver", ABOUT_DRIVER, src) ||
		    put_label_about("subsystem", ABOUT_SUBSYSTEM, src) ||
		    put_label_about("path", ABOUT_PATH, src) ||
		    put_label_about("may_wake", ABOUT_MAY_WAKE, src))
			return -1;
		out_string("} 1\n");
	}
	return 0;
}

static int print(const struct rows *rows, enum dialect dialect, struct fail *why)
{
	static const struct metric count = {
		.name = "wakeup_sources", .help = "Number of wakeup sources.",
	};

	for (size_t i = 0; i < NR_METRICS; i++) {
		const struct metric *m = &metrics[i];

		put_about(m, dialect, "TYPE", m->counter ? "counter" : "gauge");
		if (m->seconds && dialect == OPENMETRICS)
			put_about(m, dialect, "UNIT", "seconds");
		put_about(m, dialect, "HELP", m->help);
		for (size_t s = 0; s < rows->nr; s++)
			if (put_sample(m, rows->v[s]))
				return fail(why, "out of memory");
	}
	if (put_info(rows, dialect))
		return fail(why, "out of memory");
	put_about(&count, dialect, "TYPE", "gauge");
	put_about(&count, dialect, "HELP", count.help);
	out_string(count.name);
	out_char(' ');
	/* all of them, however many were asked for */
	out_number(wakeup_snapshot_size(rows->whole));
	out_char('\n');
	if (dialect == OPENMETRICS)
		out_string("# EOF\n");
	return 0;
}

int openmetrics_print(const struct rows *rows, struct fail *why)
{
	return print(rows, OPENMETRICS, why);
}

int prometheus_print(const struct rows *rows, struct fail *why)
{
	return print(rows, PROMETHEUS, why);
}
