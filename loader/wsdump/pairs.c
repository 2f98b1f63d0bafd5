// SPDX-License-Identifier: GPL-2.0-only
#include "pairs.h"

#include "common/escape.h"
#include "common/out.h"

static void put_value(const struct column *c, const struct wakeup_source *src)
{
	const char *text;
	size_t len;

	switch (c->type) {
	case COLUMN_TEXT:
		text = c->text(src, &len);
		escape_put(text, len, true);
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

int pairs_print(const struct view *view, struct fail *why)
{
	(void)why;
	for (size_t s = 0; s < view->nr_sources; s++) {
		for (size_t c = 0; c < view->nr_columns; c++) {
			if (c)
				out_char(' ');
			out_string(view->columns[c]->key);
			out_string("=\"");
			put_value(view->columns[c], view->sources[s]);
			out_char('"');
		}
		out_char('\n');
	}
	return 0;
}
