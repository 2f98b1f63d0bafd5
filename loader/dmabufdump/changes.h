/* SPDX-License-Identifier: GPL-2.0-only */
/* What came and went between two snapshots, as rows. */
#ifndef DMABUFDUMP_CHANGES_H
#define DMABUFDUMP_CHANGES_H

#include "common/listing.h"
#include "snapshot.h"
#include "views.h"

extern const struct column change_columns[];
extern const struct format change_formats[];

#define CHANGES_LISTING { \
	.all = change_columns, .formats = change_formats, .order = change_order, \
}

/** change_order() - what came first, then the largest; see struct listing */
int change_order(const void *x, const void *y);

/** changes_help() - print what columns and formats there are, for --help */
void changes_help(void);

/**
 * changes_print() - compare two snapshots and print, with sums above a table, by out.h
 * @list: how, after listing_ready()
 *
 * Return: 0, or -1 with the reason in @why.
 */
int changes_print(const struct listing *list, const struct snapshot *old,
		  const struct snapshot *new, struct fail *why);

#endif
