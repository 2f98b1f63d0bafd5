// SPDX-License-Identifier: GPL-2.0-only
/* wsdump why: what keeps the machine awake, what woke it, and what to do about either. */
#include "why.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/out.h"
#include "common/privileges.h"
#include "common/terminal.h"
#include "diff.h"
#include "states_sysfs.h"
#include "verbs.h"

struct options {
	bool all;
	bool json;
	bool verbose;
};

static const struct option_row why_options[] = {
	{ "all", 'a', NULL, "all that was found, even if that is more than a screen",
	  option_flag, offsetof(struct options, all) },
	{ "json", 'j', NULL, "for programs: described in the manual page",
	  option_flag, offsetof(struct options, json) },
	{ 0 }
};

/* With the sources by BPF, or by sysfs, or without any: @no_bpf says why. */
static void read_sources(struct states *states, bool *by_sysfs, bool verbose,
			 struct fail *no_bpf)
{
	struct wakeup_reader *reader = wakeup_open(verbose ? WAKEUP_VERBOSE : 0);
	struct fail ignored;

	no_bpf->text[0] = '\0';
	if (!reader)
		fail(no_bpf, "%s", wakeup_error());
	else if (!states_now(reader, states, no_bpf))
		no_bpf->text[0] = '\0';
	wakeup_close(reader);
	if (!no_bpf->text[0])
		return;
	states_free(states);
	if (states_from_sysfs(states, "/sys/class/wakeup", &ignored))
		states_free(states);
	else
		*by_sysfs = true;
	states->untimed = false;
	states->monotonic_ns = clock_ns(CLOCK_MONOTONIC);
	states->realtime_ns = clock_ns(CLOCK_REALTIME);
}

static size_t terminal_rows(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) ? 0 : size.ws_row;
}

static int why(const struct options *o, struct fail *why)
{
	struct states states = { 0 };
	struct why w = { .states = &states };
	struct suspend_log log;
	struct fail no_bpf;
	size_t rows = terminal_rows();
	int err;

	read_sources(&states, &w.by_sysfs, o->verbose, &no_bpf);
	suspend_log_open(&log, true);
	suspends_read(&w.suspends, &log);
	suspend_log_close(&log);
	err = processes_read(&w.processes) ? fail(why, "out of memory") : 0;
	/* what comes now is for everybody to read */
	err = err || become_nobody(0, why) || why_gather(&w, no_bpf.text, why);
	if (!err && o->json)
		err = why_json_print(&w, why);
	else if (!err)
		/* the shell's prompt comes behind it */
		why_print(&w, o->all || rows < 3 ? 0 : rows - 1,
			  terminal_width(STDOUT_FILENO) ?: 80);
	why_free(&w);
	states_free(&states);
	return err || out_finish(why) ? -1 : 0;
}

int why_main(int argc, char **argv)
{
	struct options o = { 0 };
	const struct option_group groups[] = {
		{ "How to print it", why_options, &o },
		{ NULL, verbose_options, &o.verbose },
		{ 0 }
	};
	const struct command cmd = {
		.name = "wsdump why",
		.operands = "",
		.about =
			"Say what keeps this machine awake now, what woke it last or aborted its\n"
			"suspend, how its suspends went, what forbids them, and what may wake it: each\n"
			"with how that is known, and the command that ends it. None of these is run.\n",
		.groups = groups,
		.examples =
			" sudo wsdump why\n"
			" sudo wsdump why --json | jq -r '.woken_by[].udev_rule'\n",
	};
	struct fail reason;
	int first, status;

	status = command_parse(&cmd, argc, argv, &first);
	if (status >= 0)
		return status;
	if (first < argc)
		return usage_error(&cmd, "unexpected argument '%s'", argv[first]);
	return why(&o, &reason) ? complain(reason.text) : STATUS_OK;
}
