/* SPDX-License-Identifier: GPL-2.0-only */
/* Changes as rows, for diff, run and watch: what there is to say of one, and which to print. */
#ifndef WSDUMP_LOADER_CHANGES_H
#define WSDUMP_LOADER_CHANGES_H

#include "compare.h"
#include "filter.h"
#include "common/listing.h"
#include "why.h"

/* A row is a struct change, and the whole of the rows a struct change_report. */
extern const struct column diff_columns[];	/* of diff and run */
extern const struct column watch_columns[];
extern const struct format change_formats[];

/* "kept", "new", "reset" or "gone", by enum change_kind. */
extern const char *const change_kinds[NR_KINDS];

/** change_order() - what was active for longest comes first; see struct listing */
int change_order(const void *a, const void *b);

/** change_is_news() - did what a column shows change in the interval? */
bool change_is_news(const struct change *change, const struct column *column);

/** change_is_name() - is it the column of names? */
bool change_is_name(const struct column *column);

/**
 * struct change_filter - which changes to print
 * @idle: those that did nothing as well
 * @source: of which sources
 * @part: what the name has in it, or a pattern if there is one of *?[ in it; or NULL
 */
struct change_filter {
	bool idle;
	struct filter source;
	const char *part;
};

/* Rows of options, to a struct change_filter. */
extern const struct option_row change_options[];

/**
 * struct change_report - what is printed of as a whole
 * @old: the older states
 * @new: the newer ones
 * @cmp: their difference
 * @w: what is known of suspends between them, or NULL
 */
struct change_report {
	const struct states *old;
	const struct states *new;
	const struct comparison *cmp;
	const struct why *w;
};

/**
 * changes_choose() - choose and sort what to print
 * @filter: which
 * @list: in what order, after listing_ready()
 * @cmp: what to choose from
 * @rows: the result, good as long as @cmp is; zeroed before its first use, and to be given to
 *	  rows_free() in any case
 * @why: the reason when it fails
 *
 * Return: 0, or -1: a pattern matched nothing, or there is no memory.
 */
int changes_choose(struct change_filter *filter, const struct listing *list,
		   const struct comparison *cmp, struct rows *rows, struct fail *why);

#endif
