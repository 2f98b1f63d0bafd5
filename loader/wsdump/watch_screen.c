// SPDX-License-Identifier: GPL-2.0-only
/* The screen of `wsdump watch`: what is drawn, and when. */
#include "watch_screen.h"

#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <string.h>

#include "common/clock.h"
#include "common/table.h"
#include "common/text.h"
#include "watch_view.h"

#define MAX_WIDTH	512

/* --- drawing ---------------------------------------------------------------- */

void watch_put_line(int y, int attr, const char *text)
{
	if (y >= LINES)
		return;
	move(y, 0);
	clrtoeol();
	attrset(attr);
	addnstr(text, COLS);
	attrset(A_NORMAL);
}

/* Texts stand on the left. */
static void put_cell(const struct column *column, const char *s, size_t len, size_t width)
{
	char buf[MAX_WIDTH * 4 + 2];
	size_t used = text_fit(buf, sizeof(buf), s, len, width);

	if (column_is_text(column))
		addstr(buf);
	for (; used < width; used++)
		addch(' ');
	if (!column_is_text(column))
		addstr(buf);
}

static int attr_of(const struct screen *s, const struct column *column, const struct change *c)
{
	int attr = A_NORMAL;

	if (c->kind == CHANGE_GONE)
		return A_DIM;
	if (change_is_name(column) && c->kind != CHANGE_KEPT)
		attr = A_REVERSE;
	else if (change_is_news(c, column))
		attr = A_BOLD;
	if (s->colors && change_is_name(column) && c->now->active)
		attr |= COLOR_PAIR(1);
	return attr;
}

static void draw_headings(const struct screen *s, const size_t *width, size_t n)
{
	const struct column *sort = s->watch->list.sort;
	size_t used = n - 1;	/* the blanks between them */

	if (FIRST_ROW - 1 >= LINES)
		return;
	move(FIRST_ROW - 1, 0);
	attrset(A_REVERSE);
	for (size_t c = 0; c < n; c++) {
		const struct column *column = s->rows.columns[c];

		if (c)
			addch(' ');
		if (sort && column == sort)
			attron(A_UNDERLINE);
		put_cell(column, column->name, strlen(column->name), width[c]);
		attrset(A_REVERSE);
		used += width[c];
	}
	for (; used < (size_t)COLS; used++)
		addch(' ');
	attrset(A_NORMAL);
}

static void draw_row(const struct screen *s, int y, const struct change *change,
		     const size_t *width, size_t n)
{
	struct value value;

	move(y, 0);
	for (size_t c = 0; c < n; c++) {
		const struct column *column = s->rows.columns[c];

		if (c)
			addch(' ');
		attrset(attr_of(s, column, change));
		value_for_people(&value, &s->rows, column, change);
		put_cell(column, value.s, value.len, width[c]);
		attrset(A_NORMAL);
	}
	clrtoeol();
}

/* The line of what was asked for. */
static void draw_state(const struct screen *s)
{
	const struct change_filter *filter = &s->watch->filter;
	const struct listing *list = &s->watch->list;
	char line[8 * PART_LEN], part[4 * PART_LEN];

	text_fit(part, sizeof(part), s->part, strlen(s->part), PART_LEN);
	if (s->editing) {
		snprintf(line, sizeof(line), "show names with (or pattern): %s", part);
		watch_put_line(1, A_BOLD, line);
		return;
	}
	snprintf(line, sizeof(line), "%ssorted by %s%s%s%s%s%s%s - h for help",
		 s->paused ? "PAUSED, " : "", list->sort ? list->sort->name : "time active",
		 list->descending == watch_descends(list->sort) ? "" : ", reversed",
		 *part ? ", only '" : "", part, *part ? "'" : "",
		 filter->source.active ? ", only active" : "", filter->idle ? "" : ", without idle");
	watch_put_line(1, s->paused ? A_BOLD : A_NORMAL, line);
}

static void draw_help(void)
{
	static const char *const lines[] = {
		"wsdump watch: keys",
		"",
		"  s S  < >      sort by the next, the previous column",
		"  t             sort by the time active",
		"  r             reverse the order",
		"  /             show only names with what you type, or that match a pattern",
		"                with * ? [ in it; Enter keeps it, Esc undoes it",
		"  Esc           show all names",
		"  a             show only active sources, or all",
		"  i             hide idle sources, that did nothing since the last look",
		"  p or space    pause, go on",
		"  Enter         look now",
		"  d             details of one source: what it is, and what there is to do",
		"  arrows, PgUp, PgDn, Home, End, j, k    scroll, or choose that source",
		"  q             quit",
		"",
		"Bold is what changed since the last look. A name that is green belongs to an",
		"active source, one in reverse to a new source; a dim row to one that is gone.",
		"Any key goes back.",
	};

	erase();
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		watch_put_line(i, i ? A_NORMAL : A_BOLD, lines[i]);
	refresh();
}

static bool details_fit(const struct screen *s)
{
	return s->details && LINES > FIRST_ROW + DETAILS_LINES;
}

/* The first line that is no row's. */
static int rows_end(const struct screen *s)
{
	return details_fit(s) ? LINES - DETAILS_LINES : LINES;
}

size_t watch_page(const struct screen *s)
{
	return rows_end(s) > FIRST_ROW ? rows_end(s) - FIRST_ROW : 1;
}

/* The selected source may have another row now, or none. */
static void find_selected(struct screen *s)
{
	size_t page = watch_page(s);

	if (!s->rows.nr)
		return;
	for (size_t i = 0; i < s->rows.nr; i++) {
		const struct change *change = s->rows.v[i];

		if (change->now->id == s->selected_id)
			s->selected = i;
	}
	if (s->selected >= s->rows.nr)
		s->selected = s->rows.nr - 1;
	if (s->top > s->selected)
		s->top = s->selected;
	if (s->top + page <= s->selected)
		s->top = s->selected - page + 1;
}

static void draw(struct screen *s)
{
	size_t width[MAX_COLUMNS], n;
	char line[WATCH_SUMMARY_LEN];
	int y = FIRST_ROW;

	if (s->help) {
		draw_help();
		return;
	}
	/* of all rows, so that scrolling moves nothing */
	table_measure(&s->rows, s->width);
	n = table_fit(&s->rows, s->width, COLS, width);
	if (s->top + watch_page(s) > s->rows.nr)
		s->top = s->rows.nr > watch_page(s) ? s->rows.nr - watch_page(s) : 0;
	if (s->details)
		find_selected(s);

	watch_summary(s->watch, line);
	watch_put_line(0, A_NORMAL, line);
	draw_state(s);
	draw_headings(s, width, n);
	for (size_t i = s->top; i < s->rows.nr && y < rows_end(s); i++, y++) {
		draw_row(s, y, s->rows.v[i], width, n);
		if (s->details && i == s->selected)
			mvchgat(y, 0, -1, A_STANDOUT, 0, NULL);
	}
	if (y < LINES) {
		move(y, 0);
		clrtobot();
	}
	if (details_fit(s))
		watch_details(s, rows_end(s));
	move(s->editing && LINES > 1 ? 1 : 0, s->editing ? COLS - 1 : 0);
	refresh();
}

/* --- looking and waiting --------------------------------------------------- */

/* Returns false when the terminal is gone. */
static bool wait_for_key(struct screen *s, uint64_t until_ns, const sigset_t *waiting)
{
	struct pollfd fd = { .fd = s->keys_fd, .events = POLLIN };
	uint64_t now = clock_ns(CLOCK_MONOTONIC);
	struct timespec ts = timespec_of(until_ns > now ? until_ns - now : 0);

	if (ppoll(&fd, 1, s->paused ? NULL : &ts, waiting) < 0)
		return errno == EINTR;
	return !(fd.revents & (POLLERR | POLLHUP | POLLNVAL));
}

static int loop(struct screen *s, const sigset_t *waiting, struct fail *why)
{
	struct watch *w = s->watch;
	uint64_t next = clock_ns(CLOCK_MONOTONIC), looks = 0;

	for (;;) {
		bool look = !s->paused && clock_ns(CLOCK_MONOTONIC) >= next;
		int key;

		while ((key = getch()) != ERR)
			if (watch_key(s, key))
				look = true;
		if (terminal_caught() || s->quit)
			return terminal_caught();
		if (look) {
			if (watch_look(w, why))
				return -1;
			next = clock_ns(CLOCK_MONOTONIC) + w->interval_ns;
			looks++;
		}
		w->filter.part = s->part;
		if (changes_choose(&w->filter, &w->list, &w->cmp, &s->rows, why))
			return -1;
		draw(s);
		if (w->count && looks >= w->count)
			return 0;
		if (!wait_for_key(s, next, waiting))
			return SIGHUP;
	}
}

int watch_screen(struct watch *w, struct fail *why)
{
	struct screen s = {
		.watch = w,
		.rows = { .columns = w->list.columns, .nr_columns = w->list.nr_columns,
			  .ns = w->list.ns },
	};
	sigset_t waiting;
	int ret;

	terminal_catch(&waiting);
	ret = terminal_open(&s, why);
	if (!ret)
		ret = loop(&s, &waiting, why);
	terminal_close(&s);
	rows_free(&s.rows);
	sigprocmask(SIG_SETMASK, &waiting, NULL);
	return ret;
}
