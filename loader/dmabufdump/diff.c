// SPDX-License-Identifier: GPL-2.0-only
/* dmabufdump diff: what came and went between two files of `dmabufdump --json`, or since one. */
#include <string.h>

#include "changes.h"
#include "common/boot_id.h"
#include "common/out.h"
#include "common/privileges.h"
#include "common/saved_file.h"
#include "saved.h"
#include "verbs.h"

static int now(struct programs *p, struct saved *saved, struct fail *why)
{
	boot_id_read(saved->boot_id, sizeof(saved->boot_id));
	return snapshot_take(p, false, &saved->snap, why);
}

static int diff(const struct listing *list, const struct saved *old, const struct saved *new,
		struct fail *why)
{
	/* inode numbers begin anew */
	if (strcmp(old->boot_id, new->boot_id) != 0)
		return fail(why, "the machine has been booted between OLD and NEW: no buffer is in both");
	if (old->snap.realtime_ns > new->snap.realtime_ns)
		return fail(why, "OLD is newer than NEW: swap them");
	return changes_print(list, &old->snap, &new->snap, why);
}

int diff_main(int argc, char **argv)
{
	struct listing list = CHANGES_LISTING;
	bool verbose = false;
	const struct option_group groups[] = {
		{ "How to print it", order_options, &list },
		{ NULL, column_options, &list },
		{ NULL, format_options, &list },
		{ NULL, size_options, &list },
		{ NULL, verbose_options, &verbose },
		{ 0 }
	};
	const struct command cmd = {
		.name = "dmabufdump diff",
		.operands = "OLD [NEW]",
		.about =
			"Print which buffers came and went between two files that 'dmabufdump --json' has\n"
			"written, - for standard input; or since OLD, if there is no NEW.\n",
		.groups = groups,
		.more = changes_help,
		.examples =
			" sudo dmabufdump --json >before\n"
			" sudo dmabufdump diff before\n",
	};
	struct saved_file files[2] = { 0 };
	struct saved old = { 0 }, new = { 0 };
	struct programs p = PROGRAMS_NONE;
	int first, status, err, nr;
	struct fail why;

	status = command_parse(&cmd, argc, argv, &first);
	if (status >= 0)
		return status;
	nr = argc - first;
	if (!nr)
		return usage_error(&cmd, "OLD is missing, a file written by 'dmabufdump --json'");
	if (nr > 2)
		return usage_error(&cmd, "unexpected argument '%s'", argv[first + 2]);
	if (nr == 2 && !strcmp(argv[first], "-") && !strcmp(argv[first + 1], "-"))
		return usage_error(&cmd, "standard input can't be both OLD and NEW");
	if (listing_ready(&list, &why))
		return usage_error(&cmd, "%s", why.text);

	/* files may be anyone's, so what they say is looked at with nothing to lose */
	err = (nr == 1 && programs_open(&p, verbose ? PROGRAMS_VERBOSE : 0, &why)) ||
	      saved_open(&files[0], argv[first], &why) ||
	      (nr == 2 && saved_open(&files[1], argv[first + 1], &why)) ||
	      become_nobody(nr == 1 ? STILL_LOAD : 0, &why) || saved_read(&files[0], &why) ||
	      (nr == 1 ? now(&p, &new, &why) : saved_read(&files[1], &why)) ||
	      become_nobody(0, &why) || saved_parse(&files[0], &old, &why) ||
	      (nr == 2 && saved_parse(&files[1], &new, &why)) ||
	      diff(&list, &old, &new, &why) || out_finish(&why);
	programs_close(&p);
	saved_close(&files[0]);
	saved_close(&files[1]);
	snapshot_free(&old.snap);
	snapshot_free(&new.snap);
	return err ? complain(why.text) : STATUS_OK;
}
