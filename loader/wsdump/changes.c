// SPDX-License-Identifier: GPL-2.0-only
#include "changes.h"

#include <fnmatch.h>
#include <string.h>

#include "common/csv.h"
#include "common/json.h"
#include "common/out.h"
#include "common/pairs.h"
#include "common/raw.h"
#include "common/table.h"
#include "snapshot_json.h"

const char *const change_kinds[NR_KINDS] = {
	[CHANGE_KEPT] = "kept",
	[CHANGE_CAME] = "new",
	[CHANGE_RESET] = "reset",
	[CHANGE_GONE] = "gone",
};

/* --- which, and in what order ------------------------------------------------- */

const struct option_row change_options[] = {
	{ "idle", 'i', NULL, "sources that did nothing as well",
	  option_flag, offsetof(struct change_filter, idle) },
	{ 0 }
};

static bool matches(struct change_filter *filter, const struct change *c, uint64_t now_ns)
{
	struct filter *source = &filter->source;
	const struct state *s = c->now;

	/* of all sources, so that it is known what matches none */
	if (filter_has_names(source) &&
	    !filter_matches(source, &(struct subject) { s->name, s->device, s->id }))
		return false;
	if (c->left_out || (!c->shown && !filter->idle))
		return false;
	if (source->active && (c->kind == CHANGE_GONE || !s->active))
		return false;
	if (!filter_is_lately(source, s->n[LAST_CHANGE], now_ns))
		return false;
	if (filter->part && *filter->part)
		return strpbrk(filter->part, "*?[") ? !fnmatch(filter->part, s->name, 0) :
						      !!strstr(s->name, filter->part);
	return true;
}

static int smaller_first(uint64_t x, uint64_t y)
{
	return (x > y) - (x < y);
}

static int larger_first(uint64_t x, uint64_t y)
{
	return smaller_first(y, x);
}

/*
 * The time active first, for it is what all this is about. Sources that were active all the
 * time differ in it by the moments at which they were read: those are to keep their order.
 */
int change_order(const void *a, const void *b)
{
	const struct change *x = a, *y = b;
	const struct state *s = x->now, *t = y->now;
	int diff = larger_first(x->always, y->always);

	if (!diff && x->always)
		diff = smaller_first(s->n[LAST_CHANGE], t->n[LAST_CHANGE]);
	else if (!diff)
		diff = larger_first(x->n[TOTAL_TIME], y->n[TOTAL_TIME]) ?:
		       larger_first(x->n[EVENT_COUNT], y->n[EVENT_COUNT]) ?:
		       larger_first(x->n[ACTIVE_COUNT], y->n[ACTIVE_COUNT]) ?:
		       larger_first(x->changed, y->changed) ?:
		       smaller_first(x->kind, y->kind) ?:
		       larger_first(s->n[TOTAL_TIME], t->n[TOTAL_TIME]) ?:
		       larger_first(s->n[EVENT_COUNT], t->n[EVENT_COUNT]);
	return diff ?: smaller_first(s->id, t->id);
}

int changes_choose(struct change_filter *filter, const struct listing *list,
		   const struct comparison *cmp, struct rows *rows, struct fail *why)
{
	rows->now_ns = cmp->now_ns;
	rows->interval_ns = cmp->interval_ns;
	if (rows_room(rows, cmp->nr))
		return fail(why, "no memory for %zu wakeup sources", cmp->nr);
	for (size_t i = 0; i < cmp->nr; i++)
		if (matches(filter, &cmp->v[i], cmp->now_ns))
			rows->v[rows->nr++] = &cmp->v[i];
	if (filter_check(&filter->source, why))
		return -1;
	listing_sort(list, rows);
	return 0;
}

/* --- formats ------------------------------------------------------------------ */

static void put_states(const char *key, const struct states *states)
{
	out_char(',');
	json_put_key(key);
	out_char('{');
	json_put_number("realtime_ns", states->realtime_ns);
	out_char(',');
	json_put_number("monotonic_ns", states->monotonic_ns);
	out_char(',');
	json_put_number("sources", states->nr);
	out_char('}');
}

static int change_json_print(const struct rows *rows, struct fail *why)
{
	const struct change_report *report = rows->whole;

	out_char('{');
	json_put_version(JSON_FORMAT);
	put_states("old", report->old);
	put_states("new", report->new);
	out_char(',');
	json_put_key("rebooted");
	out_string(report->cmp->rebooted ? "true," : "false,");
	json_put_number("interval_ns", report->cmp->interval_ns);
	out_char(',');
	if (json_put_rows("changes", rows, why))
		return -1;
	if (report->w && why_json_put_run(report->w, why))
		return -1;
	out_string("}\n");
	return 0;
}

const struct format change_formats[] = {
	{ "table", table_print, .sorted = true },
	{ "raw", raw_print, .all = true },
	{ "json", change_json_print, .all = true },
	{ "pairs", pairs_print, .all = true },
	{ "csv", csv_print, .all = true },
	{ 0 }
};
