// SPDX-License-Identifier: GPL-2.0-only
#include "table.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "out.h"
#include "terminal.h"
#include "text.h"

#define TEXT_MIN	15	/* texts are cut to this before a column is left out */

static const char *unit_of(const struct rows *rows, const struct column *column)
{
	return rows->ns && column_is_time(column) ? "_NS" : "";
}

static size_t heading_width(const struct rows *rows, const struct column *column)
{
	return strlen(column->name) + strlen(unit_of(rows, column));
}

void table_measure(const struct rows *rows, size_t width[MAX_COLUMNS])
{
	struct value value;

	for (size_t c = 0; c < rows->nr_columns; c++)
		if (!rows->no_headings && width[c] < heading_width(rows, rows->columns[c]))
			width[c] = heading_width(rows, rows->columns[c]);
	for (size_t i = 0; i < rows->nr; i++) {
		const bool idle = row_is_idle(rows, rows->v[i]);

		for (size_t c = 0; c < rows->nr_columns; c++) {
			const struct column *column = rows->columns[c];

			/* a 0 needs no more than its heading, or another 0, does */
			if (idle && width[c] && column->idle)
				continue;
			value_for_people(&value, rows, column, rows->v[i]);
			if (value.kind == VALUE_TEXT)
				value.len = text_width(value.s, value.len);
			if (value.len > width[c])
				width[c] = value.len;
		}
	}
}

size_t table_fit(const struct rows *rows, const size_t wanted[MAX_COLUMNS], size_t max,
		 size_t width[MAX_COLUMNS])
{
	size_t used = 0, n;

	for (n = 0; n < rows->nr_columns; n++) {
		width[n] = wanted[n];
		if (column_is_text(rows->columns[n]) && width[n] > TEXT_MIN)
			width[n] = TEXT_MIN;
		if (n && used + 1 + width[n] > max)
			break;
		used += !!n + width[n];
	}
	if (n && used > max)	/* the first is there on any terminal */
		used = width[0] = max;
	for (size_t c = 0; c < n && used < max; c++) {
		size_t more = wanted[c] - width[c];

		if (more > max - used)
			more = max - used;
		width[c] += more;
		used += more;
	}
	return n;
}

/* A line of words, broken between them where it would be wider than @max. */
static void put_words(const char *s, size_t max)
{
	size_t at = 0, len;

	for (; *s; s += len, s += *s == ' ') {
		len = strcspn(s, " ");
		if (at && at + 1 + len > max) {
			out_char('\n');
			at = 0;
		} else if (at) {
			out_char(' ');
			at++;
		}
		out_bytes(s, len);
		at += len;
	}
	out_char('\n');
}

/* Texts stand on the left. */
static void put_cell(const struct column *column, const char *s, size_t len, size_t width,
		     bool last)
{
	if (column_is_text(column)) {
		len = text_put(s, len, width);
		if (!last)
			out_spaces(width - len);
	} else if (len <= width) {
		out_spaces(width - len);
		out_bytes(s, len);
	} else {	/* on a terminal with room for no more */
		text_put(s, len, width);
	}
	out_char(last ? '\n' : ' ');
}

static void put_headings(const struct rows *rows, const size_t *width, size_t n)
{
	for (size_t c = 0; c < n; c++) {
		char heading[32];
		int len = snprintf(heading, sizeof(heading), "%s%s", rows->columns[c]->name,
				   unit_of(rows, rows->columns[c]));

		put_cell(rows->columns[c], heading, len, width[c], c == n - 1);
	}
}

/*
 * What stands in columns where they are 0, with the blanks around it, in one piece for those
 * that stand side by side: most values are 0, so that is made into text once, not in every row.
 */
struct blanks {
	char text[MAX_COLUMNS * (VALUE_LEN + 1)];
	size_t at[MAX_COLUMNS + 1];	/* where a column begins in it */
	size_t end[MAX_COLUMNS];	/* the first column behind those; itself if it is none */
};

static void make_blanks(const struct rows *rows, const size_t *width, size_t n,
			struct blanks *blanks)
{
	struct value value;
	size_t at = 0;

	for (size_t c = 0; c < n; c++) {
		blanks->at[c] = at;
		blanks->end[c] = c;
		/* no rows, no headings, no width */
		if (!rows->columns[c]->idle || !width[c] || width[c] > VALUE_LEN)
			continue;
		number_for_people(&value, rows, rows->columns[c], 0);
		memset(blanks->text + at, ' ', width[c]);
		memcpy(blanks->text + at + width[c] - value.len, value.s, value.len);
		at += width[c];
		blanks->text[at++] = c == n - 1 ? '\n' : ' ';
		blanks->end[c] = c + 1;
	}
	blanks->at[n] = at;
	/* from the last on, so that each knows those behind it */
	for (size_t c = n; c--;)
		if (blanks->end[c] > c && blanks->end[c] < n &&
		    blanks->end[blanks->end[c]] > blanks->end[c])
			blanks->end[c] = blanks->end[blanks->end[c]];
}

static void put_blanks(const struct blanks *blanks, size_t from, size_t to)
{
	out_bytes(blanks->text + blanks->at[from], blanks->at[to] - blanks->at[from]);
}

static void put_row(const struct rows *rows, const size_t *width, size_t n,
		    const struct blanks *blanks, const void *row)
{
	const bool idle = row_is_idle(rows, row);
	struct value value;
	uint64_t number;

	for (size_t c = 0; c < n; c++) {
		const struct column *column = rows->columns[c];

		if (blanks->end[c] == c) {
			value_for_people(&value, rows, column, row);
		} else if (idle) {
			put_blanks(blanks, c, blanks->end[c]);
			c = blanks->end[c] - 1;
			continue;
		} else {
			number = column->number(row, column->which);
			if (!number) {
				put_blanks(blanks, c, c + 1);
				continue;
			}
			number_for_people(&value, rows, column, number);
		}
		put_cell(column, value.s, value.len, width[c], c == n - 1);
	}
}

int table_print(const struct rows *rows, struct fail *why)
{
	size_t max = terminal_width(STDOUT_FILENO) ?: SIZE_MAX, n;
	size_t wanted[MAX_COLUMNS] = { 0 }, width[MAX_COLUMNS];
	struct blanks blanks;

	(void)why;
	table_measure(rows, wanted);
	n = table_fit(rows, wanted, max, width);
	if (rows->title && !rows->no_headings)
		put_words(rows->title, max);
	/* a title says already that there is nothing */
	if (!rows->no_headings && (rows->nr || !rows->title))
		put_headings(rows, width, n);
	make_blanks(rows, width, n, &blanks);
	for (size_t i = 0; i < rows->nr; i++)
		put_row(rows, width, n, &blanks, rows->v[i]);
	return 0;
}
