/* SPDX-License-Identifier: GPL-2.0-only */
/* What status, list and stats have in common: a table of columns, rows, options of a listing. */
#ifndef FREQEXT_SHOW_H
#define FREQEXT_SHOW_H

#include "common/listing.h"

/**
 * struct shown - what such a verb shows
 * @name: as it is typed
 * @about: lines for the help
 * @examples: likewise
 * @key: of the rows in JSON
 * @columns: ended by one without a name
 * @size: of a row
 * @order: see struct listing
 * @read: gets the rows, as an array that is to be freed, or -1 with the reason; @none may be
 *	  set to a line that is said on stderr if there are none
 */
struct shown {
	const char *name;
	const char *about;
	const char *examples;
	const char *key;
	const struct column *columns;
	size_t size;
	int (*order)(const void *x, const void *y);
	int (*read)(void **v, size_t *nr, const char **none, struct fail *why);
};

/** show_main() - the whole verb; returns its exit status */
int show_main(const struct shown *what, void (*more)(void), int argc, char **argv);

/* Where a row of @type has a text, or a number, for a column's functions. */
#define TEXT_OF(type, field)							\
	static const char *get_##field(const void *row, size_t *len)		\
	{									\
		const type *r = row;						\
										\
		*len = strlen(r->field);					\
		return *len ? r->field : NULL;					\
	}
#define NUMBER_OF(type, field)							\
	static uint64_t get_##field(const void *row, int which)			\
	{									\
		(void)which;							\
		return ((const type *)row)->field;				\
	}
#define TEXT(name_, field, standard_, help_)					\
	{ .name = (name_), .key = #field, .type = COLUMN_TEXT,			\
	  .standard = (standard_), .help = (help_), .text = get_##field }
#define NUMBER(name_, field, type_, standard_, help_)				\
	{ .name = (name_), .key = #field, .type = COLUMN_##type_,		\
	  .standard = (standard_), .help = (help_), .number = get_##field }

#endif
