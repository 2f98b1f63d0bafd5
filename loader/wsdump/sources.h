/* SPDX-License-Identifier: GPL-2.0-only */
/* Wakeup sources as rows: what there is to say of one, which are asked for, in what order. */
#ifndef WSDUMP_LOADER_SOURCES_H
#define WSDUMP_LOADER_SOURCES_H

#include "common/listing.h"
#include "filter.h"
#include "libwakeup/libwakeup.h"

/* A row is a struct wakeup_source, and the whole of the rows is its snapshot. */
extern const struct column source_columns[];
extern const struct format source_formats[];

/** source_order() - what keeps the system awake comes first; see struct listing */
int source_order(const void *x, const void *y);

/**
 * sources_choose() - the rows of a snapshot that are asked for
 * @filter: which
 * @list: in what order, after listing_ready()
 * @snap: the snapshot
 * @rows: the result, good as long as @snap is; zeroed before, and to be given to
 *	  rows_free() in any case
 * @why: the reason when it fails
 *
 * Return: 0, or -1: a pattern matched nothing, or there is no memory.
 */
int sources_choose(struct filter *filter, const struct listing *list,
		   const struct wakeup_snapshot *snap, struct rows *rows, struct fail *why);

/** sources_sum_up() - a line that says how many there are */
void sources_sum_up(const struct wakeup_snapshot *snap, char *line, size_t size);

#endif
