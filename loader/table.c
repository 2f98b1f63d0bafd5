// SPDX-License-Identifier: GPL-2.0-only
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "duration.h"
#include "out.h"
#include "text.h"

#define MAX_COLUMNS 16

/* Cells of numbers, one behind the other, row by row. */
struct cells {
	char *text;
	uint8_t *len;		/* of each cell */
	size_t used, size;
	size_t nr;
};

static int by_interest(const void *a, const void *b)
{
	const struct ws_record *x = ((const struct source *)a)->rec;
	const struct ws_record *y = ((const struct source *)b)->rec;
	int active = (int)(y->flags & WS_ACTIVE) - (int)(x->flags & WS_ACTIVE);

	if (active)
		return active;
	if (x->total_time_ns != y->total_time_ns)
		return x->total_time_ns < y->total_time_ns ? 1 : -1;
	if (x->event_count != y->event_count)
		return x->event_count < y->event_count ? 1 : -1;
	return (x->id > y->id) - (x->id < y->id);
}

/* Write the cell at @buf, which has room for DURATION_LEN; returns its length. */
static size_t format_number(char *buf, const struct column *column,
			    const struct snapshot *snap, const struct ws_record *rec)
{
	uint64_t number = column_number(column, rec);
	char digits[OUT_U64_LEN], *s;

	if (!number) {
		/* never, or not active; but a count or a sum of 0 is a figure */
		*buf = column->type == COLUMN_MOMENT ||
		       (column->offset == offsetof(struct ws_record, active_time_ns) &&
			!(rec->flags & WS_ACTIVE)) ? '-' : '0';
		return 1;
	}
	switch (column->type) {
	case COLUMN_DURATION:
		return duration_format(buf, number);
	case COLUMN_MOMENT:
		/* what changed after the walk had begun changed just now */
		return duration_format(buf, number < snap->monotonic_ns ?
					    snap->monotonic_ns - number : 0);
	default:
		s = out_u64(digits + sizeof(digits), number);
		memcpy(buf, s, digits + sizeof(digits) - s);
		return digits + sizeof(digits) - s;
	}
}

static bool is_text(const struct column *column)
{
	return column->type == COLUMN_NAME || column->type == COLUMN_PARENT;
}

static size_t text_of(const struct column *column, const struct source *src, const char **s)
{
	bool name = column->type == COLUMN_NAME;

	*s = name ? src->name : src->parent ? src->parent : "-";
	return name ? src->name_len : src->parent ? src->parent_len : 1;
}

static int add_cell(struct cells *cells, const struct column *column,
		    const struct snapshot *snap, const struct source *src)
{
	char *text = cells->text;

	if (cells->size - cells->used < DURATION_LEN) {
		cells->size += cells->size / 2 + 4096;
		text = realloc(text, cells->size);
		if (!text)
			return -1;
		cells->text = text;
	}
	cells->len[cells->nr] = format_number(text + cells->used, column, snap, src->rec);
	cells->used += cells->len[cells->nr++];
	return 0;
}

/* Which columns of columns[] the table has, and how wide they are. */
static size_t choose(size_t shown[MAX_COLUMNS], size_t width[MAX_COLUMNS])
{
	size_t n = 0;

	for (size_t c = 0; c < nr_columns && n < MAX_COLUMNS; c++) {
		if (columns[c].heading) {
			width[n] = strlen(columns[c].heading);
			shown[n++] = c;
		}
	}
	return n;
}

static void put_heading(const struct column *column, size_t width, bool last)
{
	size_t rest = width - strlen(column->heading);

	if (!is_text(column))
		out_spaces(rest);
	out_string(column->heading);
	if (is_text(column) && !last)
		out_spaces(rest);
	out_char(last ? '\n' : ' ');
}

static int print(const struct snapshot *snap, const struct source *sources, struct cells *cells)
{
	size_t shown[MAX_COLUMNS], width[MAX_COLUMNS], n = choose(shown, width), cell = 0, w;
	const char *number, *s;
	size_t len;

	for (size_t i = 0; i < snap->nr_sources; i++) {
		for (size_t c = 0; c < n; c++) {
			const struct column *column = &columns[shown[c]];

			if (is_text(column)) {
				len = text_of(column, &sources[i], &s);
				w = text_width(s, len);
			} else {
				if (add_cell(cells, column, snap, &sources[i]))
					return -1;
				w = cells->len[cells->nr - 1];
			}
			if (w > width[c])
				width[c] = w;
		}
	}

	for (size_t c = 0; c < n; c++)
		put_heading(&columns[shown[c]], width[c], c == n - 1);
	number = cells->text;
	for (size_t i = 0; i < snap->nr_sources; i++) {
		for (size_t c = 0; c < n; c++) {
			if (is_text(&columns[shown[c]])) {
				len = text_of(&columns[shown[c]], &sources[i], &s);
				if (c && len)
					out_char(' ');
				w = text_put(s, len);
				if (c < n - 1)
					out_spaces(width[c] - w);
			} else {
				len = cells->len[cell++];
				out_spaces(width[c] - len + !!c);
				out_bytes(number, len);
				number += len;
			}
		}
		out_char('\n');
	}
	return 0;
}

int table_print(const struct snapshot *snap, struct fail *why)
{
	struct cells cells = { 0 };
	struct source *sorted;
	int ret = -1;

	sorted = calloc(snap->nr_sources + 1, sizeof(*sorted));
	cells.len = calloc(snap->nr_sources + 1, nr_columns);
	if (sorted && cells.len) {
		memcpy(sorted, snap->sources, snap->nr_sources * sizeof(*sorted));
		qsort(sorted, snap->nr_sources, sizeof(*sorted), by_interest);
		ret = print(snap, sorted, &cells);
	}
	if (ret)
		fail(why, "can't make a table of %zu wakeup sources: out of memory",
		     snap->nr_sources);
	free(cells.text);
	free(cells.len);
	free(sorted);
	return ret;
}
