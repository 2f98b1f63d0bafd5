/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Formats to print sources in. A printer gets a view, what was chosen of a snapshot, and
 * needs to know nothing of how that was asked for.
 */
#ifndef WSDUMP_LOADER_FORMATS_H
#define WSDUMP_LOADER_FORMATS_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "common/fail.h"

/**
 * struct view - what to print
 * @snap: where the sources are from, for the time it was taken
 * @sources: the rows, in their order
 * @nr_sources: how many
 * @columns: in their order
 * @nr_columns: how many
 * @no_headings: leave out the line with the columns' names
 * @ns: plain nanoseconds where the format has durations for people
 */
struct view {
	const struct wakeup_snapshot *snap;
	const struct wakeup_source **sources;
	size_t nr_sources;
	const struct column *const *columns;
	size_t nr_columns;
	bool no_headings;
	bool ns;
};

/**
 * struct format - one way to print
 * @name: for --format
 * @print: prints all of @view on standard output, by out.h; returns 0, or -1 with the
 *	   reason in @why
 * @all: has all columns when nobody asks, else the standard ones
 * @sorted: has the most interesting source first, else they are in the kernel's order
 * @fixed: has columns of its own, and none can be asked for
 */
struct format {
	const char *name;
	int (*print)(const struct view *view, struct fail *why);
	bool all;
	bool sorted;
	bool fixed;
};

/* The first is the default; ended by one without a name. */
extern const struct format formats[];

/** format_find() - a format by its name, or NULL */
const struct format *format_find(const char *name);

/** formats_help() - print what there is, for --help */
void formats_help(void);

#endif
