// SPDX-License-Identifier: GPL-2.0-only
#include "pairs.h"

#include "escape.h"
#include "out.h"

int pairs_print(const struct rows *rows, struct fail *why)
{
	struct value value;

	(void)why;
	for (size_t i = 0; i < rows->nr; i++) {
		for (size_t c = 0; c < rows->nr_columns; c++) {
			if (c)
				out_char(' ');
			out_string(rows->columns[c]->key);
			out_string("=\"");
			value_for_programs(&value, rows, rows->columns[c], rows->v[i]);
			if (value.kind != VALUE_NONE)
				escape_put(value.s, value.len, true);
			out_char('"');
		}
		out_char('\n');
	}
	return 0;
}
