// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "changes.h"
#include "common/out.h"
#include "common/text.h"

static void put_heading(const struct change_column *column, size_t width, bool last)
{
	size_t rest = width - strlen(column->name);

	if (!change_is_text(column))
		out_spaces(rest);
	out_string(column->name);
	if (change_is_text(column) && !last)
		out_spaces(rest);
	out_char(last ? '\n' : ' ');
}

static void put_cell(const struct change_view *view, const struct change_column *column,
		     const struct change *change, size_t width, bool last)
{
	char cell[CHANGE_CELL_LEN];
	const char *s;
	size_t len;

	if (change_is_text(column)) {
		len = change_text(column, change, &s);
		len = text_put(s, len);
		if (!last)
			out_spaces(width - len);
	} else {
		len = change_cell(view, column, change, cell);
		out_spaces(width - len);
		out_bytes(cell, len);
	}
	out_char(last ? '\n' : ' ');
}

int changes_print_table(const struct change_view *view, const struct change_meta *meta,
			struct fail *why)
{
	size_t width[MAX_CHANGE_COLUMNS], n = view->nr_columns;
	char cell[CHANGE_CELL_LEN];
	const char *s;

	(void)why;
	for (size_t c = 0; c < n; c++) {
		const struct change_column *column = view->columns[c];

		width[c] = view->no_headings ? 0 : strlen(column->name);
		for (size_t i = 0; i < view->nr; i++) {
			size_t len;

			if (change_is_text(column)) {
				len = change_text(column, view->rows[i], &s);
				len = text_width(s, len);
			} else {
				len = change_cell(view, column, view->rows[i], cell);
			}
			if (len > width[c])
				width[c] = len;
		}
	}
	if (!view->no_headings && meta->summary) {
		out_string(meta->summary);
		out_char('\n');
	}
	if (!view->no_headings && view->nr)
		for (size_t c = 0; c < n; c++)
			put_heading(view->columns[c], width[c], c == n - 1);
	for (size_t i = 0; i < view->nr; i++)
		for (size_t c = 0; c < n; c++)
			put_cell(view, view->columns[c], view->rows[i], width[c], c == n - 1);
	return 0;
}
