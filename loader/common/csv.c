// SPDX-License-Identifier: GPL-2.0-only
#include "csv.h"

#include <string.h>

#include "invisible.h"
#include "out.h"
#include "utf8.h"

static bool is_shown(const char *s, size_t len)
{
	uint32_t c = utf8_decode(s, len);

	return c < 0x7f ? c >= ' ' : c >= 0xa0 && !is_invisible(c);
}

static void put_text(const char *s, size_t n)
{
	size_t len;

	out_char('"');
	if (n && strchr("=+-@'", *s))
		out_char('\'');
	for (; n; s += len, n -= len) {
		len = utf8_len(s, n);
		if (*s == '"') {
			out_string("\"\"");
		} else if (len && *s != '\\' && is_shown(s, len)) {
			out_bytes(s, len);
		} else {
			len = 1;
			out_string("\\x");
			out_hex(*s);
		}
	}
	out_char('"');
}

static void put_value(const struct rows *rows, const struct column *column, const void *row)
{
	struct value value;

	value_for_programs(&value, rows, column, row);
	if (value.kind == VALUE_TEXT)
		put_text(value.s, value.len);
	else if (value.kind != VALUE_NONE)
		out_bytes(value.s, value.len);
}

static void put_separator(const struct rows *rows, size_t c)
{
	out_string(c + 1 < rows->nr_columns ? "," : "\r\n");
}

int csv_print(const struct rows *rows, struct fail *why)
{
	(void)why;
	for (size_t c = 0; c < rows->nr_columns && !rows->no_headings; c++) {
		out_string(rows->columns[c]->key);
		put_separator(rows, c);
	}
	for (size_t i = 0; i < rows->nr; i++) {
		for (size_t c = 0; c < rows->nr_columns; c++) {
			put_value(rows, rows->columns[c], rows->v[i]);
			put_separator(rows, c);
		}
	}
	return 0;
}
