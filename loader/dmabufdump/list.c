// SPDX-License-Identifier: GPL-2.0-only
/* dmabufdump, without a verb: one snapshot, printed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/out.h"
#include "common/pinning.h"
#include "common/privileges.h"
#include "common/target.h"
#include "verbs.h"
#include "views.h"

struct choice {
	const struct view *view;
	bool held;
	const char *text;
};

/* What --help is about, by what stands before it. */
static const struct view *helped;

static int set_processes(void *to, const char *arg, struct fail *why)
{
	struct choice *choice = to;

	(void)arg;
	(void)why;
	choice->view = helped = &processes_view;
	return 0;
}

static int set_exporters(void *to, const char *arg, struct fail *why)
{
	struct choice *choice = to;

	(void)arg;
	(void)why;
	choice->view = helped = &exporters_view;
	return 0;
}

static const struct option_row choice_options[] = {
	{ "processes", 'p', NULL, "processes that hold buffers, instead of buffers",
	  set_processes, 0 },
	{ "exporters", 'e', NULL, "drivers that made them, likewise", set_exporters, 0 },
	{ "held", 0, NULL, "what processes hold; needs no kfuncs and no module",
	  option_flag, offsetof(struct choice, held) },
	{ 0 }
};

static const struct option_row text_options[] = {
	{ "pin-text", 0, "FILE", "pin a file in bpffs that reads as --format android",
	  option_string, offsetof(struct choice, text) },
	{ 0 }
};

static void more_help(void)
{
	columns_help(helped->columns);
	if (helped == &buffers_view)
		puts("With --processes or --exporters before --help: theirs.");
	formats_help(view_formats);
	verbs_help(verbs, "a PID");
}

static int pin(enum pinning pinning, bool verbose)
{
	struct programs p = PROGRAMS_NONE;
	struct fail why;
	size_t nr;
	int done;

	if (pinning == PINNING_UNPIN) {
		done = programs_unpin(&why);
	} else {
		/* a walk makes the buffer as large as the list needs it */
		done = programs_open(&p, PROGRAMS_LOAD | (verbose ? PROGRAMS_VERBOSE : 0), &why);
		done = done || programs_walk(&p, &nr, &why) || programs_pin(&p, &why) ? -1 : 1;
		programs_close(&p);
	}
	return done < 0 ? complain(why.text) : pinning_done(pinning, done, "dmabuf_kfuncs");
}

static int pin_text(const char *path, bool verbose)
{
	struct programs p = PROGRAMS_NONE;
	struct fail why;
	size_t nr;
	int err;

	/* the walk loads the module if need be */
	err = programs_open(&p, 0, &why) || programs_walk(&p, &nr, &why) ||
	      programs_pin_text(path, nr, verbose, &why);
	programs_close(&p);
	return err ? complain(why.text) : STATUS_OK;
}

/*
 * Where the kernel's list can't be had, what processes hold is better than nothing, and not
 * what was asked for: the reason is said and the status is that of a failure.
 */
static int list_buffers(const struct listing *list, const struct filter *filter,
			const struct choice *choice, struct target *target, bool verbose)
{
	unsigned int flags = (verbose ? PROGRAMS_VERBOSE : 0) | (choice->held ? PROGRAMS_HELD : 0);
	struct programs p = PROGRAMS_NONE;
	struct snapshot snap = { 0 };
	const struct whole whole = { .snap = &snap, .view = choice->view };
	struct rows rows = { 0 };
	struct fail why, missing;
	char title[TITLE_LEN];
	int without, err;

	without = programs_open(&p, flags, &missing);
	if (without < 0 || (without && filter->kernel_only)) {
		programs_close(&p);
		return complain(missing.text);
	}
	/* names may be anyone's, so they are looked at with nothing to lose */
	err = target_open(target, &why) || become_nobody(STILL_LOAD, &why) ||
	      snapshot_take(&p, without || choice->held, &snap, &why) || become_nobody(0, &why) ||
	      (choice->view == &processes_view && snapshot_share(&snap) &&
	       fail(&why, "out of memory")) ||
	      view_choose(filter, list, &whole, &rows, title, &why) ||
	      listing_print(list, &rows, &why) || target_finish(target, &why);
	rows_free(&rows);
	snapshot_free(&snap);
	target_drop(target);
	programs_close(&p);
	if (err)
		return complain(why.text);
	if (without) {
		fail(&why, "only buffers that processes hold: %s", missing.text);
		return complain(why.text);
	}
	return STATUS_OK;
}

int list_main(int argc, char **argv)
{
	struct choice choice = { .view = &buffers_view };
	struct listing list = { .formats = view_formats };
	struct filter filter = { 0 };
	struct target target = { 0 };
	enum pinning pinning = PINNING_NONE;
	bool verbose = false;
	const struct option_group groups[] = {
		{ "What to list", choice_options, &choice },
		{ NULL, filter_options, &filter },
		{ NULL, order_options, &list },
		{ "How to print it", column_options, &list },
		{ NULL, format_options, &list },
		{ NULL, size_options, &list },
		{ NULL, target_options, &target },
		{ "Others", pin_options, &pinning },
		{ NULL, text_options, &choice },
		{ NULL, verbose_options, &verbose },
		{ 0 }
	};
	const struct command cmd = {
		.name = "dmabufdump",
		.operands = "[PID...]",
		.about =
			"Print the kernel's dma-bufs, or those of some processes, and who holds them.\n",
		.groups = groups,
		.more = more_help,
		.examples =
			" sudo dmabufdump --processes\n"
			" sudo dmabufdump --kernel-only --min 1M\n",
	};
	struct fail why;
	int first, status;

	helped = choice.view;
	status = command_parse(&cmd, argc, argv, &first);
	if (status >= 0)
		return status;
	list.all = choice.view->columns;
	list.order = choice.view->order;
	if (listing_ready(&list, &why) || target_check(&target, &why))
		return usage_error(&cmd, "%s", why.text);
	if ((pinning || choice.text) && first < argc)
		return usage_error(&cmd, "unexpected argument '%s'", argv[first]);
	if (choice.view != &buffers_view && list.format->fixed)
		return usage_error(&cmd, "format '%s' is for a list of buffers", list.format->name);
	if (choice.view == &exporters_view && (filter.min_bytes || first < argc))
		return usage_error(&cmd, "--exporters sums up all buffers: it goes without --min and PID");
	if (filter.kernel_only && (choice.held || choice.view != &buffers_view || first < argc))
		return usage_error(&cmd, "--kernel-only is for a list of buffers that no process holds");
	if (pinning)
		return pin(pinning, verbose);
	if (choice.text)
		return pin_text(choice.text, verbose);
	if (filter_pids(&filter, argv + first, argc - first, &why))
		status = usage_error(&cmd, "%s", why.text);
	else
		status = list_buffers(&list, &filter, &choice, &target, verbose);
	free(filter.pids);
	return status;
}
