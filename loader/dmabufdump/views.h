/* SPDX-License-Identifier: GPL-2.0-only */
/* A snapshot as rows: of buffers, of processes or of exporters. */
#ifndef DMABUFDUMP_VIEWS_H
#define DMABUFDUMP_VIEWS_H

#include "common/listing.h"
#include "snapshot.h"

/**
 * struct filter - what to list; all 0 is all
 * @kernel_only: buffers that no process holds
 * @min_bytes: buffers of that size and more
 * @pids: buffers of these processes, of which each must hold one
 * @nr_pids: how many
 */
struct filter {
	bool kernel_only;
	uint64_t min_bytes;
	uint32_t *pids;
	size_t nr_pids;
};

/* A line above a table, of all that there is. */
#define TITLE_LEN 512

/**
 * struct view - one kind of rows
 * @key: what programs call them
 * @columns: what there is to say of one
 * @order: see struct listing
 * @fill: puts those into @rows that the filter lets through, with room for @nr(snap)
 * @nr: how many there are
 */
struct view {
	const char *key;
	const struct column *columns;
	int (*order)(const void *x, const void *y);
	void (*fill)(const struct snapshot *snap, const struct filter *filter, struct rows *rows);
	size_t (*nr)(const struct snapshot *snap);
};

extern const struct view buffers_view, processes_view, exporters_view;
extern const struct format view_formats[];

/* What a printer gets as the whole of the rows. */
struct whole {
	const struct snapshot *snap;
	const struct view *view;
};

/* Rows of options, to a struct filter. */
extern const struct option_row filter_options[];

/** filter_pids() - operands: process numbers; returns 0, or -1 with the reason in @why */
int filter_pids(struct filter *filter, char **argv, int argc, struct fail *why);

/** filter_has_pid() - is this process asked for, or none in particular? */
bool filter_has_pid(const struct filter *filter, uint32_t pid);

/** filter_passes() - is this buffer asked for? */
bool filter_passes(const struct filter *filter, const struct snapshot *snap,
		   const struct buffer *buf);

/**
 * view_choose() - the rows of a snapshot that are asked for
 * @list: in what order, after listing_ready()
 * @whole: snapshot and view
 * @rows: zeroed before, and to be given to rows_free() in any case
 * @title: for the line above a table
 *
 * Return: 0, or -1 with the reason in @why.
 */
int view_choose(const struct filter *filter, const struct listing *list,
		const struct whole *whole, struct rows *rows, char title[TITLE_LEN],
		struct fail *why);

/** larger_first() - compare two numbers */
static inline int larger_first(uint64_t x, uint64_t y)
{
	return (x < y) - (x > y);
}

#endif
