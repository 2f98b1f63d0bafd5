// SPDX-License-Identifier: GPL-2.0-only
/* wsdump, without a verb: one snapshot, printed. */
#include <stdbool.h>
#include <unistd.h>

#include "about.h"
#include "sources.h"
#include "common/pinning.h"
#include "common/privileges.h"
#include "common/target.h"
#include "common/terminal.h"
#include "verbs.h"

static void more_help(void)
{
	columns_help(source_columns);
	formats_help(source_formats);
	verbs_help(verbs, "a NAME");
}

static int pin(enum pinning pinning, unsigned int flags)
{
	int done = pinning == PINNING_PIN ? wakeup_pin(flags) : wakeup_unpin();

	if (done < 0)
		return complain(wakeup_error());
	return pinning_done(pinning, done, "wakeup_kfuncs");
}

static int list_sources(const struct listing *list, struct filter *filter,
			struct target *target, unsigned int flags)
{
	struct rows rows = { 0 };
	struct wakeup_reader *reader = wakeup_open(flags);
	const struct wakeup_snapshot *snap;
	char footer[96];
	struct fail why;
	int err;

	if (reader && about_prepare(list->columns, list->nr_columns, &why)) {
		wakeup_close(reader);
		return complain(why.text);
	}
	snap = reader ? wakeup_snapshot_take(reader) : NULL;
	if (!snap) {
		wakeup_close(reader);
		return complain(wakeup_error());
	}
	if (!target->path && terminal_width(STDOUT_FILENO)) {
		sources_sum_up(snap, footer, sizeof(footer));
		rows.footer = footer;
	}
	/* names may be anyone's, so they are looked at with nothing to lose */
	err = target_open(target, &why) || become_nobody(0, &why) ||
	      sources_choose(filter, list, snap, &rows, &why) ||
	      listing_print(list, &rows, &why) || target_finish(target, &why);
	rows_free(&rows);
	target_drop(target);
	wakeup_close(reader);
	return err ? complain(why.text) : STATUS_OK;
}

int list_main(int argc, char **argv)
{
	struct listing list = {
		.all = source_columns, .formats = source_formats, .order = source_order,
	};
	struct filter filter = { .verbs = verbs };
	bool verbose = false;
	enum pinning pinning = PINNING_NONE;
	struct target target = { 0 };
	const struct option_group groups[] = {
		{ "What to list", state_options, &filter },
		{ NULL, operand_options, &filter },
		{ NULL, order_options, &list },
		{ "How to print it", column_options, &list },
		{ NULL, format_options, &list },
		{ NULL, color_options, &list },
		{ NULL, time_options, &list },
		{ NULL, target_options, &target },
		{ NULL, pin_options, &pinning },
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
			" sudo wsdump --active 'usb*'\n",
	};
	unsigned int flags;
	struct fail why;
	int first, status;

	status = command_parse(&cmd, argc, argv, &first);
	if (status >= 0)
		return status;
	if (target.path && !list.color_when)
		list.color_when = "never";
	if (filter_add_names(&filter, argv + first, argc - first, &why) ||
	    listing_ready(&list, &why) || target_check(&target, &why))
		return usage_error(&cmd, "%s", why.text);
	if (pinning && first < argc)
		return usage_error(&cmd, "unexpected argument '%s'", argv[first]);
	flags = verbose ? WAKEUP_VERBOSE : 0;
	if (pinning)
		return pin(pinning, flags);
	return list_sources(&list, &filter, &target, flags);
}
