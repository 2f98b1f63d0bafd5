// SPDX-License-Identifier: GPL-2.0-only
/* wsdump run: what happened while a command ran. */
#include "diff.h"
#include "common/child.h"
#include "common/clock.h"
#include "common/output.h"
#include "common/privileges.h"
#include "verbs.h"

/* Time in suspend since the boot, and what passes between two calls. */
static int64_t asleep_ns(void)
{
	uint64_t monotonic = clock_ns(CLOCK_MONOTONIC);

	return clock_ns(CLOCK_BOOTTIME) - monotonic;
}

struct options {
	struct diff_options diff;
	struct output output;
	bool verbose;
};

static int print(struct options *o, int fd, const struct states *old, const struct states *new,
		 int64_t asleep, struct fail *why)
{
	if (output_begin(fd, why))
		return -1;
	/* two clocks read one after the other are never quite even */
	if (asleep < 1000000)
		asleep = 0;
	if (diff_print(&o->diff, old, new, false, asleep, why))
		return -1;
	return output_finish(&o->output, why);
}

static int run_and_print(struct options *o, char **argv, struct wakeup_reader *reader, int fd)
{
	struct states old = { 0 }, new = { 0 };
	enum run_status failed = RUN_FAILED;
	struct fail why;
	int64_t asleep;
	int status = -1;

	if (states_now(reader, &old, &why))
		goto out;
	asleep = asleep_ns();
	status = child_run(argv, child_observer, &failed, &why);
	asleep = asleep_ns() - asleep;
	if (status >= 0 &&
	    (states_now(reader, &new, &why) || become_nobody(0, &why) ||
	     print(o, fd, &old, &new, asleep, &why))) {
		complain(why.text);
		/* a command's failure says more than that of its observer */
		status = status ? status : RUN_FAILED;
		goto out_quiet;
	}
out:
	if (status < 0) {
		complain(why.text);
		status = failed;
	}
out_quiet:
	states_free(&old);
	states_free(&new);
	return status;
}

int run_main(int argc, char **argv)
{
	struct options o = { .diff = DIFF_OPTIONS };
	const struct option_group groups[] = {
		{ "What to print", change_options, &o.diff.filter },
		{ NULL, order_options, &o.diff.list },
		{ "How to print it", column_options, &o.diff.list },
		{ NULL, format_options, &o.diff.list },
		{ NULL, time_options, &o.diff.list },
		{ NULL, output_options, &o.output },
		{ NULL, verbose_options, &o.verbose },
		{ 0 }
	};
	const struct command cmd = {
		.name = "wsdump run",
		.operands = "[--] COMMAND [ARGUMENT...]",
		.about =
			"Run a command, then print what wakeup sources did meanwhile, on standard error.\n"
			"The exit status is the command's: 128 and the signal's number if one ended it,\n"
			"126 if it can't be run, 127 if it is not found, 125 if wsdump itself failed.\n",
		.groups = groups,
		.in_order = true,
		.more = diff_help,
		.examples =
			" sudo wsdump run -- sleep 60\n"
			" sudo wsdump run -- rtcwake -m mem -s 30\n"
			" sudo wsdump run --json -w night.json -- systemctl suspend\n",
	};
	struct wakeup_reader *reader;
	struct fail why;
	int first, status, fd;

	status = command_parse(&cmd, argc, argv, &first);
	if (status >= 0)
		return status ? RUN_FAILED : STATUS_OK;
	if (first == argc) {
		usage_error(&cmd, "the command is missing");
		return RUN_FAILED;
	}
	if (listing_ready(&o.diff.list, &why)) {
		usage_error(&cmd, "%s", why.text);
		return RUN_FAILED;
	}
	fd = output_open(&o.output, &why);
	if (fd < 0) {
		complain(why.text);
		return RUN_FAILED;
	}
	reader = wakeup_open(o.verbose ? WAKEUP_VERBOSE : 0);
	if (reader) {
		status = run_and_print(&o, argv + first, reader, fd);
	} else {
		complain(wakeup_error());
		status = RUN_FAILED;
	}
	wakeup_close(reader);
	output_drop(&o.output);
	return status;
}
