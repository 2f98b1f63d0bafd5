// SPDX-License-Identifier: GPL-2.0-only
#include "changes.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/out.h"

const struct change_column *change_column_find(const struct change_column *all,
					       const char *name, size_t len)
{
	for (const struct change_column *c = all; c->name; c++)
		if ((!strncasecmp(c->name, name, len) && !c->name[len]) ||
		    (!strncasecmp(c->key, name, len) && !c->key[len]))
			return c;
	return NULL;
}

void change_columns_help(const struct change_column *all)
{
	puts("\nColumns, those in brackets by -o and -O only:");
	for (const struct change_column *c = all; c->name; c++) {
		char name[16];

		snprintf(name, sizeof(name), c->standard ? "%s" : "[%s]", c->name);
		printf(" %-11s %s\n", name, c->help);
	}
}

const char *change_fate(enum change_kind kind)
{
	static const char *const fates[] = {
		[CHANGE_KEPT] = "kept",
		[CHANGE_CAME] = "new",
		[CHANGE_RESET] = "reset",
		[CHANGE_GONE] = "gone",
	};

	return fates[kind];
}

bool change_is_text(const struct change_column *column)
{
	return column->type == CHANGE_NAME || column->type == CHANGE_DEVICE;
}

size_t change_text(const struct change_column *column, const struct change *change,
		   const char **s)
{
	const struct state *now = change->now;

	*s = column->type == CHANGE_NAME ? now->name : now->device ?: "-";
	return column->type == CHANGE_NAME ? now->name_len : now->device ? now->device_len : 1;
}

uint64_t change_number(const struct change_column *column, const struct change *change)
{
	switch (column->type) {
	case CHANGE_ID:
		return change->now->id;
	case CHANGE_FATE:
		return change->kind;
	case CHANGE_SHARE:
		/* finer than the share itself */
		return change->n[TOTAL_TIME];
	case CHANGE_ADDED:
	case CHANGE_ADDED_TIME:
	case CHANGE_RATE:
		return change->n[column->counter];
	default:
		return change->now->n[column->counter];
	}
}

/* Three digits, as far as there are so many, of @n things in @ns. */
static size_t rate(char *buf, uint64_t n, uint64_t ns)
{
	double per_second = (double)n * 1e9 / (double)ns;
	/* snprintf() rounds, so that 9.996 would be 10.00 */
	int digits = per_second < 9.995 ? 2 : per_second < 99.95 ? 1 : 0;

	return snprintf(buf, CHANGE_CELL_LEN, "%.*f", digits, per_second);
}

static size_t text(char *buf, const char *s)
{
	size_t len = strlen(s);

	memcpy(buf, s, len + 1);
	return len;
}

size_t change_cell(const struct change_view *view, const struct change_column *column,
		   const struct change *change, char buf[CHANGE_CELL_LEN])
{
	uint64_t number = change_number(column, change);
	bool gone = change->kind == CHANGE_GONE;
	char digits[OUT_U64_LEN], *s;

	switch (column->type) {
	case CHANGE_FATE:
		return text(buf, change->kind == CHANGE_KEPT ? "-" : change_fate(change->kind));
	case CHANGE_SHARE:
		if (gone || !view->cmp->interval_ns)
			return text(buf, "-");
		return snprintf(buf, CHANGE_CELL_LEN, "%u.%u%%", change->share / 100,
				change->share % 100 / 10);
	case CHANGE_RATE:
		if (gone || !view->cmp->interval_ns)
			return text(buf, "-");
		return number ? rate(buf, number, view->cmp->interval_ns) : text(buf, "0");
	case CHANGE_SPAN:
		if (gone || !change->now->active)
			return text(buf, "-");
		break;
	case CHANGE_MOMENT:
		if (!number)
			return text(buf, "-");
		/* what changed while the snapshot was taken changed just now */
		if (!view->ns)
			number = number < view->cmp->now_ns ? view->cmp->now_ns - number : 0;
		break;
	case CHANGE_ADDED:
	case CHANGE_ADDED_TIME:
		if (gone)
			return text(buf, "-");
		break;
	default:
		break;
	}

	if (!view->ns && (column->type == CHANGE_ADDED_TIME || column->type == CHANGE_TIME ||
			  column->type == CHANGE_SPAN || column->type == CHANGE_MOMENT))
		return duration_format(buf, number);
	s = out_u64(digits + sizeof(digits), number);
	memcpy(buf, s, digits + sizeof(digits) - s);
	buf[digits + sizeof(digits) - s] = '\0';
	return digits + sizeof(digits) - s;
}

static bool matches(const struct change_view *view, const struct change *c)
{
	bool found = !view->nr_globs;

	if (!c->changed && !view->idle)
		return false;
	if (view->active && (c->kind == CHANGE_GONE || !c->now->active))
		return false;
	for (size_t i = 0; i < view->nr_globs && !found; i++)
		found = !fnmatch(view->globs[i], c->now->name, 0);
	if (found && view->part && *view->part)
		found = strpbrk(view->part, "*?[") ? !fnmatch(view->part, c->now->name, 0) :
						      !!strstr(c->now->name, view->part);
	return found;
}

/*
 * The time active first, for it is what all this is about. Sources that were active all the
 * time differ in it by the moments at which they were read: those are to keep their order.
 */
static int by_interest(const struct change *x, const struct change *y)
{
	static const enum counter order[] = { TOTAL_TIME, EVENT_COUNT, ACTIVE_COUNT };

	if (x->always != y->always)
		return y->always - x->always;
	if (x->always && x->now->n[LAST_CHANGE] != y->now->n[LAST_CHANGE])
		return x->now->n[LAST_CHANGE] > y->now->n[LAST_CHANGE] ? 1 : -1;
	if (x->always)
		return (x->now->id > y->now->id) - (x->now->id < y->now->id);
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		if (x->n[order[i]] != y->n[order[i]])
			return x->n[order[i]] < y->n[order[i]] ? 1 : -1;
	if (x->changed != y->changed)
		return y->changed - x->changed;
	if (x->kind != y->kind)
		return (x->kind > y->kind) - (x->kind < y->kind);
	if (x->now->n[TOTAL_TIME] != y->now->n[TOTAL_TIME])
		return x->now->n[TOTAL_TIME] < y->now->n[TOTAL_TIME] ? 1 : -1;
	if (x->now->n[EVENT_COUNT] != y->now->n[EVENT_COUNT])
		return x->now->n[EVENT_COUNT] < y->now->n[EVENT_COUNT] ? 1 : -1;
	return (x->now->id > y->now->id) - (x->now->id < y->now->id);
}

static int by_column(const void *a, const void *b, void *arg)
{
	const struct change *x = *(const struct change *const *)a;
	const struct change *y = *(const struct change *const *)b;
	const struct change_view *view = arg;
	int diff;

	if (!view->sort)
		return view->ascending ? by_interest(y, x) : by_interest(x, y);
	if (change_is_text(view->sort)) {
		const char *s, *t;

		change_text(view->sort, x, &s);
		change_text(view->sort, y, &t);
		diff = strcmp(s, t);
	} else {
		uint64_t m = change_number(view->sort, x), n = change_number(view->sort, y);

		diff = (m > n) - (m < n);
	}
	if (!diff)
		return by_interest(x, y);
	return view->ascending ? diff : -diff;
}

int changes_choose(struct change_view *view, const struct comparison *cmp, struct fail *why)
{
	view->cmp = cmp;
	view->nr = 0;
	if (!view->rows || cmp->nr > view->size) {
		free(view->rows);
		view->size = cmp->nr + cmp->nr / 8 + 1;
		view->rows = calloc(view->size, sizeof(*view->rows));
		if (!view->rows)
			return fail(why, "no memory for %zu wakeup sources", cmp->nr);
	}
	for (size_t i = 0; i < cmp->nr; i++)
		if (matches(view, &cmp->v[i]))
			view->rows[view->nr++] = &cmp->v[i];
	qsort_r(view->rows, view->nr, sizeof(*view->rows), by_column, view);
	if (view->top && view->nr > view->top)
		view->nr = view->top;
	return 0;
}

void changes_free(struct change_view *view)
{
	free(view->rows);
	view->rows = NULL;
}
