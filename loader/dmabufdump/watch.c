// SPDX-License-Identifier: GPL-2.0-only
/* dmabufdump watch: look again and again, and print what came and went in blocks of lines. */
#include "changes.h"
#include "common/clock.h"
#include "common/interval.h"
#include "common/out.h"
#include "common/privileges.h"
#include "common/table.h"
#include "verbs.h"

struct watch {
	struct listing list;
	uint64_t interval_ns;
	uint64_t count;		/* of blocks, 0 for no end */
};

static int look(struct programs *p, struct snapshot *snap, struct fail *why)
{
	snapshot_free(snap);
	return snapshot_take(p, false, snap, why);
}

/* Block by block, each of an interval. */
static int watch(const struct watch *w, struct programs *p, struct fail *why)
{
	uint64_t next = clock_ns(CLOCK_MONOTONIC), now;
	struct snapshot snaps[2] = { 0 };
	int err = look(p, &snaps[0], why);

	for (uint64_t n = 0; !err && !out.error && (!w->count || n < w->count); n++) {
		next += w->interval_ns;
		/* those that were missed, in suspend for example, are not made up for */
		now = clock_ns(CLOCK_MONOTONIC);
		if (next < now)
			next = now;
		interval_wait(next);
		if (n && w->list.format->print == table_print)
			out_char('\n');
		err = look(p, &snaps[~n & 1], why) ||
		      changes_print(&w->list, &snaps[n & 1], &snaps[~n & 1], why);
		out_flush();
	}
	snapshot_free(&snaps[0]);
	snapshot_free(&snaps[1]);
	return err ? -1 : out_finish(why);
}

static const struct option_row watch_options[] = {
	{ "count", 'c', "N", "end after N intervals",
	  option_number, offsetof(struct watch, count) },
	{ 0 }
};

int watch_main(int argc, char **argv)
{
	struct watch w = { .list = CHANGES_LISTING, .interval_ns = INTERVAL_NS };
	bool verbose = false;
	const struct option_group groups[] = {
		{ "What to print", watch_options, &w },
		{ NULL, order_options, &w.list },
		{ "How to print it", column_options, &w.list },
		{ NULL, format_options, &w.list },
		{ NULL, size_options, &w.list },
		{ NULL, verbose_options, &verbose },
		{ 0 }
	};
	const struct command cmd = {
		.name = "dmabufdump watch",
		.operands = "[SEC]",
		.about =
			"Look at the dma-bufs every SEC seconds, 2 by default, and print a block of lines each\n"
			"time: which came and which went since the last look.\n",
		.groups = groups,
		.more = changes_help,
		.examples = " sudo dmabufdump watch 60 --count 60 >hour.txt\n",
	};
	struct programs p = PROGRAMS_NONE;
	int first, status, err;
	struct fail why;

	status = command_parse(&cmd, argc, argv, &first);
	if (status >= 0)
		return status;
	if (argc - first > 1)
		return usage_error(&cmd, "unexpected argument '%s'", argv[first + 1]);
	if (argc - first == 1 && interval_parse(argv[first], &w.interval_ns, &why))
		return usage_error(&cmd, "%s", why.text);
	if (listing_ready(&w.list, &why))
		return usage_error(&cmd, "%s", why.text);

	err = programs_open(&p, verbose ? PROGRAMS_VERBOSE : 0, &why) ||
	      become_nobody(STILL_LOAD, &why) || watch(&w, &p, &why);
	programs_close(&p);
	return err ? complain(why.text) : STATUS_OK;
}
