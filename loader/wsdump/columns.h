/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What there is to say of a wakeup source: one table that the options, the printers
 * and the help share.
 */
#ifndef WSDUMP_LOADER_COLUMNS_H
#define WSDUMP_LOADER_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "libwakeup/libwakeup.h"

/* How to read a column and how to print it; the comment has the member of its union. */
enum column_type {
	COLUMN_TEXT,		/* text: bytes of any value, or NULL */
	COLUMN_ID,		/* id */
	COLUMN_FLAG,		/* flag */
	COLUMN_COUNT,		/* number */
	COLUMN_DURATION,	/* number: nanoseconds */
	COLUMN_SPAN,		/* number: likewise, and 0 means that there is none */
	COLUMN_MOMENT,		/* number: nanoseconds on CLOCK_MONOTONIC, 0 for never */
};

/**
 * struct column - one thing to say
 * @name: its heading in the table, and its name for options
 * @key: its name for programs, with the unit, and for options as well
 * @help: what it means, in a few words
 * @type: how to read and print it
 * @standard: whether the table has it when nobody asks
 */
struct column {
	const char *name;
	const char *key;
	const char *help;
	enum column_type type;
	bool standard;
	union {
		const char *(*text)(const struct wakeup_source *src, size_t *len);
		unsigned int (*id)(const struct wakeup_source *src);
		bool (*flag)(const struct wakeup_source *src);
		uint64_t (*number)(const struct wakeup_source *src);
	};
};

#define NR_COLUMNS 15

extern const struct column columns[NR_COLUMNS];

/**
 * column_find() - a column by its name or key, in any case
 * @name: the name
 * @len: its length in bytes
 *
 * ACTIVE is the column of that name, not the one with the key "active".
 *
 * Return: the column, or NULL.
 */
const struct column *column_find(const char *name, size_t len);

/** columns_help() - print what the columns mean, for --help */
void columns_help(void);

#endif
