// SPDX-License-Identifier: GPL-2.0-only
/* wsdump diff: what happened between two files of `wsdump --json`, or since one. */
#include "diff.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "common/boot_id.h"
#include "common/duration.h"
#include "common/out.h"
#include "common/privileges.h"
#include "common/saved_file.h"
#include "saved.h"
#include "states_sysfs.h"
#include "verbs.h"

void diff_help(void)
{
	columns_help(diff_columns);
	formats_help(change_formats);
}

static void summarize(char *line, size_t size, const struct comparison *cmp,
		      const struct states *old, const struct states *new, uint64_t slept_ns)
{
	char interval[DURATION_LEN], asleep[DURATION_LEN];
	size_t changed = 0, used;

	for (size_t i = 0; i < cmp->nr; i++)
		changed += cmp->v[i].changed;
	duration_format(interval, cmp->interval_ns);
	duration_format(asleep, slept_ns);
	if (cmp->untimed)
		snprintf(interval, sizeof(interval), "unknown time");
	used = snprintf(line, size, "%s%s awake%s%s%s: %zu of %zu sources with changes",
			cmp->rebooted ? "rebooted in between, so all is since the boot: " : "",
			interval, slept_ns ? ", " : "", slept_ns ? asleep : "",
			slept_ns ? " asleep" : "", changed, new->nr + cmp->kinds[CHANGE_GONE]);
	for (enum change_kind k = CHANGE_CAME; k < NR_KINDS && used < size; k++)
		if (cmp->kinds[k])
			used += snprintf(line + used, size - used, ", %zu %s", cmp->kinds[k],
					 change_kinds[k]);
	if (old->left_out && used < size)
		used += snprintf(line + used, size - used, "; OLD lacks %zu that were not asked for",
				 old->left_out);
	if (new->left_out && used < size)
		snprintf(line + used, size - used, "; NEW lacks %zu that were not asked for",
			 new->left_out);
}

int diff_print(struct diff_options *o, const struct states *old, const struct states *new,
	       bool rebooted, const struct why *w, struct fail *why)
{
	uint64_t slept_ns = w ? why_asleep_ns(w) : 0;
	struct comparison cmp = { 0 };
	const struct change_report report = { .old = old, .new = new, .cmp = &cmp, .w = w };
	char summary[256];
	struct rows rows = { .title = summary, .whole = &report };
	int ret = -1;

	if (compare(old, new, rebooted, &cmp)) {
		fail(why, "no memory for %zu wakeup sources", old->nr + new->nr);
	} else {
		summarize(summary, sizeof(summary), &cmp, old, new, slept_ns);
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

static int diff(struct diff_options *o, const struct saved *old, const struct saved *new,
		struct fail *why)
{
	/* tables don't say of which boot they are */
	bool rebooted = *old->boot_id && *new->boot_id && strcmp(old->boot_id, new->boot_id);

	/* over a reboot there is the wall clock only, which may have been wrong before */
	if (!rebooted && !old->states.untimed && !new->states.untimed &&
	    old->states.monotonic_ns > new->states.monotonic_ns)
		return fail(why, "OLD is newer than NEW: swap them");
	return diff_print(o, &old->states, &new->states, rebooted, NULL, why);
}

/* What is compared: a file, or a folder with a copy of /sys/class/wakeup. */
struct input {
	struct saved_file file;
	bool is_folder;
	struct saved folder;
};

/* A folder is read as it is opened: it has many small files, and its user's rights may matter. */
static int open_input(struct input *in, const char *path, struct fail *why)
{
	struct stat st;

	in->is_folder = strcmp(path, "-") && !stat(path, &st) && S_ISDIR(st.st_mode);
	if (!in->is_folder)
		return saved_open(&in->file, path, why);
	if (states_from_sysfs(&in->folder.states, path, why))
		return -1;
	/* the nodes are links there, and cp -r makes links to nothing of them */
	return in->folder.states.nr ? 0 :
	       fail(why, "%s: this directory has no wakeup sources: copy them with 'cp -r /sys/class/wakeup/*/ %s'",
		    path, path);
}

static int read_input(struct input *in, struct fail *why)
{
	return in->is_folder ? 0 : saved_read(&in->file, why);
}

static int parse(struct input *in, struct saved *saved, struct fail *why)
{
	if (!in->is_folder)
		return saved_parse(in->file.text, in->file.len, in->file.name, saved, why);
	*saved = in->folder;
	in->folder = (struct saved) { 0 };
	return 0;
}

static void close_input(struct input *in)
{
	if (!in->is_folder)
		saved_close(&in->file);
	saved_free(&in->folder);
}

int diff_main(int argc, char **argv)
{
	struct diff_options o = DIFF_OPTIONS;
	bool verbose = false;
	const struct option_group groups[] = {
		{ "What to print", state_options, &o.filter.source },
		{ NULL, name_options, &o.filter.source },
		{ NULL, change_options, &o.filter },
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
			"Print what wakeup sources did between two files, - for standard input; or since\n"
			"OLD, if there is no NEW. A file is of --json, --raw or --csv, or a copy of\n"
			"debugfs's wakeup_sources, or a folder with one of /sys/class/wakeup.\n",
		.groups = groups,
		.more = diff_help,
		.examples =
			" sudo wsdump --json >before\n"
			" sudo wsdump diff before\n"
			" wsdump diff --json before after | jq '.changes[0].name'\n",
	};
	struct input in[2] = { 0 };
	struct saved old = { 0 }, new = { 0 };
	struct wakeup_reader *reader = NULL;
	struct fail why;
	int first, status, err;

	status = command_parse(&cmd, argc, argv, &first);
	if (status >= 0)
		return status;
	if (first == argc)
		return usage_error(&cmd, "OLD is missing, a file such as 'wsdump --json' writes");
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
	err = open_input(&in[0], argv[first], &why) ||
	      (!reader && open_input(&in[1], argv[first + 1], &why)) ||
	      become_nobody(reader ? STILL_LOAD : 0, &why) || read_input(&in[0], &why) ||
	      (reader ? saved_now(reader, &new, &why) : read_input(&in[1], &why)) ||
	      become_nobody(0, &why) || parse(&in[0], &old, &why) ||
	      (!reader && parse(&in[1], &new, &why)) ||
	      diff(&o, &old, &new, &why) || out_finish(&why);
	wakeup_close(reader);
	close_input(&in[0]);
	close_input(&in[1]);
	saved_free(&old);
	saved_free(&new);
	return err ? complain(why.text) : STATUS_OK;
}
