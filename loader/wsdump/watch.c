// SPDX-License-Identifier: GPL-2.0-only
/* wsdump watch: look again and again, on a screen or in blocks of lines. */
#include <signal.h>
#include <unistd.h>

#include "about.h"
#include "common/clock.h"
#include "common/interval.h"
#include "common/out.h"
#include "common/privileges.h"
#include "common/table.h"
#include "verbs.h"
#include "watch_screen.h"

static int print_block(struct watch *w, struct fail *why)
{
	const struct change_report report = {
		.old = &w->states[!w->newest], .new = &w->states[w->newest], .cmp = &w->cmp,
	};
	char summary[WATCH_SUMMARY_LEN];
	struct rows rows = { .title = summary, .whole = &report };
	int err;

	watch_summary(w, summary);
	err = changes_choose(&w->filter, &w->list, &w->cmp, &rows, why) ||
	      listing_print(&w->list, &rows, why);
	rows_free(&rows);
	out_flush();
	return err ? -1 : 0;
}

/* Block by block, each of an interval. */
static int watch_blocks(struct watch *w, struct fail *why)
{
	uint64_t next = clock_ns(CLOCK_MONOTONIC), now;
	int err = watch_look(w, why);

	for (uint64_t n = 0; !err && !out.error && (!w->count || n < w->count); n++) {
		next += w->interval_ns;
		/* those that were missed, in suspend for example, are not made up for */
		now = clock_ns(CLOCK_MONOTONIC);
		if (next < now)
			next = now;
		interval_wait(next);
		if (n && w->list.format->print == table_print)
			out_char('\n');
		err = watch_look(w, why) || print_block(w, why);
	}
	return err ? -1 : out_finish(why);
}

static const struct option_row watch_options[] = {
	{ "count", 'c', "N", "end after N intervals",
	  option_number, offsetof(struct watch, count) },
	{ 0 }
};

static void watch_help(void)
{
	columns_help(watch_columns);
	formats_help(change_formats);
}

int watch_main(int argc, char **argv)
{
	struct watch w = {
		.list = { .all = watch_columns, .formats = change_formats, .order = change_order },
		.interval_ns = INTERVAL_NS,
	};
	bool verbose = false;
	const struct option_group groups[] = {
		{ "What to show", state_options, &w.filter.source },
		{ NULL, name_options, &w.filter.source },
		{ NULL, change_options, &w.filter },
		{ NULL, order_options, &w.list },
		{ NULL, watch_options, &w },
		{ "How to show it", column_options, &w.list },
		{ NULL, format_options, &w.list },
		{ NULL, time_options, &w.list },
		{ NULL, verbose_options, &verbose },
		{ 0 }
	};
	const struct command cmd = {
		.name = "wsdump watch",
		.operands = "[SEC]",
		.about =
			"Look at the wakeup sources every SEC seconds, 2 by default, and show what they\n"
			"did since the last look; h on the screen explains its keys. If standard output\n"
			"is no terminal, print a block of lines for each interval, without idle sources.\n",
		.groups = groups,
		.more = watch_help,
		.examples =
			" sudo wsdump watch 0.5 --sort -EVENTS/s\n"
			" sudo wsdump watch 60 --count 60 --top 5 >hour.txt\n",
	};
	bool screen = isatty(STDOUT_FILENO);
	int first, status, ret;
	struct fail why;

	status = command_parse(&cmd, argc, argv, &first);
	if (status >= 0)
		return status;
	if (argc - first > 1)
		return usage_error(&cmd, "unexpected argument '%s'", argv[first + 1]);
	if (argc - first == 1 && interval_parse(argv[first], &w.interval_ns, &why))
		return usage_error(&cmd, "%s", why.text);
	/* what is for programs, or was said to be without a screen's headings, is no screen */
	screen = screen && !w.list.format && !w.list.no_headings;
	w.filter.idle |= screen;
	if (listing_ready(&w.list, &why))
		return usage_error(&cmd, "%s", why.text);

	w.reader = wakeup_open(verbose ? WAKEUP_VERBOSE : 0);
	if (!w.reader)
		return complain(wakeup_error());
	suspend_log_open(&w.log, false);	/* this takes capabilities that are given up then */
	if ((screen ? about_processes(&why) :
		      about_prepare(w.list.columns, w.list.nr_columns, &why)) ||
	    become_nobody(STILL_LOAD, &why))
		ret = -1;
	else
		ret = screen ? watch_screen(&w, &why) : watch_blocks(&w, &why);
	watch_free(&w);
	if (ret > 0) {
		/* end by the signal, for the shell to know */
		signal(ret, SIG_DFL);
		raise(ret);
	}
	return ret < 0 ? complain(why.text) : STATUS_OK;
}
