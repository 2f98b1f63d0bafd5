// SPDX-License-Identifier: GPL-2.0-only
/* Changes for programs to read: JSON, and lines of fields. */
#include <stdio.h>

#include "changes.h"
#include "common/escape.h"
#include "json.h"
#include "common/out.h"

/* With four digits behind the point, which duration_format() and the like do not have. */
static void put_ratio(unsigned int ten_thousandths)
{
	char buf[16];

	snprintf(buf, sizeof(buf), "%u.%04u", ten_thousandths / 10000, ten_thousandths % 10000);
	out_string(buf);
}

static void put_rate(const struct change_view *view, uint64_t n)
{
	char buf[32];

	snprintf(buf, sizeof(buf), "%.3f", view->cmp->interval_ns ?
		 (double)n * 1e9 / (double)view->cmp->interval_ns : 0.0);
	out_string(buf);
}

/* Is it something that nobody knows, as of a source that is gone? */
static bool is_unknown(const struct change_view *view, const struct change_column *column,
		       const struct change *change)
{
	if (!view->cmp->interval_ns &&
	    (column->type == CHANGE_SHARE || column->type == CHANGE_RATE))
		return true;
	if (change->kind != CHANGE_GONE)
		return false;
	return column->type == CHANGE_SHARE || column->type == CHANGE_ADDED ||
	       column->type == CHANGE_ADDED_TIME || column->type == CHANGE_RATE ||
	       column->type == CHANGE_SPAN;
}

static void put_figure(const struct change_view *view, const struct change_column *column,
		       const struct change *change)
{
	switch (column->type) {
	case CHANGE_SHARE:
		put_ratio(change->share);
		break;
	case CHANGE_RATE:
		put_rate(view, change_number(column, change));
		break;
	default:
		out_number(change_number(column, change));
	}
}

static int put_json(const struct change_view *view, const struct change_column *column,
		    const struct change *change)
{
	const char *s;
	size_t len;

	json_put_key(column->key);
	if (column->type == CHANGE_FATE) {
		s = change_fate(change->kind);
		json_put_string(s, strlen(s));
	} else if (column->type == CHANGE_DEVICE && !change->now->device) {
		out_string("null");
	} else if (change_is_text(column)) {
		len = change_text(column, change, &s);
		return json_put_bytes(column->key, s, len);
	} else if (is_unknown(view, column, change)) {
		out_string("null");
	} else {
		put_figure(view, column, change);
	}
	return 0;
}

static void put_states(const char *key, const struct states *states)
{
	json_put_key(key);
	out_char('{');
	json_put_key("realtime_ns");
	out_number(states->realtime_ns);
	out_char(',');
	json_put_key("monotonic_ns");
	out_number(states->monotonic_ns);
	out_char(',');
	json_put_key("sources");
	out_number(states->nr);
	out_string("},");
}

int changes_print_json(const struct change_view *view, const struct change_meta *meta,
		       struct fail *why)
{
	out_char('{');
	json_put_key("format");
	out_number(JSON_FORMAT);
	out_char(',');
	json_put_key("version");
	json_put_string(WSDUMP_VERSION, strlen(WSDUMP_VERSION));
	out_char(',');
	put_states("old", meta->old);
	put_states("new", meta->new);
	json_put_key("rebooted");
	out_string(view->cmp->rebooted ? "true" : "false");
	out_char(',');
	json_put_key("interval_ns");
	out_number(view->cmp->interval_ns);
	out_char(',');
	json_put_key("changes");
	out_char('[');
	for (size_t i = 0; i < view->nr; i++) {
		out_string(i ? ",\n{" : "\n{");
		for (size_t c = 0; c < view->nr_columns; c++) {
			if (c)
				out_char(',');
			if (put_json(view, view->columns[c], view->rows[i]))
				return fail(why, "out of memory");
		}
		out_char('}');
	}
	out_string("\n]}\n");
	return 0;
}

static void put_raw(const struct change_view *view, const struct change_column *column,
		    const struct change *change)
{
	const char *s;
	size_t len;

	if (column->type == CHANGE_FATE) {
		out_string(change_fate(change->kind));
	} else if (column->type == CHANGE_DEVICE && !change->now->device) {
		return;
	} else if (change_is_text(column)) {
		len = change_text(column, change, &s);
		escape_put(s, len, false);
	} else if (!is_unknown(view, column, change)) {
		put_figure(view, column, change);
	}
}

int changes_print_raw(const struct change_view *view, const struct change_meta *meta,
		      struct fail *why)
{
	(void)meta;
	(void)why;
	for (size_t c = 0; c < view->nr_columns && !view->no_headings; c++) {
		out_string(view->columns[c]->key);
		out_char(c + 1 < view->nr_columns ? '\t' : '\n');
	}
	for (size_t i = 0; i < view->nr; i++)
		for (size_t c = 0; c < view->nr_columns; c++) {
			put_raw(view, view->columns[c], view->rows[i]);
			out_char(c + 1 < view->nr_columns ? '\t' : '\n');
		}
	return 0;
}
