// SPDX-License-Identifier: GPL-2.0-only
#include "views.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/bytes.h"
#include "common/csv.h"
#include "common/pairs.h"
#include "common/raw.h"
#include "common/table.h"
#include "formats.h"

const struct format view_formats[] = {
	{ "table", table_print, .sorted = true },
	{ "raw", raw_print, .all = true },
	{ "json", dmabuf_json_print, .all = true },
	{ "pairs", pairs_print, .all = true },
	{ "csv", csv_print, .all = true },
	{ "bufinfo", bufinfo_print, .fixed = true },
	{ "android", android_print, .fixed = true },
	{ "prometheus", prometheus_print, .fixed = true },
	{ 0 }
};

/* --- filters ------------------------------------------------------------------ */

static int set_min(void *to, const char *arg, struct fail *why)
{
	if (bytes_parse(arg, to))
		return fail(why, "'%s' is no size such as 4096, 64K or 1.5M", arg);
	return 0;
}

const struct option_row filter_options[] = {
	{ "kernel-only", 'k', NULL, "buffers that no process holds",
	  option_flag, offsetof(struct filter, kernel_only) },
	{ "min", 'm', "SIZE", "buffers of that size and more: 4096, 64K, 1.5M",
	  set_min, offsetof(struct filter, min_bytes) },
	{ 0 }
};

int filter_pids(struct filter *filter, char **argv, int argc, struct fail *why)
{
	filter->nr_pids = 0;
	filter->pids = malloc((argc + 1) * sizeof(*filter->pids));
	if (!filter->pids)
		return fail(why, "out of memory");
	for (int i = 0; i < argc; i++) {
		unsigned long pid;
		char *end;

		errno = 0;
		pid = strtoul(argv[i], &end, 10);
		if (errno || *end || *argv[i] < '0' || *argv[i] > '9' || !pid || pid > INT32_MAX)
			return fail(why, "'%s' is no process number, and no verb", argv[i]);
		filter->pids[filter->nr_pids++] = pid;
	}
	return 0;
}

bool filter_has_pid(const struct filter *filter, uint32_t pid)
{
	for (size_t i = 0; i < filter->nr_pids; i++)
		if (filter->pids[i] == pid)
			return true;
	return !filter->nr_pids;
}

bool filter_passes(const struct filter *filter, const struct snapshot *snap,
		   const struct buffer *buf)
{
	if (buf->record.size < filter->min_bytes || (filter->kernel_only && buf->procs))
		return false;
	if (!filter->nr_pids)
		return true;
	for (uint32_t h = buf->first; h < buf->first + buf->procs; h++)
		if (filter_has_pid(filter, snap->processes[snap->holdings[h].process].pid))
			return true;
	return false;
}

/* A process without buffers is a mistake, not an empty result. */
static int check_pids(const struct filter *filter, const struct snapshot *snap, struct fail *why)
{
	for (size_t i = 0; i < filter->nr_pids; i++) {
		size_t p = 0;

		while (p < snap->nr_processes && snap->processes[p].pid != filter->pids[i])
			p++;
		if (p == snap->nr_processes)
			return fail(why, "process %u holds no dma-buf", filter->pids[i]);
	}
	return 0;
}

/* --- rows --------------------------------------------------------------------- */

static void summarize(const struct snapshot *snap, char title[TITLE_LEN])
{
	char all[BYTES_LEN], kernel[BYTES_LEN];
	size_t used;

	bytes_format(all, snap->bytes);
	bytes_format(kernel, snap->kernel_bytes);
	used = snprintf(title, TITLE_LEN, "%zu dma-bufs, %s", snap->nr_buffers, all);
	if (!snap->held_only)
		used += snprintf(title + used, TITLE_LEN - used,
				 "; held by no process: %llu, %s",
				 (unsigned long long)snap->kernel_buffers, kernel);
	for (size_t i = 0; i < snap->nr_exporters && used < TITLE_LEN - 80; i++) {
		/* names of drivers; who has put anything else there sees it in the table */
		if (snap->exporters[i].name[strspn(snap->exporters[i].name,
		    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")])
			continue;
		bytes_format(all, snap->exporters[i].bytes);
		used += snprintf(title + used, TITLE_LEN - used, "; %s: %llu, %s",
				 snap->exporters[i].name,
				 (unsigned long long)snap->exporters[i].buffers, all);
	}
}

int view_choose(const struct filter *filter, const struct listing *list,
		const struct whole *whole, struct rows *rows, char title[TITLE_LEN],
		struct fail *why)
{
	size_t nr = whole->view->nr(whole->snap);

	if (check_pids(filter, whole->snap, why))
		return -1;
	if (rows_room(rows, nr))
		return fail(why, "no memory for %zu rows", nr);
	rows->whole = whole;
	rows->title = title;
	summarize(whole->snap, title);
	whole->view->fill(whole->snap, filter, rows);
	if (list->sort || list->format->sorted || list->top)
		listing_sort(list, rows);
	return 0;
}
