// SPDX-License-Identifier: GPL-2.0-only
/*
 * The screen of `wsdump watch`. Signals are blocked but while it waits, so none is missed
 * between looking whether there was one and waiting for the next.
 */
#include "watch_screen.h"

#include <ctype.h>
#include <errno.h>
#include <locale.h>
#include <ncurses.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/table.h"
#include "common/text.h"

#define ESC 27
#define CTRL_L 12

#define FIRST_ROW	3	/* of the screen, for sources */
#define MAX_WIDTH	512
#define PART_LEN	64

struct screen {
	struct watch *watch;
	SCREEN *term;
	FILE *keys;			/* where keys come from, if not stdin */
	int keys_fd;
	size_t top;			/* first source shown */
	struct rows rows;
	size_t width[MAX_COLUMNS];	/* grows only, so that nothing jumps */
	char part[PART_LEN];		/* of the names to show */
	char part_before[PART_LEN];
	bool editing;			/* @part is being typed */
	bool paused;
	bool help;
	bool quit;
	bool colors;
};

static volatile sig_atomic_t caught;

static void catch(int sig)
{
	caught = sig;
}

/* --- drawing ---------------------------------------------------------------- */

/* As much of a line of ours as fits. */
static void put_line(int y, int attr, const char *s)
{
	if (y >= LINES)
		return;
	move(y, 0);
	clrtoeol();
	attrset(attr);
	addnstr(s, COLS);
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

/* Names begin with A, figures with the largest. */
static bool descends(const struct column *column)
{
	return column && !column_is_text(column);
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
		put_line(1, A_BOLD, line);
		return;
	}
	snprintf(line, sizeof(line), "%ssorted by %s%s%s%s%s%s%s - h for help",
		 s->paused ? "PAUSED, " : "", list->sort ? list->sort->name : "time active",
		 list->descending == descends(list->sort) ? "" : ", reversed",
		 *part ? ", only '" : "", part, *part ? "'" : "",
		 filter->source.active ? ", only active" : "", filter->idle ? "" : ", without idle");
	put_line(1, s->paused ? A_BOLD : A_NORMAL, line);
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
		"  arrows, PgUp, PgDn, Home, End, j, k    scroll",
		"  q             quit",
		"",
		"Bold is what changed since the last look. A name that is green belongs to an",
		"active source, one in reverse to a new source; a dim row to one that is gone.",
		"Any key goes back.",
	};

	erase();
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		put_line(i, i ? A_NORMAL : A_BOLD, lines[i]);
	refresh();
}

static size_t page(void)
{
	return LINES > FIRST_ROW ? LINES - FIRST_ROW : 1;
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
	if (s->top + page() > s->rows.nr)
		s->top = s->rows.nr > page() ? s->rows.nr - page() : 0;

	watch_summary(s->watch, line);
	put_line(0, A_NORMAL, line);
	draw_state(s);
	draw_headings(s, width, n);
	for (size_t i = s->top; i < s->rows.nr && y < LINES; i++, y++)
		draw_row(s, y, s->rows.v[i], width, n);
	if (y < LINES) {
		move(y, 0);
		clrtobot();
	}
	move(s->editing && LINES > 1 ? 1 : 0, s->editing ? COLS - 1 : 0);
	refresh();
}

/* --- keys ------------------------------------------------------------------- */

static void sort_by(struct screen *s, int step)
{
	struct listing *list = &s->watch->list;
	size_t at = 0;

	/* NULL, the order by time active, comes before the first column */
	for (size_t c = 0; c < list->nr_columns; c++)
		if (list->columns[c] == list->sort)
			at = c + 1;
	at = (at + list->nr_columns + 1 + step) % (list->nr_columns + 1);
	list->sort = at ? list->columns[at - 1] : NULL;
	list->descending = descends(list->sort);
}

static void edit(struct screen *s, int key)
{
	size_t len = strlen(s->part);

	if (key == '\n' || key == '\r' || key == KEY_ENTER) {
		s->editing = false;
	} else if (key == ESC) {
		memcpy(s->part, s->part_before, PART_LEN);
		s->editing = false;
	} else if (key == KEY_BACKSPACE || key == '\b' || key == 0x7f) {
		/* a whole character of UTF-8 */
		while (len && ((unsigned char)s->part[--len] & 0xc0) == 0x80)
			;
		s->part[len] = '\0';
	} else if (key == 'U' - '@') {
		s->part[0] = '\0';
	} else if (key >= ' ' && key <= 0xff && len + 1 < PART_LEN) {
		s->part[len] = key;
		s->part[len + 1] = '\0';
	}
}

/* Returns whether it is time for a look. */
static bool handle(struct screen *s, int key)
{
	struct change_filter *filter = &s->watch->filter;
	struct listing *list = &s->watch->list;

	if (key == KEY_RESIZE) {
		memset(s->width, 0, sizeof(s->width));
		erase();
		return false;
	}
	if (s->help) {
		s->help = false;
		erase();
		return false;
	}
	if (s->editing) {
		edit(s, key);
		return false;
	}
	switch (key) {
	case 'q':
	case 'Q':
		s->quit = true;
		break;
	case 'p':
	case ' ':
		s->paused = !s->paused;
		return !s->paused;
	case '\n':
	case '\r':
	case KEY_ENTER:
		return !s->paused;
	case 'h':
	case '?':
	case KEY_F(1):
		s->help = true;
		break;
	case 's':
	case '>':
		sort_by(s, 1);
		break;
	case 'S':
	case '<':
		sort_by(s, -1);
		break;
	case 't':
		list->sort = NULL;
		list->descending = false;
		break;
	case 'r':
		list->descending = !list->descending;
		break;
	case 'a':
		filter->source.active = !filter->source.active;
		break;
	case 'i':
		filter->idle = !filter->idle;
		break;
	case '/':
	case 'f':
		memcpy(s->part_before, s->part, PART_LEN);
		s->editing = true;
		break;
	case ESC:
		s->part[0] = '\0';
		break;
	case KEY_UP:
	case 'k':
		s->top -= !!s->top;
		break;
	case KEY_DOWN:
	case 'j':
		s->top++;
		break;
	case KEY_PPAGE:
		s->top -= s->top < page() ? s->top : page();
		break;
	case KEY_NPAGE:
		s->top += page();
		break;
	case KEY_HOME:
		s->top = 0;
		break;
	case KEY_END:
		s->top = s->rows.nr;
		break;
	case CTRL_L:
		clearok(curscr, TRUE);
		break;
	default:
		break;
	}
	return false;
}

/* --- the terminal ----------------------------------------------------------- */

static bool on_screen;

/* When an allocation fails ncurses ends the program, and would leave the terminal as it is. */
static void leave_screen(void)
{
	if (on_screen)
		endwin();
	on_screen = false;
}

static void close_screen(struct screen *s)
{
	leave_screen();
	if (s->term)
		delscreen(s->term);
	if (s->keys)
		fclose(s->keys);
}

static int open_screen(struct screen *s, struct fail *why)
{
	const char *type = getenv("TERM"), *no_color = getenv("NO_COLOR");
	char shown[64];

	if (!type || !*type)
		return fail(why, "TERM is not set, so what the terminal understands is not known: set it, or pipe the output to 'cat'");
	setlocale(LC_CTYPE, "");
	text_fit(shown, sizeof(shown), type, strlen(type), 30);
	/* keys come from the terminal, whatever standard input is */
	s->keys_fd = STDIN_FILENO;
	if (!isatty(STDIN_FILENO)) {
		s->keys = fopen("/dev/tty", "re");
		if (!s->keys)
			return fail_errno(why, STEP_FILE, errno,
					  "standard input is no terminal, and /dev/tty can't be opened for keys");
		s->keys_fd = fileno(s->keys);
	}
	atexit(leave_screen);
	errno = 0;
	s->term = newterm(NULL, stdout, s->keys ?: stdin);
	if (!s->term && errno == ENOMEM)
		return fail(why, "out of memory");
	/* without this each look would be a page more */
	if (s->term && (!tigetstr("cup") || tigetstr("cup") == (char *)-1)) {
		delscreen(s->term);
		s->term = NULL;
	}
	if (!s->term)
		return fail(why, "terminal type '%s' is not known, or can't do what a screen needs: set TERM to one that can, install package ncurses-term, or pipe the output to 'cat'",
			    shown);
	on_screen = true;
	set_escdelay(50);
	cbreak();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	leaveok(stdscr, FALSE);
	curs_set(0);
	if (has_colors() && !(no_color && *no_color) && start_color() == OK &&
	    use_default_colors() == OK && init_pair(1, COLOR_GREEN, -1) == OK)
		s->colors = true;
	return 0;
}

static const int ending[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };

/* Set up before ncurses, which then leaves these alone. */
static void catch_signals(sigset_t *waiting)
{
	struct sigaction action = { .sa_handler = catch }, now;
	sigset_t block;

	sigemptyset(&block);
	sigaddset(&block, SIGWINCH);
	for (size_t i = 0; i < sizeof(ending) / sizeof(ending[0]); i++) {
		/* what nohup(1) and the like have turned off stays off */
		sigaction(ending[i], NULL, &now);
		if (now.sa_handler == SIG_IGN)
			continue;
		sigaction(ending[i], &action, NULL);
		sigaddset(&block, ending[i]);
	}
	sigprocmask(SIG_BLOCK, &block, waiting);
}

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
			if (handle(s, key))
				look = true;
		if (caught || s->quit)
			return caught;
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

	catch_signals(&waiting);
	ret = open_screen(&s, why);
	if (!ret)
		ret = loop(&s, &waiting, why);
	close_screen(&s);
	rows_free(&s.rows);
	sigprocmask(SIG_SETMASK, &waiting, NULL);
	return ret;
}
