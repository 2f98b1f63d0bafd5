// SPDX-License-Identifier: GPL-2.0-only
#include "listing.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "terminal.h"

/* --- options ------------------------------------------------------------------ */

static int set_format(void *to, const char *arg, struct fail *why)
{
	struct listing *list = to;

	const struct format *before = list->format;

	list->format = format_find(list->formats, arg);
	if (!list->format)
		return fail(why, "unknown format '%s'", arg);
	if (before && before != list->format)
		return fail(why, "formats '%s' and '%s' can't both be had", before->name, arg);
	return 0;
}

#define FORMAT_SETTER(name)							\
	static int set_##name(void *to, const char *arg, struct fail *why)	\
	{									\
		(void)arg;							\
		return set_format(to, #name, why);				\
	}

FORMAT_SETTER(json)
FORMAT_SETTER(raw)
FORMAT_SETTER(pairs)
FORMAT_SETTER(csv)

const struct option_row order_options[] = {
	{ "sort", 's', "[-]COLUMN", "smallest first, with - largest first",
	  option_string, offsetof(struct listing, sort_by) },
	{ "top", 't', "N", "the first N rows only", option_number, offsetof(struct listing, top) },
	{ 0 }
};

const struct option_row column_options[] = {
	{ "output", 'o', "LIST", "columns, with commas between; +LIST: these besides",
	  option_string, offsetof(struct listing, output) },
	{ "output-all", 'O', NULL, "all columns",
	  option_flag, offsetof(struct listing, output_all) },
	{ 0 }
};

const struct option_row format_options[] = {
	{ "format", 'f', "FORMAT", "print in one of the formats below", set_format, 0 },
	{ "json", 'j', NULL, "for programs: described in the manual page", set_json, 0 },
	{ "raw", 'r', NULL, "for scripts: fields with a TAB between them", set_raw, 0 },
	{ "pairs", 'P', NULL, "for the shell: name=\"value\"", set_pairs, 0 },
	{ "csv", 0, NULL, "for spreadsheets: RFC 4180, with no name a formula",
	  set_csv, 0 },
	{ "noheadings", 'n', NULL, "leave out what stands above the rows",
	  option_flag, offsetof(struct listing, no_headings) },
	{ 0 }
};

const struct option_row color_options[] = {
	{ "color", 0, "WHEN", "auto, always or never: what is active stands out",
	  option_string, offsetof(struct listing, color_when) },
	{ 0 }
};

const struct option_row time_options[] = {
	{ "ns", 0, NULL, "plain nanoseconds in the table, too",
	  option_flag, offsetof(struct listing, ns) },
	{ 0 }
};

const struct option_row size_options[] = {
	{ "bytes", 'b', NULL, "plain bytes in the table, too",
	  option_flag, offsetof(struct listing, bytes) },
	{ 0 }
};

void listing_help(const struct listing *list)
{
	columns_help(list->all);
	formats_help(list->formats);
}

/* --- columns ------------------------------------------------------------------ */

/* Names with commas between them; behind a '+', they come after those that there are. */
static int add_columns(struct listing *list, const char *names, struct fail *why)
{
	size_t own = list->nr_columns, len;

	for (names += *names == '+';; names += len + 1) {
		const struct column *column;
		size_t i = 0;

		len = strcspn(names, ",");
		column = column_find(list->all, names, len);
		if (!column)
			return fail(why, "unknown column '%.*s'", (int)len, names);
		while (i < list->nr_columns && list->columns[i] != column)
			i++;
		if (i == list->nr_columns)
			list->columns[list->nr_columns++] = column;
		else if (i >= own)
			return fail(why, "column '%s' is there twice", column->name);
		if (!names[len])
			return 0;
	}
}

static int find_sort(struct listing *list, struct fail *why)
{
	const char *name = list->sort_by;

	if (!name)
		return 0;
	list->descending = *name == '-';
	name += list->descending;
	list->sort = column_find(list->all, name, strlen(name));
	return list->sort ? 0 : fail(why, "unknown column '%s'", name);
}

/* https://no-color.org */
static int set_color(struct listing *list, struct fail *why)
{
	const char *no_color = getenv("NO_COLOR"), *type = getenv("TERM");

	if (!list->color_when || !strcmp(list->color_when, "auto"))
		list->color = terminal_width(STDOUT_FILENO) && !(no_color && *no_color) && type &&
			      strcmp(type, "dumb");
	else if (!strcmp(list->color_when, "always"))
		list->color = true;
	else if (strcmp(list->color_when, "never"))
		return fail(why, "--color is auto, always or never, not '%s'", list->color_when);
	return 0;
}

int listing_ready(struct listing *list, struct fail *why)
{
	bool own_list = list->output && *list->output != '+';

	if (set_color(list, why))
		return -1;
	if (!list->format)
		list->format = &list->formats[0];
	if (list->format->fixed && (list->output || list->output_all))
		return fail(why, "format '%s' has columns of its own", list->format->name);
	if (find_sort(list, why))
		return -1;
	list->nr_columns = 0;
	for (const struct column *c = list->all; c->name && !own_list; c++)
		if (!c->costly && (c->standard || list->output_all || list->format->all))
			list->columns[list->nr_columns++] = c;
	return list->output ? add_columns(list, list->output, why) : 0;
}

/* --- rows --------------------------------------------------------------------- */

/* Bytes compare the same in every locale; none at all is the least. */
static int compare_text(const struct column *column, const void *x, const void *y)
{
	size_t len_x = 0, len_y = 0, n;
	const char *s = column->text(x, &len_x), *t = column->text(y, &len_y);
	int diff;

	n = len_x < len_y ? len_x : len_y;
	diff = s && t ? memcmp(s, t, n) : !!s - !!t;
	return diff ?: (len_x > len_y) - (len_x < len_y);
}

static int compare_number(const struct column *column, const void *x, const void *y)
{
	uint64_t m = column->number(x, column->which), n = column->number(y, column->which);

	return (m > n) - (m < n);
}

static int compare(const void *a, const void *b, void *arg)
{
	const void *x = *(const void *const *)a, *y = *(const void *const *)b;
	const struct listing *list = arg;
	int diff;

	if (!list->sort)
		return list->descending ? list->order(y, x) : list->order(x, y);
	if (column_is_text(list->sort))
		diff = compare_text(list->sort, x, y);
	else
		diff = compare_number(list->sort, x, y);
	if (!diff)
		return list->order(x, y);
	return list->descending ? -diff : diff;
}

/* It costs a tenth of sorting to see that there is nothing to sort, and often that is so. */
static bool in_order(const struct listing *list, const struct rows *rows)
{
	for (size_t i = 1; i < rows->nr; i++)
		if (compare(&rows->v[i - 1], &rows->v[i], (void *)list) > 0)
			return false;
	return true;
}

void listing_sort(const struct listing *list, struct rows *rows)
{
	if (!in_order(list, rows))
		qsort_r(rows->v, rows->nr, sizeof(*rows->v), compare, (void *)list);
	if (list->top && rows->nr > list->top)
		rows->nr = list->top;
}

int listing_print(const struct listing *list, struct rows *rows, struct fail *why)
{
	rows->columns = list->columns;
	rows->nr_columns = list->nr_columns;
	rows->no_headings = list->no_headings;
	rows->ns = list->ns;
	rows->bytes = list->bytes;
	rows->colors = list->color;
	return list->format->print(rows, why);
}
