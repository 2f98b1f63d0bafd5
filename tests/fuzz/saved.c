// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes for what reads saved snapshots, what it makes of them for the comparison, and
 * that for the printers. One input is one file, or two with a byte 0xff between them,
 * which is in no JSON.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "changes.h"
#include "common/options.h"
#include "common/out.h"
#include "saved.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

const char program_name[] = "fuzz";

void program_version(void)
{
}

static void demand(int holds)
{
	if (!holds)
		abort();
}

static void check_saved(const struct saved *saved)
{
	for (size_t i = 0; i < saved->states.nr; i++) {
		const struct state *src = &saved->states.v[i];

		demand(strlen(src->name) == src->name_len);
		demand(src->device ? strlen(src->device) == src->device_len : !src->device_len);
		demand(src->id <= INT32_MAX);
	}
}

/* Where out_flush() writes to. */
static void discard_output(void)
{
	static int fd = -1;

	if (fd < 0)
		fd = open("/dev/null", O_WRONLY);
	demand(fd >= 0 && dup2(fd, STDOUT_FILENO) == STDOUT_FILENO);
}

static void choose(const struct listing *list, const struct comparison *cmp, struct rows *rows)
{
	struct change_filter filter = { .idle = true };
	struct fail why;

	demand(!changes_choose(&filter, list, cmp, rows, &why) && rows->nr == cmp->nr);
}

static void print(const struct saved *old, const struct saved *new, const struct comparison *cmp)
{
	const struct change_report report = {
		.old = &old->states, .new = &new->states, .cmp = cmp,
	};
	struct listing list = {
		.all = diff_columns, .formats = change_formats, .order = change_order,
		.output_all = true,
	};
	struct rows rows = { .title = "all of it", .whole = &report };
	struct fail why;

	demand(!listing_ready(&list, &why));
	discard_output();
	choose(&list, cmp, &rows);
	for (list.format = change_formats; list.format->name; list.format++)
		demand(!listing_print(&list, &rows, &why));
	/* sorted by each column, which the largest ones have first */
	list.format = change_formats;
	list.descending = list.ns = true;
	for (list.sort = diff_columns; list.sort->name; list.sort++)
		choose(&list, cmp, &rows);
	demand(!listing_print(&list, &rows, &why));
	/* and with nothing in it */
	list.no_headings = true;
	rows.nr = 0;
	demand(!listing_print(&list, &rows, &why));
	out_flush();
	rows_free(&rows);
}

static void check_comparison(const struct saved *old, const struct saved *new, bool rebooted)
{
	struct comparison cmp = { 0 };
	size_t sum = 0;

	demand(!compare(&old->states, &new->states, rebooted, &cmp));
	for (size_t i = 0; i < NR_KINDS; i++)
		sum += cmp.kinds[i];
	demand(sum == cmp.nr);
	demand(cmp.nr - cmp.kinds[CHANGE_GONE] == new->states.nr);
	demand(!rebooted || !cmp.kinds[CHANGE_RESET]);
	for (size_t i = 0; i < cmp.nr; i++) {
		const struct change *c = &cmp.v[i];

		demand(c->share <= 10000);
		for (size_t n = 0; n < NR_SUMS; n++)
			demand(c->n[n] <= INT64_MAX);
		demand(c->kind == CHANGE_GONE || c->now == &new->states.v[i]);
		demand(old != new || c->kind == CHANGE_KEPT);
	}
	print(old, new, &cmp);
	compare_free(&cmp);
}

static int parse(const uint8_t *data, size_t size, struct saved *saved)
{
	struct fail why = { .text = "" };
	int err = saved_parse((const char *)data, size, "input", saved, &why);

	demand(!err || strncmp(why.text, "input: ", 7) == 0);
	demand(!strchr(why.text, '\n'));
	if (!err)
		check_saved(saved);
	return err;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *cut = size ? memchr(data, 0xff, size) : NULL;
	struct saved old, new;

	if (parse(data, cut ? (size_t)(cut - data) : size, &old))
		return 0;
	check_comparison(&old, &old, false);
	check_comparison(&old, &old, true);
	if (cut && !parse(cut + 1, data + size - cut - 1, &new)) {
		check_comparison(&old, &new, false);
		check_comparison(&old, &new, true);
		saved_free(&new);
	}
	saved_free(&old);
	return 0;
}
