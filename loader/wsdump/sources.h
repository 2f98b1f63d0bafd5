/* SPDX-License-Identifier: GPL-2.0-only */
/* Wakeup sources as rows: what there is to say of one, which are asked for, in what order. */
#ifndef WSDUMP_LOADER_SOURCES_H
#define WSDUMP_LOADER_SOURCES_H

#include "common/listing.h"
#include "libwakeup/libwakeup.h"

/* A row is a struct wakeup_source, and the whole of the rows is its snapshot. */
extern const struct column source_columns[];
extern const struct format source_formats[];

/** source_order() - what keeps the system awake comes first; see struct listing */
int source_order(const void *x, const void *y);

/**
 * struct source_filter - which sources to list; all 0 is all
 * @active: active ones only
 * @since: those only that changed in the last @since_ns
 * @since_ns: see @since
 * @globs: patterns of names, of which one must match
 * @nr_globs: how many; 0 for all names
 */
struct source_filter {
	bool active;
	bool since;
	uint64_t since_ns;
	char *const *globs;
	size_t nr_globs;
};

/* Rows of options, to a struct source_filter. */
extern const struct option_row filter_options[];

/**
 * sources_choose() - the rows of a snapshot that are asked for
 * @filter: which
 * @list: in what order, after listing_ready()
 * @snap: the snapshot
 * @rows: the result, good as long as @snap is; zeroed before, and to be given to
 *	  rows_free() in any case
 * @why: the reason when it fails
 *
 * Return: 0, or -1: a glob matched nothing, or there is no memory.
 */
int sources_choose(const struct source_filter *filter, const struct listing *list,
		   const struct wakeup_snapshot *snap, struct rows *rows, struct fail *why);

#endif
