/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rows and columns. A command says in one table what there is to say of a thing, and its
 * options, its help and all printers go by that table. What a row is, only its columns know.
 */
#ifndef WSDUMP_LOADER_COLUMNS_H
#define WSDUMP_LOADER_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fail.h"

/* What a value is, and so how it is written; columns.c has the one switch over these. */
enum column_type {
	COLUMN_TEXT,		/* bytes of any value, or NULL for none */
	COLUMN_WORD,		/* one of the column's words; the first is the usual one */
	COLUMN_FLAG,		/* 0 or 1 */
	COLUMN_COUNT,
	COLUMN_BYTES,		/* a size */
	COLUMN_DURATION,	/* nanoseconds */
	COLUMN_SPAN,		/* likewise, and 0 means that there is none */
	COLUMN_MOMENT,		/* nanoseconds on the clock of struct rows, 0 for never */
	COLUMN_RATE,		/* so many in the interval of struct rows; written: a second */
	COLUMN_SHARE,		/* ten thousandths */
};

/**
 * struct column - one thing to say of a row
 * @name: its heading in the table, and its name for options
 * @key: its name for programs, with the unit, and for options as well
 * @aliases: other names for options, with commas between them; or NULL
 * @help: what it means, in a few words
 * @type: what it is
 * @standard: whether the table has it when nobody asks
 * @text: gets a text, and its length
 * @number: gets what is no text
 * @which: of several values that one function gets; handed to @number
 * @words: of COLUMN_WORD, by number
 * @known: is there a value for this row? NULL if there always is
 * @json: prints it in JSON by out.h, of what is neither a text nor a number there; returns 0, or
 *	  -1 without memory
 * @costly: takes long to get, or is for people only: it is there only when it is named
 * @idle: its number is 0 in rows that are idle, so need not be got; for what programs get as
 *	  it is, see column_is_integer()
 */
struct column {
	const char *name;
	const char *key;
	const char *aliases;
	const char *help;
	enum column_type type;
	bool standard;
	const char *(*text)(const void *row, size_t *len);
	uint64_t (*number)(const void *row, int which);
	int which;
	const char *const *words;
	bool (*known)(const void *row);
	int (*json)(const void *row);
	bool costly;
	bool idle;
};

#define MAX_COLUMNS 32		/* that a command's table may have */

/**
 * struct rows - what to print, for all printers
 * @v: the rows, in their order
 * @nr: how many
 * @size: how many @v has room for
 * @columns: in their order
 * @nr_columns: how many
 * @idle: tells with one look that a row is idle; NULL if nothing does. Of thousands of rows most
 *	  may be so
 * @stands_out: tells that a row is to stand out on a terminal; NULL if none is
 * @now_ns: the time, on the clock of moments
 * @interval_ns: the time that rates and shares are of; 0 if none has passed
 * @no_headings: leave out what stands above the rows
 * @colors: the table may have colours
 * @ns: plain nanoseconds where a format has durations for people
 * @bytes: likewise, plain bytes for sizes
 * @footer: a line that stands below the table, or NULL
 * @title: a line that stands above the table, or NULL
 * @whole: what the rows are of, for formats of the command's own
 */
struct rows {
	const void **v;
	size_t nr;
	size_t size;
	const struct column *const *columns;
	size_t nr_columns;
	bool (*idle)(const void *row);
	bool (*stands_out)(const void *row);
	uint64_t now_ns;
	uint64_t interval_ns;
	bool no_headings;
	bool colors;
	bool ns;
	bool bytes;
	const char *title;
	const char *footer;
	const void *whole;
};

/**
 * rows_room() - have room for rows, of which there are none then
 * @rows: zeroed before its first use
 * @nr: how many
 *
 * Return: 0, or -1 when there is no memory; rows_free() has to be called in any case.
 */
int rows_room(struct rows *rows, size_t nr);

/** rows_free() - free what rows_room() has left */
void rows_free(struct rows *rows);

/**
 * column_find() - a column by its name, key or alias, in any case
 * @all: the table, ended by a column without a name
 * @name: the name
 * @len: its length in bytes
 *
 * Names go before keys, and these before aliases: what is one of one column may be another of
 * another.
 *
 * Return: the column, or NULL.
 */
const struct column *column_find(const struct column *all, const char *name, size_t len);

/** columns_help() - print what the columns mean, for --help */
void columns_help(const struct column *all);

/* Kinds of values, which is all that a printer needs to know of a type. */
enum value_kind {
	VALUE_NONE,		/* nothing, or nothing known */
	VALUE_TEXT,		/* bytes of any value */
	VALUE_FLAG,
	VALUE_NUMBER,
};

#define VALUE_LEN 40		/* holds a duration, or a rate of all that can be counted */

/**
 * struct value - what a column says of a row, as it is to be written
 * @kind: what it is
 * @s: the text, for all kinds but VALUE_NONE
 * @len: its length in bytes
 * @buf: where @s may be
 */
struct value {
	enum value_kind kind;
	const char *s;
	size_t len;
	char buf[VALUE_LEN];
};

/**
 * value_for_programs() - what a column says of a row: nanoseconds, numbers from 0 to 1
 * @value: the result
 * @rows: whose time and interval it is
 * @column: the column
 * @row: the row
 */
void value_for_programs(struct value *value, const struct rows *rows,
			const struct column *column, const void *row);

/**
 * value_for_people() - likewise, with units; "-" for what is none
 *
 * Only texts that are there are VALUE_TEXT: all else is short, printable and ours.
 */
void value_for_people(struct value *value, const struct rows *rows,
		      const struct column *column, const void *row);

/** number_for_people() - likewise, of a column that has a number, which is known */
void number_for_people(struct value *value, const struct rows *rows,
		       const struct column *column, uint64_t number);

/** column_is_text() - does the table have it on the left? */
static inline bool column_is_text(const struct column *column)
{
	return column->type == COLUMN_TEXT;
}

/** column_is_integer() - do programs get just what @number gets? */
static inline bool column_is_integer(const struct column *column)
{
	return column->type >= COLUMN_FLAG && column->type <= COLUMN_MOMENT && !column->known;
}

/** row_is_idle() - see struct rows */
static inline bool row_is_idle(const struct rows *rows, const void *row)
{
	return rows->idle && rows->idle(row);
}

/** column_is_time() - is it one that @ns changes? */
static inline bool column_is_time(const struct column *column)
{
	return column->type >= COLUMN_DURATION && column->type <= COLUMN_MOMENT;
}

#endif
