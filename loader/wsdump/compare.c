// SPDX-License-Identifier: GPL-2.0-only
#include "compare.h"

#include <stdlib.h>
#include <string.h>

static int name_diff(const struct state *x, const struct state *y)
{
	size_t n = x->name_len < y->name_len ? x->name_len : y->name_len;
	int diff = memcmp(x->name, y->name, n);

	return diff ? diff : (x->name_len > y->name_len) - (x->name_len < y->name_len);
}

static int id_diff(const struct state *x, const struct state *y)
{
	return (x->id > y->id) - (x->id < y->id);
}

static int by_id(const void *a, const void *b)
{
	return id_diff(*(const struct state *const *)a, *(const struct state *const *)b);
}

static int by_name(const void *a, const void *b)
{
	const struct state *x = *(const struct state *const *)a;
	const struct state *y = *(const struct state *const *)b;
	int diff = name_diff(x, y);

	/* both point into one array, so this is the kernel's order */
	return diff ? diff : (x > y) - (x < y);
}

/* The order in which sources are looked for in the other states. */
static const struct state **ordered(const struct states *states, bool names)
{
	const struct state **v = calloc(states->nr + 1, sizeof(*v));

	if (!v)
		return NULL;
	for (size_t i = 0; i < states->nr; i++)
		v[i] = &states->v[i];
	qsort(v, states->nr, sizeof(*v), names ? by_name : by_id);
	return v;
}

static void set_share(struct change *c, uint64_t interval_ns)
{
	uint64_t active_ns = c->n[TOTAL_TIME];

	c->always = c->kind != CHANGE_GONE && c->now->active &&
		    c->now->n[ACTIVE_TIME] >= interval_ns;
	/* a source is read a moment after the time of its snapshot was taken */
	if (c->always || (active_ns && active_ns >= interval_ns))
		c->share = 10000;
	else if (active_ns)
		c->share = (double)active_ns * 10000 / (double)interval_ns;
}

/* A counter as the coarser of the two states would have it: files of the kernel cut times. */
static uint64_t value(const struct state *s, size_t counter, uint64_t unit_ns)
{
	bool is_time = counter == TOTAL_TIME || counter == PREVENT_TIME || counter == MAX_TIME ||
		       counter == LAST_CHANGE;

	return is_time && unit_ns ? s->n[counter] - s->n[counter] % unit_ns : s->n[counter];
}

/* @old is the same source, or NULL if this one began from 0. */
static void set_change(struct change *c, const struct state *old, const struct state *new,
		       enum change_kind kind, uint64_t unit_ns)
{
	*c = (struct change) {
		.kind = kind,
		.now = new,
		.changed = kind != CHANGE_KEPT,
	};
	for (size_t i = 0; i < NR_SUMS; i++) {
		c->n[i] = value(new, i, unit_ns) - (old ? value(old, i, unit_ns) : 0);
		if (c->n[i])
			c->changed = true;
	}
	c->shown = c->changed || new->active;
}

static void set_gone(struct change *c, const struct state *old)
{
	*c = (struct change) { .kind = CHANGE_GONE, .now = old, .changed = true, .shown = true };
}

static bool has_shrunk(const struct state *old, const struct state *new, uint64_t unit_ns)
{
	for (size_t i = 0; i < NR_GROWING; i++)
		if (value(new, i, unit_ns) < value(old, i, unit_ns))
			return true;
	return false;
}

static void set_pair(struct change *c, const struct state *old, const struct state *new,
		     bool rebooted, uint64_t unit_ns)
{
	if (rebooted)
		set_change(c, NULL, new, CHANGE_KEPT, unit_ns);
	else if (has_shrunk(old, new, unit_ns))
		set_change(c, NULL, new, CHANGE_RESET, unit_ns);
	else
		set_change(c, old, new, CHANGE_KEPT, unit_ns);
}

static int make_room(struct comparison *cmp, size_t n)
{
	if (!cmp->v || n > cmp->size) {
		free(cmp->v);
		cmp->size = n + n / 8 + 1;
		cmp->v = calloc(cmp->size, sizeof(*cmp->v));
	}
	return cmp->v ? 0 : -1;
}

/* Where numbers mean nothing there are names only, as over a reboot. */
static bool by_names(const struct states *old, const struct states *new, bool rebooted)
{
	return rebooted || old->no_ids || new->no_ids;
}

/* Go through both in the same order; returns the number of changes. */
static size_t merge(const struct states *old, const struct state **olds,
		    const struct states *new, const struct state **news, bool rebooted,
		    struct change *changes)
{
	uint64_t unit_ns = old->unit_ns > new->unit_ns ? old->unit_ns : new->unit_ns;
	bool names = by_names(old, new, rebooted);
	size_t o = 0, n = 0, end = new->nr;

	while (o < old->nr || n < new->nr) {
		int diff;

		if (o == old->nr)
			diff = 1;
		else if (n == new->nr)
			diff = -1;
		else
			diff = names ? name_diff(olds[o], news[n]) : id_diff(olds[o], news[n]);

		if (!diff && name_diff(olds[o], news[n])) {
			/* the number went to another source */
			set_gone(&changes[end++], olds[o++]);
			diff = 1;
		}
		if (diff < 0 && new->left_out) {
			o++;	/* it may well be there */
		} else if (diff < 0) {
			set_gone(&changes[end++], olds[o++]);
		} else {
			struct change *c = &changes[news[n] - new->v];

			if (diff > 0 && old->left_out && !rebooted)
				*c = (struct change) { .now = news[n++], .left_out = true };
			else if (diff > 0)
				set_change(c, NULL, news[n++], CHANGE_CAME, unit_ns);
			else
				set_pair(c, olds[o++], news[n++], rebooted, unit_ns);
		}
	}
	return end;
}

int compare(const struct states *old, const struct states *new, bool rebooted,
	    struct comparison *cmp)
{
	const struct state **olds = ordered(old, by_names(old, new, rebooted));
	const struct state **news = ordered(new, by_names(old, new, rebooted));
	int ret = -1;

	if (olds && news && !make_room(cmp, old->nr + new->nr)) {
		cmp->nr = merge(old, olds, new, news, rebooted, cmp->v);
		cmp->rebooted = rebooted;
		cmp->now_ns = new->monotonic_ns;
		cmp->untimed = old->untimed || new->untimed;
		cmp->interval_ns = new->monotonic_ns;
		if (old->untimed || new->untimed)
			cmp->interval_ns = 0;
		else if (!rebooted && old->monotonic_ns < new->monotonic_ns)
			cmp->interval_ns -= old->monotonic_ns;
		else if (!rebooted)
			cmp->interval_ns = 0;
		memset(cmp->kinds, 0, sizeof(cmp->kinds));
		for (size_t i = 0; i < cmp->nr; i++) {
			cmp->kinds[cmp->v[i].kind]++;
			set_share(&cmp->v[i], cmp->interval_ns);
		}
		ret = 0;
	}
	free(olds);
	free(news);
	return ret;
}

void compare_free(struct comparison *cmp)
{
	free(cmp->v);
	*cmp = (struct comparison) { 0 };
}
