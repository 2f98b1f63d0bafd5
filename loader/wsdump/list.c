// SPDX-License-Identifier: GPL-2.0-only
/* wsdump, without a verb: one snapshot, printed. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sources.h"
#include "common/newfile.h"
#include "common/out.h"
#include "common/privileges.h"
#include "verbs.h"

enum action {
	ACTION_LIST,
	ACTION_PIN,
	ACTION_UNPIN,
};

static int set_pin(void *to, const char *arg, struct fail *why)
{
	(void)arg;
	(void)why;
	*(enum action *)to = ACTION_PIN;
	return 0;
}

static int set_unpin(void *to, const char *arg, struct fail *why)
{
	(void)arg;
	(void)why;
	*(enum action *)to = ACTION_UNPIN;
	return 0;
}

static const struct option_row pin_options[] = {
	{ "pin", 0, NULL, "keep the loaded program in the kernel, for faster runs",
	  set_pin, 0 },
	{ "unpin", 0, NULL, "undo that; till then the kernel module can't be upgraded",
	  set_unpin, 0 },
	{ 0 }
};

/* Where to print, other than standard output. */
struct target {
	const char *path;
	mode_t mode;
	bool has_mode;
};

static int set_mode(void *to, const char *arg, struct fail *why)
{
	struct target *target = to;
	char *end;

	target->mode = strtoul(arg, &end, 8);
	if (*end || *arg < '0' || *arg > '7' || strlen(arg) > 4 || target->mode > 0777)
		return fail(why, "'%s' are no permissions such as 644", arg);
	target->has_mode = true;
	return 0;
}

static const struct option_row write_options[] = {
	{ "write", 0, "FILE", "print to FILE, which is there when it is complete",
	  option_string, offsetof(struct target, path) },
	{ "mode", 0, "OCTAL", "permissions of that file, 600 by default", set_mode, 0 },
	{ 0 }
};

static void more_help(void)
{
	columns_help(source_columns);
	formats_help(source_formats);
	puts("\nVerbs, with a --help of their own (a NAME that is one of these goes behind a --):");
	for (const struct verb *verb = verbs; verb->name; verb++)
		printf(" %-9s %s\n", verb->name, verb->help);
}

static int pin(unsigned int flags)
{
	if (wakeup_pin(flags))
		return complain(wakeup_error());
	/* a kernel with kfuncs of its own has no module that would offer them */
	fprintf(stderr, "wsdump: pinned%s\n", access("/sys/module/wakeup_kfuncs", F_OK) ? "" :
		"; the kernel module can't be unloaded or upgraded before 'wsdump --unpin'");
	return STATUS_OK;
}

static int unpin(void)
{
	int done = wakeup_unpin();

	if (done < 0)
		return complain(wakeup_error());
	if (!done)
		fputs("wsdump: nothing was pinned\n", stderr);
	return STATUS_OK;
}

/* Standard output is the file from here on. */
static int write_to(struct newfile *file, const struct target *target, struct fail *why)
{
	if (newfile_open(file, target->path, target->has_mode ? target->mode : 0600, why))
		return -1;
	if (dup2(fileno(file->f), STDOUT_FILENO) < 0)
		return fail_errno(why, STEP_FILE, errno, "can't write %s", target->path);
	return 0;
}

static int finish(struct newfile *file, struct fail *why)
{
	int err = out_finish(why);

	if (!file->f)
		return err;
	if (err)
		return fail_errno(why, STEP_FILE, out.error, "can't write %s", file->path);
	return newfile_finish(file, false, why);
}

static int list_sources(const struct listing *list, const struct source_filter *filter,
			const struct target *target, unsigned int flags)
{
	struct newfile file = { 0 };
	struct rows rows = { 0 };
	struct wakeup_reader *reader = wakeup_open(flags);
	const struct wakeup_snapshot *snap;
	struct fail why;
	int err;

	snap = reader ? wakeup_snapshot(reader) : NULL;
	if (!snap) {
		wakeup_close(reader);
		return complain(wakeup_error());
	}
	/* names may be anyone's, so they are looked at with nothing to lose */
	err = (target->path && write_to(&file, target, &why)) || become_nobody(0, &why) ||
	      sources_choose(filter, list, snap, &rows, &why) ||
	      listing_print(list, &rows, &why) || finish(&file, &why);
	rows_free(&rows);
	newfile_drop(&file);
	wakeup_close(reader);
	return err ? complain(why.text) : STATUS_OK;
}

int list_main(int argc, char **argv)
{
	struct listing list = {
		.all = source_columns, .formats = source_formats, .order = source_order,
	};
	struct source_filter filter = { 0 };
	bool verbose = false;
	enum action action = ACTION_LIST;
	struct target target = { 0 };
	const struct option_group groups[] = {
		{ "What to list", filter_options, &filter },
		{ NULL, order_options, &list },
		{ "How to print it", column_options, &list },
		{ NULL, format_options, &list },
		{ NULL, time_options, &list },
		{ NULL, write_options, &target },
		{ "Others", pin_options, &action },
		{ NULL, verbose_options, &verbose },
		{ 0 }
	};
	const struct command cmd = {
		.name = "wsdump",
		.operands = "[NAME...]",
		.about =
			"Print the kernel's wakeup sources: what keeps this machine awake comes first.\n",
		.groups = groups,
		.more = more_help,
		.examples =
			" sudo wsdump --active 'usb*'\n"
			" sudo wsdump --json | jq -r '.wakeup_sources[] | select(.active) | .name'\n",
	};
	unsigned int flags;
	struct fail why;
	int first, status;

	status = command_parse(&cmd, argc, argv, &first);
	if (status >= 0)
		return status;
	filter.globs = argv + first;
	filter.nr_globs = argc - first;
	if (listing_ready(&list, &why))
		return usage_error(&cmd, "%s", why.text);
	if (action != ACTION_LIST && first < argc)
		return usage_error(&cmd, "unexpected argument '%s'", argv[first]);
	if (target.has_mode && !target.path)
		return usage_error(&cmd, "--mode is for the file of --write");
	flags = verbose ? WAKEUP_VERBOSE : 0;
	if (action == ACTION_PIN)
		return pin(flags);
	if (action == ACTION_UNPIN)
		return unpin();
	return list_sources(&list, &filter, &target, flags);
}
