// SPDX-License-Identifier: GPL-2.0-only
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "common/duration.h"
#include "common/out.h"
#include "common/text.h"

/*
 * Most sources were never active, so most cells are a 0 or a "-". What is in the others is
 * kept from the first pass, which learns the widths, for the second, which prints: the
 * cells of numbers one behind the other, row by row.
 */
struct cells {
	char *text;
	size_t used, size;
	uint8_t *len;		/* of each cell */
	size_t nr;
	uint16_t *filled;	/* of each row, the columns that have one */
};

/* Columns of numbers that stand side by side, as they look when none of them is filled. */
struct run {
	char text[NR_COLUMNS * (DURATION_LEN + 1)];
	size_t len;
	size_t next;		/* the first column behind */
	uint16_t columns;
};

_Static_assert(NR_COLUMNS <= 16, "a bit for each");

static size_t format_digits(char *buf, uint64_t number)
{
	char digits[OUT_U64_LEN], *s = out_u64(digits + sizeof(digits), number);
	size_t len = digits + sizeof(digits) - s;

	memcpy(buf, s, len);
	return len;
}

static uint64_t number_of(const struct column *column, const struct wakeup_source *src)
{
	switch (column->type) {
	case COLUMN_ID:
		return column->id(src);
	case COLUMN_FLAG:
		return column->flag(src);
	default:
		return column->number(src);
	}
}

/* What stands for 0: never, or not active; but a count or a sum of 0 is a figure. */
static char blank(const struct column *column)
{
	return column->type == COLUMN_MOMENT || column->type == COLUMN_SPAN ? '-' : '0';
}

static bool is_time(const struct column *column)
{
	return column->type == COLUMN_DURATION || column->type == COLUMN_SPAN ||
	       column->type == COLUMN_MOMENT;
}

/* Write the cell at @buf, which has room for DURATION_LEN; returns its length. */
static size_t format_number(char *buf, const struct column *column, const struct view *view,
			    uint64_t now_ns, uint64_t number)
{
	/* what changed after the walk had begun changed just now */
	if (column->type == COLUMN_MOMENT)
		number = number < now_ns ? now_ns - number : 0;
	return is_time(column) && !view->ns ? duration_format(buf, number) :
					      format_digits(buf, number);
}

static bool is_text(const struct column *column)
{
	return column->type == COLUMN_TEXT;
}

static size_t text_of(const struct column *column, const struct wakeup_source *src,
		      const char **s)
{
	size_t len;

	*s = column->text(src, &len);
	if (*s)
		return len;
	*s = "-";
	return 1;
}

/* Returns its width, 0 when there is no memory. */
static size_t add_cell(struct cells *cells, const struct column *column,
		       const struct view *view, uint64_t now_ns, uint64_t number)
{
	size_t len;

	if (cells->size - cells->used < DURATION_LEN) {
		size_t size = cells->size + cells->size / 2 + 4096;
		char *text = realloc(cells->text, size);

		if (!text)
			return 0;
		cells->text = text;
		cells->size = size;
	}
	len = format_number(cells->text + cells->used, column, view, now_ns, number);
	cells->len[cells->nr++] = len;
	cells->used += len;
	return len;
}

static const char *unit_of(const struct column *column, const struct view *view)
{
	return view->ns && is_time(column) ? "_NS" : "";
}

static size_t heading_width(const struct column *column, const struct view *view)
{
	return view->no_headings ? 0 : strlen(column->name) + strlen(unit_of(column, view));
}

static void put_headings(const struct view *view, const size_t *width)
{
	for (size_t c = 0; c < view->nr_columns; c++) {
		const struct column *column = view->columns[c];
		size_t rest = width[c] - heading_width(column, view);
		bool last = c == view->nr_columns - 1;

		if (!is_text(column))
			out_spaces(rest);
		out_string(column->name);
		out_string(unit_of(column, view));
		if (is_text(column) && !last)
			out_spaces(rest);
		out_char(last ? '\n' : ' ');
	}
}

static int make_cells(const struct view *view, struct cells *cells, size_t *width)
{
	uint64_t now_ns = wakeup_snapshot_monotonic_ns(view->snap), number;
	const char *s;
	size_t w;

	for (size_t c = 0; c < view->nr_columns; c++) {
		width[c] = heading_width(view->columns[c], view);
		if (!is_text(view->columns[c]) && !width[c])
			width[c] = 1;
	}
	for (size_t i = 0; i < view->nr_sources; i++) {
		for (size_t c = 0; c < view->nr_columns; c++) {
			const struct column *column = view->columns[c];

			if (is_text(column)) {
				w = text_of(column, view->sources[i], &s);
				w = text_width(s, w);
			} else {
				number = number_of(column, view->sources[i]);
				if (!number)
					continue;
				w = add_cell(cells, column, view, now_ns, number);
				if (!w)
					return -1;
				cells->filled[i] |= 1U << c;
			}
			if (w > width[c])
				width[c] = w;
		}
	}
	return 0;
}

/* Make the runs, in the place of their first column, and note where in them cells end. */
static void make_runs(const struct view *view, const size_t *width, struct run *runs, size_t *end)
{
	struct run *run = NULL;

	for (size_t c = 0; c < view->nr_columns; c++) {
		if (is_text(view->columns[c])) {
			run = NULL;
			continue;
		}
		if (!run) {
			run = &runs[c];
			run->len = 0;
			run->columns = 0;
		}
		end[c] = run->len + !!c + width[c];
		memset(run->text + run->len, ' ', end[c] - run->len);
		run->text[end[c] - 1] = blank(view->columns[c]);
		run->len = end[c];
		run->columns |= 1U << c;
		run->next = c + 1;
	}
}

static void put_rows(const struct view *view, const struct cells *cells, const size_t *width)
{
	const char *s, *number = cells->text;
	const uint8_t *cell = cells->len;
	struct run runs[NR_COLUMNS];
	size_t end[NR_COLUMNS], c, len, w;
	char *p;

	make_runs(view, width, runs, end);
	for (size_t i = 0; i < view->nr_sources; i++) {
		for (c = 0; c < view->nr_columns;) {
			if (is_text(view->columns[c])) {
				len = text_of(view->columns[c], view->sources[i], &s);
				if (c && len)
					out_char(' ');
				w = text_put(s, len);
				if (c < view->nr_columns - 1)
					out_spaces(width[c] - w + (c && !len));
				c++;
				continue;
			}
			p = out_room(runs[c].len);
			memcpy(p, runs[c].text, runs[c].len);
			for (unsigned int bits = cells->filled[i] & runs[c].columns; bits; bits &= bits - 1) {
				memcpy(p + end[__builtin_ctz(bits)] - *cell, number, *cell);
				number += *cell++;
			}
			out_done(p + runs[c].len);
			c = runs[c].next;
		}
		out_char('\n');
	}
}

int table_print(const struct view *view, struct fail *why)
{
	size_t width[NR_COLUMNS];
	struct cells cells = { 0 };
	int ret = -1;

	cells.len = malloc((view->nr_sources + 1) * NR_COLUMNS);
	cells.filled = calloc(view->nr_sources + 1, sizeof(*cells.filled));
	if (cells.len && cells.filled)
		ret = make_cells(view, &cells, width);
	if (!ret) {
		if (!view->no_headings)
			put_headings(view, width);
		put_rows(view, &cells, width);
	} else {
		fail(why, "can't make a table of %zu wakeup sources: out of memory",
		     view->nr_sources);
	}
	free(cells.text);
	free(cells.len);
	free(cells.filled);
	return ret;
}
