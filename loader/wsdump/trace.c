// SPDX-License-Identifier: GPL-2.0-only
/* wsdump trace: every activation and release, as it happens. */
#include <stdio.h>
#include <string.h>

#include "common/child.h"
#include "common/duration.h"
#include "common/options.h"
#include "common/out.h"
#include "trace_run.h"
#include "verbs.h"

#define AT(member) offsetof(struct trace_options, member)

static const struct option_row trace_rows[] = {
	{ "perfetto", 0, "FILE", "write a trace for https://ui.perfetto.dev as well",
	  option_string, AT(perfetto) },
	{ "svg", 0, "FILE", "draw a picture as well: who was active when",
	  option_string, AT(svg) },
	{ "quiet", 'q', NULL, "print the summary only", option_flag, AT(quiet) },
	{ "raw", 'r', NULL, "fields with a TAB between them, nanoseconds, no summary",
	  option_flag, AT(raw) },
	{ "json", 'j', NULL, "the same for programs: one object a line",
	  option_flag, AT(json) },
	{ 0 }
};

static void more_help(void)
{
	fputs("\nColumns:\n"
	      " TIME   seconds since the trace began\n"
	      " EVENT  activate, release; active: as the trace begins; still: as it ends;\n"
	      "        lost: so many events are missing here; with a ?: among these was one\n"
	      " ACTIVE for how long it had been active, from before the trace if it was;\n"
	      "        with a ~ if events were lost meanwhile\n"
	      " NAME   name of the wakeup source, and its id where two have the same\n"
	      "\n"
	      "The summary, and the files, come at the end: after SEC, with Ctrl-C, or when the\n"
	      "COMMAND has ended. With a COMMAND all is printed on standard error.\n", stdout);
}

/* What stands behind "--" is not of this command line; NULL if nothing does. */
static char **cut_command(int *argc, char **argv)
{
	for (int i = 1; i < *argc; i++)
		if (!strcmp(argv[i], "--")) {
			*argc = i;
			argv[i] = NULL;
			return argv + i + 1;
		}
	return NULL;
}

/* Returns -1 to go on, or the exit status. */
static int parse(struct trace_options *opt, int argc, char **argv)
{
	const struct option_group groups[] = {
		{ "What to trace, as it is when the trace begins", state_options, &opt->filter },
		{ NULL, name_options, &opt->filter },
		{ "How to print it", trace_rows, opt },
		{ NULL, verbose_options, &opt->verbose },
		{ 0 }
	};
	const struct command cmd = {
		.name = "wsdump trace",
		.operands = "[SEC | -- COMMAND [ARGUMENT...]]",
		.about =
			"Print every activation and release of a wakeup source as it happens, and in the\n"
			"end for how long any was active, and which.\n",
		.groups = groups,
		.more = more_help,
		.examples =
			" sudo wsdump trace\n"
			" sudo wsdump trace 60 --quiet --svg awake.svg\n"
			" sudo wsdump trace 10 --perfetto awake.pftrace\n"
			" sudo wsdump trace --quiet --svg sleep.svg -- rtcwake -m mem -s 30\n",
		.exit_status =
			"Exit status: 0 fine, 1 failed, 2 wrong usage; with a COMMAND as of wsdump run.",
	};
	int first, status;

	opt->command = cut_command(&argc, argv);

	status = command_parse(&cmd, argc, argv, &first);
	if (status >= 0)
		return status;
	if (argc - first > 1)
		return usage_error(&cmd, "unexpected argument '%s'", argv[first + 1]);
	if (first < argc && (duration_parse(argv[first], &opt->limit_ns) || !opt->limit_ns))
		return usage_error(&cmd, "'%s' is no time to trace for", argv[first]);
	if (opt->command && !opt->command[0])
		return usage_error(&cmd, "the command is missing");
	if (opt->command && opt->limit_ns)
		return usage_error(&cmd, "a command ends the trace, so no time can");
	if (opt->perfetto && opt->svg && !strcmp(opt->perfetto, opt->svg))
		return usage_error(&cmd, "--perfetto and --svg name the same file");
	if (opt->quiet && (opt->raw || opt->json) && !opt->svg && !opt->perfetto)
		return usage_error(&cmd, "--quiet and %s together leave nothing to print",
				   opt->raw ? "--raw" : "--json");
	if (opt->raw && opt->json)
		return usage_error(&cmd, "formats 'raw' and 'json' can't both be had");
	return -1;
}

int trace_main(int argc, char **argv)
{
	struct trace_options opt = { 0 };
	int status = parse(&opt, argc, argv);
	struct fail why;

	if (status >= 0)
		return status && opt.command ? RUN_FAILED : status;
	if (trace_run(&opt, &status, &why) || out_finish(&why)) {
		complain(why.text);
		/* a command's failure says more than that of its observer */
		if (!opt.command)
			return STATUS_FAILED;
		return status ? status : RUN_FAILED;
	}
	return status;
}
