// SPDX-License-Identifier: GPL-2.0-only
/* wsdump run: what happened while a command ran. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "diff.h"
#include "common/child.h"
#include "common/clock.h"
#include "common/output.h"
#include "common/privileges.h"
#include "common/terminal.h"
#include "verbs.h"
#include "why.h"

struct options {
	struct diff_options diff;
	struct output output;
	bool verbose;
};

/*
 * For how long rtcwake(8) is told to have the machine sleep, if that is what is run: -s SECONDS,
 * or -t the time in seconds since 1970. Else 0.
 */
static uint64_t rtcwake_told_ns(char **argv)
{
	const char *name = strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0];
	uint64_t told = 0, now = clock_ns(CLOCK_REALTIME) / NS_PER_S;

	if (strcmp(name, "rtcwake"))
		return 0;
	for (char **arg = argv + 1; *arg; arg++) {
		const char *value = NULL;
		bool until = !strncmp(*arg, "-t", 2) || !strncmp(*arg, "--time", 6);

		if (!strncmp(*arg, "--seconds=", 10) || !strncmp(*arg, "--time=", 7))
			value = strchr(*arg, '=') + 1;
		else if (!strcmp(*arg, "-s") || !strcmp(*arg, "-t") || !strcmp(*arg, "--seconds") ||
			 !strcmp(*arg, "--time"))
			value = arg[1];
		else if (!strncmp(*arg, "-s", 2) || !strncmp(*arg, "-t", 2))
			value = *arg + 2;
		if (!value)
			continue;
		told = strtoull(value, NULL, 10);
		if (until)
			told = told > now ? told - now : 0;
	}
	return told < 1 << 30 ? told * NS_PER_S : 0;
}

static int print(struct options *o, int fd, const struct states *old, const struct states *new,
		 struct why *w, struct fail *why)
{
	if (output_begin(fd, why))
		return -1;
	w->states = new;
	if (why_slept(w) && why_woke(w, why))
		return -1;
	if (diff_print(&o->diff, old, new, false, w, why))
		return -1;
	if (!strcmp(o->diff.list.format->name, "table"))
		why_print_run(w, terminal_width(STDOUT_FILENO) ?: 80);
	return output_finish(&o->output, why);
}

static int run_and_print(struct options *o, char **argv, struct wakeup_reader *reader, int fd)
{
	struct states old = { 0 }, new = { 0 };
	enum run_status failed = RUN_FAILED;
	struct why w = { .told_ns = rtcwake_told_ns(argv) };
	struct suspend_log log;
	struct fail why;
	int status = -1;

	/* this takes capabilities that are given up later */
	suspend_log_open(&log, false);
	if (states_now(reader, &old, &why))
		goto out;
	suspends_read(&w.before, NULL);
	w.passed_ns = clock_ns(CLOCK_BOOTTIME);
	status = child_run(argv, child_observer, NULL, &failed, &why);
	w.passed_ns = clock_ns(CLOCK_BOOTTIME) - w.passed_ns;
	suspends_read(&w.suspends, &log);
	if (status >= 0 &&
	    (states_now(reader, &new, &why) || become_nobody(0, &why) ||
	     print(o, fd, &old, &new, &w, &why))) {
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
	suspend_log_close(&log);
	why_free(&w);
	states_free(&old);
	states_free(&new);
	return status;
}

int run_main(int argc, char **argv)
{
	struct options o = { .diff = DIFF_OPTIONS };
	const struct option_group groups[] = {
		{ "What to print", state_options, &o.diff.filter.source },
		{ NULL, name_options, &o.diff.filter.source },
		{ NULL, change_options, &o.diff.filter },
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
			"If the machine was suspended: what woke it, or why it did not sleep.\n",
		.groups = groups,
		.in_order = true,
		.more = diff_help,
		.examples =
			" sudo wsdump run -- sleep 60\n"
			" sudo wsdump run -- rtcwake -m mem -s 30\n"
			" sudo wsdump run --json -w night.json -- systemctl suspend\n",
		.exit_status =
			"Exit status: the command's; 128 and the number of the signal that ended it; 126\n"
			"if it can't be run, 127 if it is not found; 125 if wsdump failed or was misused.",
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
