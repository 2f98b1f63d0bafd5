// SPDX-License-Identifier: GPL-2.0-only
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "duration.h"
#include "out.h"
#include "text.h"

/* Cells of numbers, one behind the other, row by row. */
struct cells {
	char *text;
	uint8_t *len;		/* of each cell */
	size_t used, size;
	size_t nr;
};

static size_t format_digits(char *buf, uint64_t number)
{
	char digits[OUT_U64_LEN], *s = out_u64(digits + sizeof(digits), number);
	size_t len = digits + sizeof(digits) - s;

	memcpy(buf, s, len);
	return len;
}

/* Write the cell at @buf, which has room for DURATION_LEN; returns its length. */
static size_t format_number(char *buf, const struct column *column, const struct view *view,
			    uint64_t now_ns, const struct wakeup_source *src)
{
	uint64_t number;

	switch (column->type) {
	case COLUMN_ID:
		return format_digits(buf, column->id(src));
	case COLUMN_FLAG:
		*buf = column->flag(src) ? '1' : '0';
		return 1;
	default:
		number = column->number(src);
	}
	if (!number) {
		/* never, or not active; but a count or a sum of 0 is a figure */
		*buf = column->type == COLUMN_MOMENT || column->type == COLUMN_SPAN ? '-' : '0';
		return 1;
	}
	if (column->type == COLUMN_COUNT)
		return format_digits(buf, number);
	/* what changed after the walk had begun changed just now */
	if (column->type == COLUMN_MOMENT)
		number = number < now_ns ? now_ns - number : 0;
	return view->ns ? format_digits(buf, number) : duration_format(buf, number);
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

static int add_cell(struct cells *cells, const struct column *column, const struct view *view,
		    uint64_t now_ns, const struct wakeup_source *src)
{
	char *text = cells->text;

	if (cells->size - cells->used < DURATION_LEN) {
		cells->size += cells->size / 2 + 4096;
		text = realloc(text, cells->size);
		if (!text)
			return -1;
		cells->text = text;
	}
	cells->len[cells->nr] = format_number(text + cells->used, column, view, now_ns, src);
	cells->used += cells->len[cells->nr++];
	return 0;
}

static const char *unit_of(const struct column *column, const struct view *view)
{
	return view->ns && (column->type == COLUMN_DURATION || column->type == COLUMN_SPAN ||
			    column->type == COLUMN_MOMENT) ? "_NS" : "";
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
	uint64_t now_ns = wakeup_snapshot_monotonic_ns(view->snap);
	const char *s;
	size_t w;

	for (size_t c = 0; c < view->nr_columns; c++)
		width[c] = heading_width(view->columns[c], view);
	for (size_t i = 0; i < view->nr_sources; i++) {
		for (size_t c = 0; c < view->nr_columns; c++) {
			const struct column *column = view->columns[c];

			if (is_text(column)) {
				w = text_of(column, view->sources[i], &s);
				w = text_width(s, w);
			} else {
				if (add_cell(cells, column, view, now_ns, view->sources[i]))
					return -1;
				w = cells->len[cells->nr - 1];
			}
			if (w > width[c])
				width[c] = w;
		}
	}
	return 0;
}

static void put_rows(const struct view *view, const struct cells *cells, const size_t *width)
{
	const char *s, *number = cells->text;
	const uint8_t *cell = cells->len;
	size_t len, w;

	for (size_t i = 0; i < view->nr_sources; i++) {
		for (size_t c = 0; c < view->nr_columns; c++) {
			if (is_text(view->columns[c])) {
				len = text_of(view->columns[c], view->sources[i], &s);
				if (c && len)
					out_char(' ');
				w = text_put(s, len);
				if (c < view->nr_columns - 1)
					out_spaces(width[c] - w + (c && !len));
			} else {
				len = *cell++;
				out_spaces(width[c] - len + !!c);
				out_bytes(number, len);
				number += len;
			}
		}
		out_char('\n');
	}
}

int table_print(const struct view *view, struct fail *why)
{
	size_t width[NR_COLUMNS];
	struct cells cells = { 0 };
	int ret = -1;

	cells.len = calloc(view->nr_sources + 1, NR_COLUMNS);
	if (cells.len)
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
	return ret;
}
