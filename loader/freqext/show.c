// SPDX-License-Identifier: GPL-2.0-only
#include "show.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/out.h"
#include "freqext/formats.h"

static int print(const struct shown *what, const struct listing *list)
{
	const char *none = NULL;
	struct rows rows = { 0 };
	void *v = NULL;
	struct fail why;
	size_t nr = 0;
	int err;

	err = what->read(&v, &nr, &none, &why) || rows_room(&rows, nr);
	if (!err) {
		for (size_t i = 0; i < nr; i++)
			rows.v[rows.nr++] = (char *)v + i * what->size;
		rows.whole = what->key;
		listing_sort(list, &rows);
		err = listing_print(list, &rows, &why) || out_finish(&why);
	}
	if (!err && !nr && none)
		fprintf(stderr, "%s: %s\n", program_name, none);
	rows_free(&rows);
	free(v);
	return err ? complain(why.text) : STATUS_OK;
}

static const struct option_row watch_options[] = {
	{ "watch", 'w', "SECONDS", "again and again, so many seconds apart", option_number, 0 },
	{ 0 }
};

static const struct listing *current_list;
static void (*current_more)(void);

static void help(void)
{
	listing_help(current_list);
	if (current_more)
		current_more();
}

int show_main(const struct shown *what, void (*more)(void), int argc, char **argv)
{
	struct listing list = {
		.all = what->columns, .formats = freqext_formats, .order = what->order,
	};
	uint64_t seconds = 0;
	const struct option_group groups[] = {
		{ "What to print", order_options, &list },
		{ NULL, watch_options, &seconds },
		{ "How to print it", column_options, &list },
		{ NULL, format_options, &list },
		{ 0 }
	};
	const struct command cmd = {
		.name = what->name,
		.operands = "",
		.about = what->about,
		.groups = groups,
		.more = help,
		.examples = what->examples,
	};
	struct fail why;
	int first, status;

	current_list = &list;
	current_more = more;
	status = command_parse(&cmd, argc, argv, &first);
	if (status >= 0)
		return status;
	if (first < argc)
		return usage_error(&cmd, "unexpected argument '%s'", argv[first]);
	if (listing_ready(&list, &why))
		return usage_error(&cmd, "%s", why.text);
	do {
		status = print(what, &list);
	} while (seconds && status == STATUS_OK && !sleep(seconds));
	return status;
}
