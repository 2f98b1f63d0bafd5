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

static int set_name(void *to, const char *arg, struct fail *why)
{
	struct change_filter *filter = to;

	if (filter->nr_globs == MAX_CHANGE_GLOBS)
		return fail(why, "more than %d times --name", MAX_CHANGE_GLOBS);
	filter->globs[filter->nr_globs++] = arg;
	return 0;
}

const struct option_row change_options[] = {
	{ "active", 'a', NULL, "only what keeps the system awake now",
	  option_flag, offsetof(struct change_filter, active) },
	{ "idle", 'i', NULL, "sources that did nothing as well",
	  option_flag, offsetof(struct change_filter, idle) },
	{ "name", 0, "GLOB", "only names that match; may be given again for more", set_name, 0 },
	{ 0 }
};

static bool matches(const struct change_filter *filter, const struct change *c)
{
	bool found = !filter->nr_globs;

	if (!c->changed && !filter->idle)
		return false;
	if (filter->active && (c->kind == CHANGE_GONE || !c->now->active))
		return false;
	for (size_t i = 0; i < filter->nr_globs && !found; i++)
		found = !fnmatch(filter->globs[i], c->now->name, 0);
	if (found && filter->part && *filter->part)
		found = strpbrk(filter->part, "*?[") ? !fnmatch(filter->part, c->now->name, 0) :
						       !!strstr(c->now->name, filter->part);
	return found;
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

int changes_choose(const struct change_filter *filter, const struct listing *list,
		   const struct comparison *cmp, struct rows *rows, struct fail *why)
{
	rows->now_ns = cmp->now_ns;
	rows->interval_ns = cmp->interval_ns;
	if (rows_room(rows, cmp->nr))
		return fail(why, "no memory for %zu wakeup sources", cmp->nr);
	for (size_t i = 0; i < cmp->nr; i++)
		if (matches(filter, &cmp->v[i]))
			rows->v[rows->nr++] = &cmp->v[i];
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
