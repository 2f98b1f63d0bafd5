// SPDX-License-Identifier: GPL-2.0-only
#include "csv.h"

#include <string.h>

#include "common/invisible.h"
#include "common/out.h"
#include "common/utf8.h"

static bool is_shown(const char *s, size_t len)
{
	uint32_t c = utf8_decode(s, len);

	return c < 0x7f ? c >= ' ' : c >= 0xa0 && !is_invisible(c);
}

static void put_text(const char *s, size_t n)
{
	size_t len;

	if (!s)
		return;
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

static void put_column(const struct column *c, const struct wakeup_source *src)
{
	const char *text;
	size_t len;

	switch (c->type) {
	case COLUMN_TEXT:
		text = c->text(src, &len);
		put_text(text, len);
		break;
	case COLUMN_ID:
		out_number(c->id(src));
		break;
	case COLUMN_FLAG:
		out_char(c->flag(src) ? '1' : '0');
		break;
	default:
		out_number(c->number(src));
	}
}

static void put_separator(const struct view *view, size_t c)
{
	out_string(c + 1 < view->nr_columns ? "," : "\r\n");
}

int csv_print(const struct view *view, struct fail *why)
{
	(void)why;
	for (size_t c = 0; c < view->nr_columns && !view->no_headings; c++) {
		out_string(view->columns[c]->key);
		put_separator(view, c);
	}
	for (size_t s = 0; s < view->nr_sources; s++) {
		for (size_t c = 0; c < view->nr_columns; c++) {
			put_column(view->columns[c], view->sources[s]);
			put_separator(view, c);
		}
	}
	return 0;
}
