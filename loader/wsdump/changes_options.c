// SPDX-License-Identifier: GPL-2.0-only
#include "changes_options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define SETTER(name) static int name(void *to, const char *arg, struct fail *why)

#define FLAG_SETTER(name, field, value)			\
	SETTER(name)					\
	{						\
		struct change_options *o = to;		\
							\
		(void)arg;				\
		(void)why;				\
		o->field = (value);			\
		return 0;				\
	}

FLAG_SETTER(set_json, print, changes_print_json)
FLAG_SETTER(set_raw, print, changes_print_raw)
FLAG_SETTER(set_no_headings, view.no_headings, true)
FLAG_SETTER(set_ns, view.ns, true)
FLAG_SETTER(set_output_all, output_all, true)
FLAG_SETTER(set_active, view.active, true)
FLAG_SETTER(set_idle, view.idle, true)
FLAG_SETTER(set_output, output, arg)

SETTER(set_sort)
{
	struct change_options *o = to;

	o->view.ascending = *arg != '-';
	arg += *arg == '-';
	o->view.sort = change_column_find(o->view.all, arg, strlen(arg));
	return o->view.sort ? 0 : fail(why, "unknown column '%s'", arg);
}

SETTER(set_top)
{
	struct change_options *o = to;
	char *end;

	errno = 0;
	o->view.top = strtoul(arg, &end, 10);
	if (errno || *end || *arg < '0' || *arg > '9' || !o->view.top)
		return fail(why, "'%s' is no number of rows", arg);
	return 0;
}

SETTER(set_name)
{
	struct change_options *o = to;

	if (o->view.nr_globs == MAX_CHANGE_GLOBS)
		return fail(why, "more than %d times --name", MAX_CHANGE_GLOBS);
	o->globs[o->view.nr_globs++] = (char *)arg;
	o->view.globs = o->globs;
	return 0;
}

const struct option_row change_what_options[] = {
	{ "active", 'a', NULL, "only what keeps the system awake now", set_active },
	{ "idle", 'i', NULL, "sources that did nothing as well", set_idle },
	{ "name", 0, "GLOB", "only names that match; may be given again for more", set_name },
	{ "sort", 's', "[-]COLUMN", "smallest first, with - largest first", set_sort },
	{ "top", 't', "N", "the first N rows only", set_top },
	{ 0 }
};

const struct option_row change_how_options[] = {
	{ "output", 'o', "LIST", "columns, with commas between; +LIST: these besides",
	  set_output },
	{ "output-all", 'O', NULL, "all columns", set_output_all },
	{ "json", 'j', NULL, "print JSON, described in wsdump(8)", set_json },
	{ "raw", 'r', NULL, "print all columns, with a TAB between them", set_raw },
	{ "noheadings", 'n', NULL, "leave out what stands above the rows", set_no_headings },
	{ "ns", 0, NULL, "plain nanoseconds in the table, too", set_ns },
	{ 0 }
};

static bool shown(const struct change_view *view, const struct change_column *column)
{
	for (size_t i = 0; i < view->nr_columns; i++)
		if (view->columns[i] == column)
			return true;
	return false;
}

static int add_columns(struct change_view *view, const char *names, struct fail *why)
{
	bool besides = *names == '+';

	for (names += besides;;) {
		size_t len = strcspn(names, ",");
		const struct change_column *column = change_column_find(view->all, names, len);

		if (!column)
			return fail(why, "unknown column '%.*s'", (int)len, names);
		if (!shown(view, column))
			view->columns[view->nr_columns++] = column;
		else if (!besides)
			return fail(why, "column '%s' is there twice", column->name);
		if (!names[len])
			return 0;
		names += len + 1;
	}
}

int change_options_ready(struct change_options *o, struct fail *why)
{
	bool all = o->output_all || (!o->output && o->print && o->print != changes_print_table);

	if (!o->print)
		o->print = changes_print_table;
	for (const struct change_column *c = o->view.all; c->name; c++)
		if (all || (c->standard && (!o->output || *o->output == '+')))
			o->view.columns[o->view.nr_columns++] = c;
	return o->output ? add_columns(&o->view, o->output, why) : 0;
}

int change_options_print(struct change_options *o, const struct comparison *cmp,
			 const struct change_meta *meta, struct fail *why)
{
	return changes_choose(&o->view, cmp, why) || o->print(&o->view, meta, why) ? -1 : 0;
}
