// SPDX-License-Identifier: GPL-2.0-only
#include "raw.h"

#include "escape.h"
#include "out.h"

static uint64_t number_of(const struct column *c, const struct wakeup_source *src)
{
	switch (c->type) {
	case COLUMN_ID:
		return c->id(src);
	case COLUMN_FLAG:
		return c->flag(src);
	default:
		return c->number(src);
	}
}

static void put_row(const struct view *view, const struct wakeup_source *src)
{
	const struct column *const *end = view->columns + view->nr_columns;
	const size_t room = NR_COLUMNS * (OUT_U64_LEN + 1);
	char *p = out_room(room);

	for (const struct column *const *i = view->columns; i < end; i++) {
		const struct column *c = *i;

		if (c->type == COLUMN_TEXT) {
			size_t len;
			const char *text = c->text(src, &len);

			out_done(p);
			escape_put(text, len, false);
			p = out_room(room);
		} else {
			p = out_put_number(p, number_of(c, src));
		}
		*p++ = '\t';
	}
	p[-1] = '\n';
	out_done(p);
}

int raw_print(const struct view *view, struct fail *why)
{
	(void)why;
	for (size_t c = 0; c < view->nr_columns && !view->no_headings; c++) {
		out_string(view->columns[c]->key);
		out_char(c + 1 < view->nr_columns ? '\t' : '\n');
	}
	for (size_t s = 0; s < view->nr_sources; s++)
		put_row(view, view->sources[s]);
	return 0;
}
