// SPDX-License-Identifier: GPL-2.0-only
/* The keys of `wsdump watch`; watch_screen.c explains them to who asks. */
#include <string.h>

#include "watch_view.h"

#define ESC 27
#define CTRL_L 12

bool watch_descends(const struct column *column)
{
	return column && !column_is_text(column);
}

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
	list->descending = watch_descends(list->sort);
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

static size_t moved(size_t from, long step, size_t last)
{
	if (step < 0)
		return from < (size_t)-step ? 0 : from + step;
	return from + step > last ? last : from + step;
}

/* Select another row. */
static void choose(struct screen *s, long step)
{
	const struct change *change;

	if (!s->rows.nr)
		return;
	s->selected = moved(s->selected, step, s->rows.nr - 1);
	change = s->rows.v[s->selected];
	s->selected_id = change->now->id;
}

static void move_by(struct screen *s, long step)
{
	if (s->details)
		choose(s, step);
	else
		s->top = moved(s->top, step, s->rows.nr);
}

bool watch_key(struct screen *s, int key)
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
	case 'd':
		s->details = !s->details;
		s->selected = s->top;
		choose(s, 0);
		erase();
		break;
	case KEY_UP:
	case 'k':
		move_by(s, -1);
		break;
	case KEY_DOWN:
	case 'j':
		move_by(s, 1);
		break;
	case KEY_PPAGE:
		move_by(s, -(long)watch_page(s));
		break;
	case KEY_NPAGE:
		move_by(s, watch_page(s));
		break;
	case KEY_HOME:
		move_by(s, -(long)s->rows.nr);
		break;
	case KEY_END:
		move_by(s, s->rows.nr);
		break;
	case CTRL_L:
		clearok(curscr, TRUE);
		break;
	default:
		break;
	}
	return false;
}
