/* SPDX-License-Identifier: GPL-2.0-only */
/* A trace as text: a line for each change, and the summary. To standard output. */
#ifndef WSDUMP_LOADER_TRACE_LINES_H
#define WSDUMP_LOADER_TRACE_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "tracker.h"

/* How to print; @from_ns is when the trace began. */
struct trace_lines {
	bool raw;		/* TAB between fields, and nanoseconds */
	bool json;		/* an object a line, likewise */
	uint64_t from_ns;
};

void trace_lines_heading(const struct trace_lines *lines);

/**
 * trace_lines_change() - one line
 * @event: what happened, in a word
 * @held_ns: for how long it had been active, where @held
 * @inexact: events were lost meanwhile
 */
void trace_lines_change(const struct trace_lines *lines, const char *event, uint64_t time_ns,
			const struct tracked *src, bool held, uint64_t held_ns, bool inexact);

/** trace_lines_lost() - a line that says how many events are missing */
void trace_lines_lost(const struct trace_lines *lines, uint64_t nr, uint64_t time_ns);

/** trace_lines_slept() - two lines: the system was suspended, and woke */
void trace_lines_slept(const struct trace_lines *lines, const struct sleep *sleep);

/** trace_lines_summary() - at the end; returns 0, or -1 when out of memory */
int trace_lines_summary(const struct tracker *t, size_t max);

#endif
