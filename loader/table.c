// SPDX-License-Identifier: GPL-2.0-only
#include "table.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libsmartcols.h>

#include "columns.h"
#include "duration.h"

static int by_interest(const void *a, const void *b)
{
	const struct ws_record *x = ((const struct source *)a)->rec;
	const struct ws_record *y = ((const struct source *)b)->rec;
	int active = (int)(y->flags & WS_ACTIVE) - (int)(x->flags & WS_ACTIVE);

	if (active)
		return active;
	if (x->total_time_ns != y->total_time_ns)
		return x->total_time_ns < y->total_time_ns ? 1 : -1;
	if (x->event_count != y->event_count)
		return x->event_count < y->event_count ? 1 : -1;
	return (x->id > y->id) - (x->id < y->id);
}

static void format_number(char buf[DURATION_LEN], const struct column *column,
			  const struct snapshot *snap, const struct ws_record *rec)
{
	uint64_t number = column_number(column, rec);

	switch (column->type) {
	case COLUMN_DURATION:
		if (!number && column->offset == offsetof(struct ws_record, active_time_ns) &&
		    !(rec->flags & WS_ACTIVE))
			snprintf(buf, DURATION_LEN, "-");
		else
			duration_format(buf, number);
		break;
	case COLUMN_MOMENT:
		if (!number)
			snprintf(buf, DURATION_LEN, "-");
		else	/* what changed after the walk had begun changed just now */
			duration_format(buf, number < snap->monotonic_ns ?
					     snap->monotonic_ns - number : 0);
		break;
	default:
		snprintf(buf, DURATION_LEN, "%" PRIu64, number);
	}
}

static int set_cell(struct libscols_line *line, size_t i, const struct column *column,
		    const struct snapshot *snap, const struct source *src)
{
	char buf[DURATION_LEN];

	switch (column->type) {
	case COLUMN_NAME:
		return scols_line_set_data(line, i, src->name);
	case COLUMN_PARENT:
		return scols_line_set_data(line, i, src->parent ? src->parent : "-");
	default:
		format_number(buf, column, snap, src->rec);
		return scols_line_set_data(line, i, buf);
	}
}

static bool is_text(const struct column *column)
{
	return column->type == COLUMN_NAME || column->type == COLUMN_PARENT;
}

static int fill(struct libscols_table *table, const struct snapshot *snap,
		const struct source *sources)
{
	for (size_t c = 0; c < nr_columns; c++) {
		if (columns[c].heading &&
		    !scols_table_new_column(table, columns[c].heading, 0,
					    is_text(&columns[c]) ? 0 : SCOLS_FL_RIGHT))
			return -1;
	}
	for (size_t s = 0; s < snap->nr_sources; s++) {
		struct libscols_line *line = scols_table_new_line(table, NULL);
		size_t cell = 0;

		if (!line)
			return -1;
		for (size_t c = 0; c < nr_columns; c++) {
			if (columns[c].heading &&
			    set_cell(line, cell++, &columns[c], snap, &sources[s]))
				return -1;
		}
	}
	return scols_print_table(table);
}

int table_print(const struct snapshot *snap, struct fail *why)
{
	struct libscols_table *table = NULL;
	struct source *sorted;
	int ret = -1;

	sorted = calloc(snap->nr_sources + 1, sizeof(*sorted));
	if (sorted)
		table = scols_new_table();
	if (table) {
		memcpy(sorted, snap->sources, snap->nr_sources * sizeof(*sorted));
		qsort(sorted, snap->nr_sources, sizeof(*sorted), by_interest);
		/* scols_print_table() is silent about write errors; the stream is not */
		ret = fill(table, snap, sorted);
	}
	if (ret)
		fail(why, "can't make a table of %zu wakeup sources: out of memory",
		     snap->nr_sources);
	scols_unref_table(table);
	free(sorted);
	return ret;
}
