// SPDX-License-Identifier: GPL-2.0-only
#include "changes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/bytes.h"
#include "common/csv.h"
#include "common/duration.h"
#include "common/json.h"
#include "common/out.h"
#include "common/pairs.h"
#include "common/raw.h"
#include "common/table.h"
#include "formats.h"

/* One buffer that is in one of the two only: no inode number comes twice in a boot. */
struct change {
	bool came;
	const struct buffer *buf;
};

/* --- columns ------------------------------------------------------------------ */

static const struct db_record *record(const void *row)
{
	return &((const struct change *)row)->buf->record;
}

static const char *get_change(const void *row, size_t *len)
{
	const struct change *change = row;

	*len = strlen("came");
	return change->came ? "came" : "gone";
}

static const char *get_exporter(const void *row, size_t *len)
{
	*len = strlen(record(row)->exporter);
	return record(row)->exporter;
}

static const char *get_name(const void *row, size_t *len)
{
	*len = strlen(record(row)->name);
	return *len ? record(row)->name : NULL;
}

static const char *get_held_by(const void *row, size_t *len)
{
	const struct change *change = row;

	*len = change->buf->held_by_len;
	return change->buf->held_by;
}

static uint64_t get_ino(const void *row, int which)
{
	(void)which;
	return record(row)->ino;
}

static uint64_t get_size(const void *row, int which)
{
	(void)which;
	return record(row)->size;
}

#define TEXT(name_, key_, get_, help_) \
	{ .name = (name_), .key = (key_), .type = COLUMN_TEXT, .standard = true, \
	  .help = (help_), .text = (get_) }

const struct column change_columns[] = {
	TEXT("CHANGE", "change", get_change, "came, or gone"),
	{ .name = "INO", .key = "ino", .type = COLUMN_COUNT, .standard = true,
	  .help = "inode number of the buffer", .number = get_ino },
	{ .name = "SIZE", .key = "size", .type = COLUMN_BYTES, .standard = true,
	  .help = "its size", .number = get_size },
	TEXT("EXPORTER", "exporter", get_exporter, "the driver that made it"),
	TEXT("NAME", "name", get_name, "what user space has called it"),
	TEXT("HELD-BY", "held_by", get_held_by, "who holds it, or held it"),
	{ 0 }
};

int change_order(const void *x, const void *y)
{
	const struct change *a = x, *b = y;

	return larger_first(a->came, b->came) ?:
	       larger_first(record(x)->size, record(y)->size) ?:
	       -larger_first(record(x)->ino, record(y)->ino);
}

/* --- formats ------------------------------------------------------------------ */

static int json_print(const struct rows *rows, struct fail *why)
{
	out_char('{');
	json_put_version(JSON_FORMAT);
	out_char(',');
	json_put_number("interval_ns", rows->interval_ns);
	out_char(',');
	if (json_put_rows("changes", rows, why))
		return -1;
	out_string("}\n");
	return 0;
}

const struct format change_formats[] = {
	{ "table", table_print, .sorted = true },
	{ "raw", raw_print, .all = true },
	{ "json", json_print, .all = true },
	{ "pairs", pairs_print, .all = true },
	{ "csv", csv_print, .all = true },
	{ 0 }
};

void changes_help(void)
{
	columns_help(change_columns);
	formats_help(change_formats);
}

/* --- comparing ---------------------------------------------------------------- */

static int by_ino(const void *x, const void *y)
{
	const struct buffer *const *a = x, *const *b = y;

	return -larger_first((*a)->record.ino, (*b)->record.ino);
}

static const struct buffer **sorted(const struct snapshot *snap)
{
	const struct buffer **v = malloc((snap->nr_buffers + 1) * sizeof(*v));

	for (size_t i = 0; v && i < snap->nr_buffers; i++)
		v[i] = &snap->buffers[i];
	if (v)
		qsort(v, snap->nr_buffers, sizeof(*v), by_ino);
	return v;
}

struct sums {
	size_t nr[2];
	uint64_t bytes[2];
};

/* Returns how many changes there are, in @changes, which has room for all. */
static size_t compare(const struct snapshot *old, const struct buffer **a,
		      const struct snapshot *new, const struct buffer **b,
		      struct change *changes, struct sums *sums)
{
	size_t i = 0, k = 0, n = 0;

	while (i < old->nr_buffers || k < new->nr_buffers) {
		bool in_old = i < old->nr_buffers &&
			      (k == new->nr_buffers || a[i]->record.ino <= b[k]->record.ino);
		bool in_new = k < new->nr_buffers &&
			      (i == old->nr_buffers || b[k]->record.ino <= a[i]->record.ino);

		if (in_old != in_new) {
			changes[n] = (struct change) { in_new, in_new ? b[k] : a[i] };
			sums->nr[in_new]++;
			sums->bytes[in_new] += changes[n++].buf->record.size;
		}
		i += in_old;
		k += in_new;
	}
	return n;
}

static void summarize(char title[TITLE_LEN], const struct snapshot *new, const struct sums *sums,
		      uint64_t interval_ns)
{
	char interval[DURATION_LEN], came[BYTES_LEN], gone[BYTES_LEN], all[BYTES_LEN];

	duration_format(interval, interval_ns);
	bytes_format(came, sums->bytes[true]);
	bytes_format(gone, sums->bytes[false]);
	bytes_format(all, new->bytes);
	snprintf(title, TITLE_LEN, "%s: %zu came, %s; %zu gone, %s; now %zu dma-bufs, %s",
		 interval, sums->nr[true], came, sums->nr[false], gone, new->nr_buffers, all);
}

int changes_print(const struct listing *list, const struct snapshot *old,
		  const struct snapshot *new, struct fail *why)
{
	const struct buffer **a = sorted(old), **b = sorted(new);
	size_t nr = old->nr_buffers + new->nr_buffers;
	struct change *changes = malloc((nr + 1) * sizeof(*changes));
	struct sums sums = { 0 };
	struct rows rows = { 0 };
	char title[TITLE_LEN];
	int ret = -1;

	if (!a || !b || !changes || rows_room(&rows, nr)) {
		fail(why, "no memory for %zu dma-bufs", nr);
	} else {
		nr = compare(old, a, new, b, changes, &sums);
		for (size_t i = 0; i < nr; i++)
			rows.v[rows.nr++] = &changes[i];
		rows.interval_ns = new->realtime_ns - old->realtime_ns;
		rows.title = title;
		summarize(title, new, &sums, rows.interval_ns);
		if (list->sort || list->format->sorted || list->top)
			listing_sort(list, &rows);
		ret = listing_print(list, &rows, why);
	}
	rows_free(&rows);
	free(changes);
	free(a);
	free(b);
	return ret;
}
