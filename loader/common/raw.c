// SPDX-License-Identifier: GPL-2.0-only
#include "raw.h"

#include "escape.h"
#include "out.h"

_Static_assert(MAX_COLUMNS * (NUMBER_LEN + 1) <= OUT_SIZE, "room for a row of numbers");

static void put_value(const struct rows *rows, const struct column *column, const void *row)
{
	struct value value;
	const char *text;
	size_t len;

	if (column_is_text(column)) {
		text = column->text(row, &len);
		if (text)
			escape_put(text, len, false);
		return;
	}
	value_for_programs(&value, rows, column, row);
	if (value.kind == VALUE_TEXT)
		escape_put(value.s, value.len, false);
	else if (value.kind != VALUE_NONE)
		out_bytes(value.s, value.len);
}

#define ZEROS "0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t"

/* What raw_print() finds out once for all rows, of each column. */
struct plan {
	bool integer[MAX_COLUMNS];
	size_t zeros[MAX_COLUMNS];	/* so many from there on are 0 in a row that is idle */
};

/* Of ten thousand rows most are idle, and each instruction for one of their zeros counts. */
static void put_row(const struct rows *rows, const struct plan *plan, const void *row)
{
	static const char zeros[] = ZEROS ZEROS;
	_Static_assert(sizeof(zeros) > 2 * MAX_COLUMNS, "a zero for each column");
	const size_t n = rows->nr_columns, room = n * (NUMBER_LEN + 1);
	const bool idle = row_is_idle(rows, row);
	char *p = out_room(room);

	for (size_t c = 0; c < n; c++) {
		const struct column *column = rows->columns[c];

		if (idle && plan->zeros[c]) {
			p = mempcpy(p, zeros, 2 * plan->zeros[c]);
			c += plan->zeros[c] - 1;
			continue;
		}
		if (plan->integer[c]) {
			p = number_put(p, column->number(row, column->which));
		} else {
			out_done(p);
			put_value(rows, column, row);
			p = out_room(room);
		}
		*p++ = '\t';
	}
	p[-1] = '\n';
	out_done(p);
}

static void make_plan(const struct rows *rows, struct plan *plan)
{
	size_t zeros = 0;

	for (size_t c = rows->nr_columns; c--;) {
		zeros = rows->columns[c]->idle ? zeros + 1 : 0;
		plan->zeros[c] = zeros;
		plan->integer[c] = column_is_integer(rows->columns[c]);
	}
}

int raw_print(const struct rows *rows, struct fail *why)
{
	struct plan plan;

	(void)why;
	make_plan(rows, &plan);
	for (size_t c = 0; c < rows->nr_columns && !rows->no_headings; c++) {
		out_string(rows->columns[c]->key);
		out_char(c + 1 < rows->nr_columns ? '\t' : '\n');
	}
	for (size_t i = 0; i < rows->nr; i++)
		put_row(rows, &plan, rows->v[i]);
	return 0;
}
