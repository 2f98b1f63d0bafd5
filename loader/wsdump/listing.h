/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What to list, and how: the options that verbs share, and the view of a snapshot that
 * they ask for.
 */
#ifndef WSDUMP_LOADER_LISTING_H
#define WSDUMP_LOADER_LISTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "columns.h"
#include "formats.h"
#include "common/options.h"

/**
 * struct listing - what the options say; all 0 is the default
 * @format: NULL for the default
 * @output: the argument of --output
 * @output_all: all columns
 * @no_headings: no line with the columns' names
 * @ns: no durations for people
 * @sort: the column to sort by, NULL for the format's own order
 * @descending: the largest first
 * @top: at most so many rows; 0 for all
 * @active: active sources only
 * @since: those only that changed in the last @since_ns
 * @since_ns: see @since
 * @globs: patterns of names, of which one must match
 * @nr_globs: how many; 0 for all names
 * @columns: what @output and @format come to, by listing_ready()
 * @nr_columns: how many
 */
struct listing {
	const struct format *format;
	const char *output;
	bool output_all;
	bool no_headings;
	bool ns;
	const struct column *sort;
	bool descending;
	size_t top;
	bool active;
	bool since;
	uint64_t since_ns;
	char *const *globs;
	size_t nr_globs;
	const struct column *columns[NR_COLUMNS];
	size_t nr_columns;
};

/* Rows of options, to a struct listing: take those groups that make sense for a verb. */
extern const struct option_row format_options[];	/* the format, and how it looks */
extern const struct option_row column_options[];	/* which columns */
extern const struct option_row order_options[];		/* in which order, how many */
extern const struct option_row filter_options[];	/* which sources, besides @globs */

/**
 * listing_ready() - make sense of the options together, when all have been parsed
 *
 * Return: 0, or -1 with the reason in @why, which is the user's mistake.
 */
int listing_ready(struct listing *list, struct fail *why);

/**
 * listing_view() - choose from a snapshot
 * @list: what to choose, after listing_ready()
 * @snap: to choose from
 * @view: the result, good as long as @snap and @list are; to be given to view_free()
 * @why: the reason when it fails
 *
 * Return: 0, or -1: a glob matched nothing, or there is no memory.
 */
int listing_view(const struct listing *list, const struct wakeup_snapshot *snap,
		 struct view *view, struct fail *why);

/** view_free() - free what listing_view() made */
void view_free(struct view *view);

/**
 * listing_matches() - does a source pass the filters?
 * @list: after listing_ready()
 * @src: the source
 * @now_ns: when its snapshot was taken, on CLOCK_MONOTONIC
 */
bool listing_matches(const struct listing *list, const struct wakeup_source *src,
		     uint64_t now_ns);

#endif
