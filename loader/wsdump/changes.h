/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What there is to say of a change, and how it is printed. As columns.h for sources: one
 * table for each verb drives its help, its options and what it prints.
 */
#ifndef WSDUMP_LOADER_CHANGES_H
#define WSDUMP_LOADER_CHANGES_H

#include "compare.h"
#include "common/duration.h"

enum change_type {
	CHANGE_NAME,
	CHANGE_DEVICE,
	CHANGE_ID,
	CHANGE_FATE,		/* of enum change_kind */
	CHANGE_SHARE,		/* share of the interval it was active for */
	CHANGE_ADDED,		/* difference of a counter */
	CHANGE_ADDED_TIME,
	CHANGE_RATE,		/* the same a second */
	CHANGE_COUNT,		/* a counter as it is now */
	CHANGE_TIME,
	CHANGE_SPAN,		/* likewise, and 0 means that there is none */
	CHANGE_MOMENT,		/* on CLOCK_MONOTONIC, 0 for never */
};

/**
 * struct change_column - one thing to say
 * @name: its heading in a table, and its name for options
 * @key: its name for programs, with the unit, and for options as well
 * @help: what it means, in a few words
 * @type: what it is
 * @counter: which one
 * @standard: whether a table has it when nobody asks
 */
struct change_column {
	const char *name;
	const char *key;
	const char *help;
	enum change_type type;
	enum counter counter;
	bool standard;
};

#define MAX_CHANGE_COLUMNS 20
#define CHANGE_CELL_LEN DURATION_LEN

/**
 * struct change_view - which changes to print, and how
 * @all: the columns that there are, ended by one without a name
 * @columns: those to print, in their order
 * @nr_columns: how many
 * @sort: the column to sort by, NULL for the time active
 * @ascending: the smallest first
 * @idle: those that did nothing as well
 * @active: only those that are active
 * @top: at most so many, 0 for all
 * @globs: patterns of names, of which one must match
 * @nr_globs: how many, 0 for all names
 * @part: what the name has in it, or a pattern if there is one of *?[ in it; or NULL
 * @no_headings: leave out what stands above the rows
 * @ns: plain nanoseconds instead of durations for people
 * @cmp: what to print of
 * @rows: the result of changes_choose()
 * @nr: how many
 * @size: number of rows that there is room for
 */
struct change_view {
	const struct change_column *all;
	const struct change_column *columns[MAX_CHANGE_COLUMNS];
	size_t nr_columns;
	const struct change_column *sort;
	bool ascending;
	bool idle;
	bool active;
	size_t top;
	char *const *globs;
	size_t nr_globs;
	const char *part;
	bool no_headings;
	bool ns;
	const struct comparison *cmp;
	const struct change **rows;
	size_t nr;
	size_t size;
};

/** change_column_find() - a column by its name or key, in any case; or NULL */
const struct change_column *change_column_find(const struct change_column *all,
					       const char *name, size_t len);

/** change_columns_help() - print what the columns mean, for --help */
void change_columns_help(const struct change_column *all);

/**
 * changes_choose() - choose and sort what to print
 * @view: what to choose; the memory of an earlier choice is used again
 * @cmp: what to choose from
 * @why: the reason when it fails
 *
 * Return: 0, or -1 when there is no memory; changes_free() has to be called in any case.
 */
int changes_choose(struct change_view *view, const struct comparison *cmp, struct fail *why);

/** changes_free() - free the rows */
void changes_free(struct change_view *view);

/**
 * change_cell() - write what a column says of a change, if it is no text
 * @buf: where to
 *
 * Return: its length.
 */
size_t change_cell(const struct change_view *view, const struct change_column *column,
		   const struct change *change, char buf[CHANGE_CELL_LEN]);

/** change_number() - a column of any type but text, as a number that can be compared */
uint64_t change_number(const struct change_column *column, const struct change *change);

/** change_is_text() - is it a name? */
bool change_is_text(const struct change_column *column);

/**
 * change_text() - a column that is a name
 * @s: where to store its first byte, "-" where there is none
 *
 * Return: its length in bytes.
 */
size_t change_text(const struct change_column *column, const struct change *change,
		   const char **s);

/** change_fate() - "kept", "new", "reset" or "gone" */
const char *change_fate(enum change_kind kind);

/**
 * struct change_meta - what is said of the comparison as a whole
 * @summary: a line that stands above the table
 * @old: the older states
 * @new: the newer ones
 */
struct change_meta {
	const char *summary;
	const struct states *old;
	const struct states *new;
};

/**
 * changes_print_table() - print for people, on stdout by out.h
 *
 * Return: 0, or -1 with the reason in @why.
 */
int changes_print_table(const struct change_view *view, const struct change_meta *meta,
			struct fail *why);

/** changes_print_raw() - print lines of fields with a TAB between them */
int changes_print_raw(const struct change_view *view, const struct change_meta *meta,
		      struct fail *why);

/** changes_print_json() - print one object */
int changes_print_json(const struct change_view *view, const struct change_meta *meta,
		       struct fail *why);

#endif
