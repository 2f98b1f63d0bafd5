/* SPDX-License-Identifier: GPL-2.0-only */
/* Formats to print rows in; a command has a table of those that it knows. */
#ifndef WSDUMP_LOADER_FORMATS_H
#define WSDUMP_LOADER_FORMATS_H

#include <stdbool.h>

#include "columns.h"

/**
 * struct format - one way to print
 * @name: for --format
 * @print: prints all of @rows on standard output, by out.h; returns 0, or -1 with the
 *	   reason in @why
 * @all: has all columns when nobody asks, else the standard ones
 * @sorted: has the most interesting row first, else they are as they come
 * @fixed: has columns of its own, and none can be asked for
 */
struct format {
	const char *name;
	int (*print)(const struct rows *rows, struct fail *why);
	bool all;
	bool sorted;
	bool fixed;
};

/** format_find() - a format by its name, or NULL */
const struct format *format_find(const struct format *formats, const char *name);

/** formats_help() - print what there is, for --help */
void formats_help(const struct format *formats);

#endif
