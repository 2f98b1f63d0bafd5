// SPDX-License-Identifier: GPL-2.0-only
#include "listing.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "common/duration.h"
#include "verbs.h"

/* --- options ------------------------------------------------------------------ */

#define SETTER(name) static int name(void *to, const char *arg, struct fail *why)

SETTER(set_format)
{
	struct listing *list = to;

	list->format = format_find(arg);
	return list->format ? 0 : fail(why, "unknown format '%s'", arg);
}

#define FORMAT_SETTER(name)				\
	SETTER(set_##name)				\
	{						\
		(void)arg;				\
		return set_format(to, #name, why);	\
	}

FORMAT_SETTER(json)
FORMAT_SETTER(raw)
FORMAT_SETTER(pairs)
FORMAT_SETTER(csv)

#define FLAG_SETTER(name, field)		\
	SETTER(name)				\
	{					\
		struct listing *list = to;	\
						\
		(void)arg;			\
		(void)why;			\
		list->field = true;		\
		return 0;			\
	}

FLAG_SETTER(set_no_headings, no_headings)
FLAG_SETTER(set_ns, ns)
FLAG_SETTER(set_output_all, output_all)
FLAG_SETTER(set_active, active)

SETTER(set_output)
{
	struct listing *list = to;

	(void)why;
	list->output = arg;
	return 0;
}

SETTER(set_sort)
{
	struct listing *list = to;

	list->descending = *arg == '-';
	arg += list->descending;
	list->sort = column_find(arg, strlen(arg));
	return list->sort ? 0 : fail(why, "unknown column '%s'", arg);
}

SETTER(set_top)
{
	struct listing *list = to;
	unsigned long n;
	char *end;

	errno = 0;
	n = strtoul(arg, &end, 10);
	if (errno || *end || *arg < '0' || *arg > '9' || !n)
		return fail(why, "'%s' is no number of rows", arg);
	list->top = n;
	return 0;
}

SETTER(set_since)
{
	struct listing *list = to;

	list->since = true;
	if (duration_parse(arg, &list->since_ns))
		return fail(why, "'%s' is no duration such as 90s, 1.5h or 3m12s", arg);
	return 0;
}

const struct option_row format_options[] = {
	{ "format", 'f', "FORMAT", "print in one of the formats below", set_format },
	{ "json", 'j', NULL, "for programs: described in wsdump(8), for 'wsdump diff'", set_json },
	{ "raw", 'r', NULL, "for scripts: fields with a TAB between them", set_raw },
	{ "pairs", 'P', NULL, "for the shell: name=\"value\"", set_pairs },
	{ "csv", 0, NULL, "for spreadsheets: RFC 4180, no name is taken for a formula", set_csv },
	{ "noheadings", 'n', NULL, "leave out the line of headings", set_no_headings },
	{ "ns", 0, NULL, "plain nanoseconds in the table, too", set_ns },
	{ 0 }
};

const struct option_row column_options[] = {
	{ "output", 'o', "LIST", "columns, with commas between; +LIST: these besides",
	  set_output },
	{ "output-all", 'O', NULL, "all columns", set_output_all },
	{ 0 }
};

const struct option_row order_options[] = {
	{ "sort", 's', "[-]COLUMN", "smallest first, with - largest first", set_sort },
	{ "top", 't', "N", "the first N rows only", set_top },
	{ 0 }
};

const struct option_row filter_options[] = {
	{ "active", 'a', NULL, "what keeps the system awake now", set_active },
	{ "since", 0, "DURATION", "what was activated or released lately: 90s, 1.5h, 3m12s",
	  set_since },
	{ 0 }
};

/* --- columns ------------------------------------------------------------------ */

static int add_column(struct listing *list, const struct column *column, struct fail *why)
{
	for (size_t i = 0; i < list->nr_columns; i++)
		if (list->columns[i] == column)
			return fail(why, "column '%s' is there twice", column->name);
	list->columns[list->nr_columns++] = column;
	return 0;
}

static int add_columns(struct listing *list, const char *names, struct fail *why)
{
	bool besides = *names == '+';
	size_t own = list->nr_columns;

	names += besides;
	for (;;) {
		size_t len = strcspn(names, ",");
		const struct column *column = column_find(names, len);
		bool shown = false;

		if (!column)
			return fail(why, "unknown column '%.*s'", (int)len, names);
		for (size_t i = 0; i < own; i++)
			shown |= list->columns[i] == column;
		if (!shown && add_column(list, column, why))
			return -1;
		if (!names[len])
			return 0;
		names += len + 1;
	}
}

int listing_ready(struct listing *list, struct fail *why)
{
	bool own_list = list->output && *list->output != '+';

	if (!list->format)
		list->format = &formats[0];
	if (list->format->fixed && (list->output || list->output_all))
		return fail(why, "format '%s' has columns of its own", list->format->name);
	list->nr_columns = 0;
	for (size_t i = 0; i < NR_COLUMNS && !own_list; i++)
		if (columns[i].standard || list->format->all || list->output_all)
			list->columns[list->nr_columns++] = &columns[i];
	return list->output ? add_columns(list, list->output, why) : 0;
}

/* --- rows --------------------------------------------------------------------- */

bool listing_matches(const struct listing *list, const struct wakeup_source *src,
		     uint64_t now_ns)
{
	const char *name;
	uint64_t changed;

	if (list->active && !wakeup_source_is_active(src))
		return false;
	if (list->since) {
		changed = wakeup_source_last_change_ns(src);
		/* what changed after the walk had begun changed just now */
		if (!changed || (changed < now_ns && now_ns - changed > list->since_ns))
			return false;
	}
	if (!list->nr_globs)
		return true;
	name = wakeup_source_name(src, NULL);
	for (size_t i = 0; i < list->nr_globs; i++)
		if (!fnmatch(list->globs[i], name, 0))
			return true;
	return false;
}

/* A pattern that matches no name at all is a mistake, not an empty result. */
static int check_globs(const struct listing *list, const struct wakeup_snapshot *snap,
		       struct fail *why)
{
	for (size_t i = 0; i < list->nr_globs; i++) {
		const struct wakeup_source *src = NULL;

		while ((src = wakeup_snapshot_next(snap, src)))
			if (!fnmatch(list->globs[i], wakeup_source_name(src, NULL), 0))
				break;
		if (src)
			continue;
		for (const struct verb *verb = verbs; verb->name; verb++)
			if (!strcmp(verb->name, list->globs[i]))
				return fail(why, "no wakeup source is called '%s'; as a verb it has to come first: wsdump %s",
					    verb->name, verb->name);
		return fail(why, "no wakeup source is called '%s', and it is no verb: try 'wsdump --help'",
			    list->globs[i]);
	}
	return 0;
}

/* A row while it is sorted: with its keys, as a comparison is made far more than once. */
struct entry {
	const struct wakeup_source *src;
	uint64_t key, key2;
	size_t index;		/* in the kernel's order */
};

static int compare_index(const struct entry *x, const struct entry *y)
{
	return x->index < y->index ? 1 : -1;	/* older sources first */
}

/* A column is one key; what is of interest is two, and always descends. */
static int by_key(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return compare_index(x, y);
}

static int by_key_descending(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? 1 : -1;
	if (x->key2 != y->key2)
		return x->key2 < y->key2 ? 1 : -1;
	return compare_index(x, y);
}

/* The keys are a text's address and length; bytes compare the same in every locale. */
static int compare_text(const struct entry *x, const struct entry *y)
{
	size_t n = x->key2 < y->key2 ? x->key2 : y->key2;
	int diff = n ? memcmp((const char *)(uintptr_t)x->key, (const char *)(uintptr_t)y->key, n) : 0;

	return diff ?: (x->key2 > y->key2) - (x->key2 < y->key2);
}

static int by_text(const void *a, const void *b)
{
	return compare_text(a, b) ?: compare_index(a, b);
}

static int by_text_descending(const void *a, const void *b)
{
	return compare_text(b, a) ?: compare_index(a, b);
}

/* Active ones first, then those that were active for longest, then the busiest. */
static void set_interest(struct entry *e)
{
	e->key = wakeup_source_total_time_ns(e->src) |
		 (uint64_t)wakeup_source_is_active(e->src) << 63;
	e->key2 = wakeup_source_event_count(e->src);
}

static void set_keys(struct entry *e, const struct column *column)
{
	size_t len;

	e->key2 = 0;
	switch (column->type) {
	case COLUMN_TEXT:
		e->key = (uintptr_t)column->text(e->src, &len);
		e->key2 = len;
		break;
	case COLUMN_ID:
		e->key = column->id(e->src);
		break;
	case COLUMN_FLAG:
		e->key = column->flag(e->src);
		break;
	default:
		e->key = column->number(e->src);
	}
}

/*
 * Most sources were never active, and have 0 for a key. They are equal, so where they
 * belong is known without comparing them.
 */
static int sort(const struct listing *list, struct view *view)
{
	static int (*const compare[2][2])(const void *, const void *) = {
		{ by_key, by_key_descending }, { by_text, by_text_descending },
	};
	bool text = list->sort && list->sort->type == COLUMN_TEXT;
	bool descending = !list->sort || list->descending;
	struct entry *entries = malloc((view->nr_sources + 1) * sizeof(*entries));
	size_t n = 0, zeros = 0;

	if (!entries)
		return -1;
	for (size_t i = 0; i < view->nr_sources; i++) {
		struct entry *e = &entries[n];

		e->src = view->sources[i];
		e->index = i;
		if (list->sort)
			set_keys(e, list->sort);
		else
			set_interest(e);
		if (e->key || e->key2 || text)
			n++;
		else
			view->sources[zeros++] = e->src;
	}
	qsort(entries, n, sizeof(*entries), compare[text][descending]);

	/* older sources first, which are behind the newer ones */
	for (size_t i = 0; i < zeros / 2; i++) {
		const struct wakeup_source *src = view->sources[i];

		view->sources[i] = view->sources[zeros - 1 - i];
		view->sources[zeros - 1 - i] = src;
	}
	if (descending) {
		memmove(view->sources + n, view->sources, zeros * sizeof(*view->sources));
		zeros = 0;
	}
	for (size_t i = 0; i < n; i++)
		view->sources[zeros + i] = entries[i].src;
	free(entries);
	return 0;
}

int listing_view(const struct listing *list, const struct wakeup_snapshot *snap,
		 struct view *view, struct fail *why)
{
	bool filter = list->active || list->since || list->nr_globs;
	uint64_t now_ns = wakeup_snapshot_monotonic_ns(snap);
	const struct wakeup_source *src = NULL;
	size_t size = wakeup_snapshot_size(snap);

	*view = (struct view) {
		.snap = snap,
		.columns = list->columns,
		.nr_columns = list->nr_columns,
		.no_headings = list->no_headings,
		.ns = list->ns,
	};
	if (check_globs(list, snap, why))
		return -1;
	view->sources = malloc((size + 1) * sizeof(*view->sources));
	if (!view->sources)
		goto no_memory;
	while ((src = wakeup_snapshot_next(snap, src)))
		if (!filter || listing_matches(list, src, now_ns))
			view->sources[view->nr_sources++] = src;
	/* the first few rows of the kernel's order mean nothing to anybody */
	if ((list->sort || list->format->sorted || list->top) && sort(list, view))
		goto no_memory;
	if (list->top && view->nr_sources > list->top)
		view->nr_sources = list->top;
	return 0;

no_memory:
	view_free(view);
	return fail(why, "no memory for %zu wakeup sources", size);
}

void view_free(struct view *view)
{
	free(view->sources);
	view->sources = NULL;
}
