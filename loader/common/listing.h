/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What to print of rows, and how: the options that all commands share, and what they come to.
 */
#ifndef WSDUMP_LOADER_LISTING_H
#define WSDUMP_LOADER_LISTING_H

#include "columns.h"
#include "formats.h"
#include "options.h"

/**
 * struct listing - what there is to choose from, and what the options say of it
 * @all: the columns, ended by one without a name
 * @formats: likewise; the first is the default
 * @order: compares two rows, for the order in which they are of most interest; never 0, so
 *	   that this is one order
 * @format: which format, after listing_ready()
 * @output: the argument of --output
 * @output_all: all columns
 * @no_headings: see struct rows
 * @ns: likewise
 * @color: whether the table has colours, after listing_ready()
 * @color_when: the argument of --color; NULL for auto
 * @bytes: likewise
 * @sort_by: the argument of --sort
 * @sort: the column to sort by, NULL for @order; after listing_ready()
 * @descending: the largest first; without @sort, @order turned around
 * @top: at most so many rows; 0 for all
 * @columns: what @output and @format come to, by listing_ready()
 * @nr_columns: how many
 */
struct listing {
	const struct column *all;
	const struct format *formats;
	int (*order)(const void *x, const void *y);
	const struct format *format;
	const char *output;
	bool output_all;
	bool no_headings;
	bool ns;
	bool bytes;
	const char *sort_by;
	bool color;
	const char *color_when;
	const struct column *sort;
	bool descending;
	uint64_t top;
	const struct column *columns[MAX_COLUMNS];
	size_t nr_columns;
};

/* Rows of options, to a struct listing. */
extern const struct option_row order_options[];		/* in which order, how many */
extern const struct option_row column_options[];	/* which columns */
extern const struct option_row format_options[];	/* the format, and how it looks */
extern const struct option_row color_options[];	/* whether rows stand out */
extern const struct option_row time_options[];		/* how times do */
extern const struct option_row size_options[];		/* how sizes do */

/** listing_help() - print what columns and formats there are, for --help */
void listing_help(const struct listing *list);

/**
 * listing_ready() - make sense of the options together, when all have been parsed
 *
 * Return: 0, or -1 with the reason in @why, which is the user's mistake.
 */
int listing_ready(struct listing *list, struct fail *why);

/** listing_sort() - sort the rows, and keep as many as were asked for */
void listing_sort(const struct listing *list, struct rows *rows);

/**
 * listing_print() - print rows as the options say, on stdout by out.h
 * @list: after listing_ready()
 * @rows: what to print; what the options say of it is set here
 * @why: the reason when it fails
 *
 * Return: 0 or -1.
 */
int listing_print(const struct listing *list, struct rows *rows, struct fail *why);

#endif
