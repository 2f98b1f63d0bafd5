// SPDX-License-Identifier: GPL-2.0-only
/* wsdump diff: what happened between two files of `wsdump --json`, or since one. */
#include "diff.h"

#include <stdio.h>
#include <string.h>

#include "common/boot_id.h"
#include "common/duration.h"
#include "common/out.h"
#include "common/privileges.h"
#include "common/saved_file.h"
#include "saved.h"
#include "verbs.h"

void diff_help(void)
{
	columns_help(diff_columns);
	formats_help(change_formats);
}

static void summarize(char *line, size_t size, const struct comparison *cmp,
		      const struct states *new, uint64_t asleep_ns)
{
	char interval[DURATION_LEN], asleep[DURATION_LEN];
	size_t changed = 0, used;

	for (size_t i = 0; i < cmp->nr; i++)
		changed += cmp->v[i].changed;
	duration_format(interval, cmp->interval_ns);
	duration_format(asleep, asleep_ns);
	used = snprintf(line, size, "%s%s awake%s%s%s: %zu of %zu sources with changes",
			cmp->rebooted ? "rebooted in between, so all is since the boot: " : "",
			interval, asleep_ns ? ", " : "", asleep_ns ? asleep : "",
			asleep_ns ? " asleep" : "", changed, new->nr + cmp->kinds[CHANGE_GONE]);
	for (enum change_kind k = CHANGE_CAME; k < NR_KINDS && used < size; k++)
		if (cmp->kinds[k])
			used += snprintf(line + used, size - used, ", %zu %s", cmp->kinds[k],
					 change_kinds[k]);
}

int diff_print(const struct diff_options *o, const struct states *old, const struct states *new,
	       bool rebooted, uint64_t asleep_ns, struct fail *why)
{
	struct comparison cmp = { 0 };
	const struct change_report report = { .old = old, .new = new, .cmp = &cmp };
	char summary[256];
	struct rows rows = { .title = summary, .whole = &report };
	int ret = -1;

	if (compare(old, new, rebooted, &cmp)) {
		fail(why, "no memory for %zu wakeup sources", old->nr + new->nr);
	} else {
		summarize(summary, sizeof(summary), &cmp, new, asleep_ns);
		if (!changes_choose(&o->filter, &o->list, &cmp, &rows, why))
			ret = listing_print(&o->list, &rows, why);
	}
	rows_free(&rows);
	compare_free(&cmp);
	return ret;
}

int states_now(struct wakeup_reader *reader, struct states *states, struct fail *why)
{
	const struct wakeup_snapshot *snap = wakeup_snapshot_take(reader);

	if (!snap)
		return fail(why, "%s", wakeup_error());
	return states_copy(states, snap, why);
}

static int saved_now(struct wakeup_reader *reader, struct saved *now, struct fail *why)
{
	boot_id_read(now->boot_id, sizeof(now->boot_id));
	return states_now(reader, &now->states, why);
}

static int diff(const struct diff_options *o, const struct saved *old, const struct saved *new,
		struct fail *why)
{
	bool rebooted = strcmp(old->boot_id, new->boot_id) != 0;

	/* over a reboot there is the wall clock only, which may have been wrong before */
	if (!rebooted && old->states.monotonic_ns > new->states.monotonic_ns)
		return fail(why, "OLD is newer than NEW: swap them");
	return diff_print(o, &old->states, &new->states, rebooted, 0, why);
}

static int parse(const struct saved_file *file, struct saved *saved, struct fail *why)
{
	return saved_parse(file->text, file->len, file->name, saved, why);
}

int diff_main(int argc, char **argv)
{
	struct diff_options o = DIFF_OPTIONS;
	bool verbose = false;
	const struct option_group groups[] = {
		{ "What to print", change_options, &o.filter },
		{ NULL, order_options, &o.list },
		{ "How to print it", column_options, &o.list },
		{ NULL, format_options, &o.list },
		{ NULL, time_options, &o.list },
		{ NULL, verbose_options, &verbose },
		{ 0 }
	};
	const struct command cmd = {
		.name = "wsdump diff",
		.operands = "OLD [NEW]",
		.about =
			"Print what wakeup sources did between two files that 'wsdump --json' has written,\n"
			"- for standard input; or since OLD, if there is no NEW. Sources that were active\n"
			"for longest come first.\n",
		.groups = groups,
		.more = diff_help,
		.examples =
			" sudo wsdump --json >before\n"
			" sudo wsdump diff before\n"
			" wsdump diff --json before after | jq '.changes[0].name'\n",
	};
	struct saved_file files[2] = { 0 };
	struct saved old = { 0 }, new = { 0 };
	struct wakeup_reader *reader = NULL;
	struct fail why;
	int first, status, err;

	status = command_parse(&cmd, argc, argv, &first);
	if (status >= 0)
		return status;
	if (first == argc)
		return usage_error(&cmd, "OLD is missing, a file written by 'wsdump --json'");
	if (argc - first > 2)
		return usage_error(&cmd, "unexpected argument '%s'", argv[first + 2]);
	if (argc - first == 2 && !strcmp(argv[first], "-") && !strcmp(argv[first + 1], "-"))
		return usage_error(&cmd, "standard input can't be both OLD and NEW");
	if (listing_ready(&o.list, &why))
		return usage_error(&cmd, "%s", why.text);

	if (argc - first == 1) {
		reader = wakeup_open(verbose ? WAKEUP_VERBOSE : 0);
		if (!reader)
			return complain(wakeup_error());
	}
	/* files may be anyone's, so what they say is looked at with nothing to lose */
	err = saved_open(&files[0], argv[first], &why) ||
	      (!reader && saved_open(&files[1], argv[first + 1], &why)) ||
	      become_nobody(reader ? STILL_LOAD : 0, &why) || saved_read(&files[0], &why) ||
	      (reader ? saved_now(reader, &new, &why) : saved_read(&files[1], &why)) ||
	      become_nobody(0, &why) || parse(&files[0], &old, &why) ||
	      (!reader && parse(&files[1], &new, &why)) ||
	      diff(&o, &old, &new, &why) || out_finish(&why);
	wakeup_close(reader);
	saved_close(&files[0]);
	saved_close(&files[1]);
	saved_free(&old);
	saved_free(&new);
	return err ? complain(why.text) : STATUS_OK;
}
