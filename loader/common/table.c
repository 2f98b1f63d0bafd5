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

/* A text, or what stands for none. */
static const char *text_of(const struct column *column, const void *row, size_t *len)
{
	const char *s = column->text(row, len);

	if (s)
		return s;
	*len = 1;
	return "-";
}

static void measure_cell(const struct rows *rows, size_t c, const void *row, size_t *width,
			 bool *plain)
{
	const struct column *column = rows->columns[c];
	struct value value;
	const char *s;
	size_t len;

	if (column_is_text(column)) {
		s = text_of(column, row, &len);
		if (text_plain(s, len) < len || (len && s[len - 1] == ' ')) {
			*plain = false;
			len = text_width(s, len);
		}
	} else {
		value_for_people(&value, rows, column, row);
		len = value.len;
	}
	if (len > width[c])
		width[c] = len;
}

bool table_measure(const struct rows *rows, size_t width[MAX_COLUMNS])
{
	size_t lively[MAX_COLUMNS], nr_lively = 0;	/* what idle rows have values in */
	bool plain = true;

	for (size_t c = 0; c < rows->nr_columns; c++) {
		if (!rows->no_headings && width[c] < heading_width(rows, rows->columns[c]))
			width[c] = heading_width(rows, rows->columns[c]);
		if (!rows->columns[c]->idle)
			lively[nr_lively++] = c;
		else if (!width[c])
			width[c] = 1;	/* a 0, in whatever unit */
	}
	for (size_t i = 0; i < rows->nr; i++) {
		if (row_is_idle(rows, rows->v[i]))
			for (size_t l = 0; l < nr_lively; l++)
				measure_cell(rows, lively[l], rows->v[i], width, &plain);
		else
			for (size_t c = 0; c < rows->nr_columns; c++)
				measure_cell(rows, c, rows->v[i], width, &plain);
	}
	return plain;
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
		     bool plain, bool last)
{
	if (column_is_text(column)) {
		if (plain && len <= width)
			out_bytes(s, len);
		else
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

		put_cell(rows->columns[c], heading, len, width[c], true, c == n - 1);
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
		    const struct blanks *blanks, bool plain, const void *row)
{
	const bool idle = row_is_idle(rows, row);
	struct value value;
	const char *s;
	size_t len;

	for (size_t c = 0; c < n; c++) {
		const struct column *column = rows->columns[c];

		if (idle && blanks->end[c] > c) {
			put_blanks(blanks, c, blanks->end[c]);
			c = blanks->end[c] - 1;
		} else if (column_is_text(column)) {
			s = text_of(column, row, &len);
			put_cell(column, s, len, width[c], plain, c == n - 1);
		} else {
			value_for_people(&value, rows, column, row);
			put_cell(column, value.s, value.len, width[c], plain, c == n - 1);
		}
	}
}

int table_print(const struct rows *rows, struct fail *why)
{
	size_t max = terminal_width(STDOUT_FILENO) ?: SIZE_MAX, n;
	size_t wanted[MAX_COLUMNS] = { 0 }, width[MAX_COLUMNS];
	struct blanks blanks;
	bool plain;

	(void)why;
	plain = table_measure(rows, wanted);
	n = table_fit(rows, wanted, max, width);
	if (rows->title && !rows->no_headings)
		put_words(rows->title, max);
	/* a title says already that there is nothing */
	if (!rows->no_headings && (rows->nr || !rows->title))
		put_headings(rows, width, n);
	make_blanks(rows, width, n, &blanks);
	for (size_t i = 0; i < rows->nr; i++) {
		bool bold = rows->colors && rows->stands_out && rows->stands_out(rows->v[i]);

		if (bold)
			out_string("\033[1m");
		put_row(rows, width, n, &blanks, plain, rows->v[i]);
		if (bold)
			out_string("\033[m");
	}
	if (rows->footer && !rows->no_headings && strlen(rows->footer) <= max)
		put_words(rows->footer, max);
	return 0;
}
