// SPDX-License-Identifier: GPL-2.0-only
#include "raw.h"

#include "common/escape.h"
#include "common/out.h"

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

/*
 * How many numbers stand side by side from column @i on, of those that are 0 for a source
 * that never had an event.
 */
static size_t numbers_from(const struct view *view, size_t i)
{
	size_t n = 0;

	while (i + n < view->nr_columns && view->columns[i + n]->type >= COLUMN_COUNT)
		n++;
	return n;
}

/* @runs is numbers_from() of each column. */
static void put_row(const struct view *view, const size_t *runs, const struct wakeup_source *src)
{
	static const char zeros[] = "0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t";
	const size_t room = NR_COLUMNS * (OUT_U64_LEN + 1);
	bool unused = !wakeup_source_event_count(src);
	char *p = out_room(room);

	_Static_assert(sizeof(zeros) == 2 * NR_COLUMNS + 1, "a zero for each column");
	for (size_t i = 0; i < view->nr_columns; i++) {
		const struct column *c = view->columns[i];

		if (unused && runs[i]) {
			/* all at once: a constant size is a few moves, and there is room */
			memcpy(p, zeros, 2 * NR_COLUMNS);
			p += 2 * runs[i];
			i += runs[i] - 1;
			continue;
		}
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
	size_t runs[NR_COLUMNS];

	(void)why;
	for (size_t c = 0; c < view->nr_columns; c++)
		runs[c] = numbers_from(view, c);
	for (size_t c = 0; c < view->nr_columns && !view->no_headings; c++) {
		out_string(view->columns[c]->key);
		out_char(c + 1 < view->nr_columns ? '\t' : '\n');
	}
	for (size_t s = 0; s < view->nr_sources; s++)
		put_row(view, runs, view->sources[s]);
	return 0;
}
