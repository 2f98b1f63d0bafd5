// SPDX-License-Identifier: GPL-2.0-only
#include "raw.h"

#include "columns.h"
#include "out.h"

static void put_text(const char *s, size_t n)
{
	for (; n; n--, s++) {
		unsigned char c = *s;

		if (c >= ' ' && c < 0x7f && c != '\\') {
			out_char(c);
		} else {
			out_string("\\x");
			out_hex(c);
		}
	}
}

static void put_column(const struct column *c, const struct source *src)
{
	switch (c->type) {
	case COLUMN_NAME:
		put_text(src->name, src->name_len);
		break;
	case COLUMN_PARENT:
		if (src->parent)
			put_text(src->parent, src->parent_len);
		break;
	case COLUMN_ID:
		out_number(src->rec->id);
		break;
	case COLUMN_FLAG:
		out_char(src->rec->flags & c->flag ? '1' : '0');
		break;
	default:
		out_number(column_number(c, src->rec));
	}
}

int raw_print(const struct snapshot *snap, struct fail *why)
{
	(void)why;
	for (size_t c = 0; c < nr_columns; c++) {
		if (c)
			out_char('\t');
		out_string(columns[c].key);
	}
	out_char('\n');
	for (size_t s = 0; s < snap->nr_sources; s++) {
		for (size_t c = 0; c < nr_columns; c++) {
			if (c)
				out_char('\t');
			put_column(&columns[c], &snap->sources[s]);
		}
		out_char('\n');
	}
	return 0;
}
