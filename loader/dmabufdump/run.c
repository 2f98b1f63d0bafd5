// SPDX-License-Identifier: GPL-2.0-only
/* dmabufdump run: what came and went while a command ran. */
#include "changes.h"
#include "common/child.h"
#include "common/output.h"
#include "common/privileges.h"
#include "verbs.h"

static int print(const struct listing *list, struct output *output, int fd,
		 const struct snapshot *old, const struct snapshot *new, struct fail *why)
{
	return output_begin(fd, why) || changes_print(list, old, new, why) ||
	       output_finish(output, why) ? -1 : 0;
}

static int run_and_print(const struct listing *list, struct output *output, char **argv,
			 struct programs *p, int fd)
{
	struct snapshot old = { 0 }, new = { 0 };
	enum run_status failed = RUN_FAILED;
	struct fail why;
	int status = -1;

	if (!snapshot_take(p, false, &old, &why))
		status = child_run(argv, child_observer, NULL, &failed, &why);
	if (status < 0) {
		complain(why.text);
		status = failed;
	} else if (snapshot_take(p, false, &new, &why) || become_nobody(0, &why) ||
		   print(list, output, fd, &old, &new, &why)) {
		complain(why.text);
		/* a command's failure says more than that of its observer */
		status = status ? status : RUN_FAILED;
	}
	snapshot_free(&old);
	snapshot_free(&new);
	return status;
}

int run_main(int argc, char **argv)
{
	struct listing list = CHANGES_LISTING;
	struct output output = { 0 };
	bool verbose = false;
	const struct option_group groups[] = {
		{ "How to print it", order_options, &list },
		{ NULL, column_options, &list },
		{ NULL, format_options, &list },
		{ NULL, size_options, &list },
		{ NULL, output_options, &output },
		{ NULL, verbose_options, &verbose },
		{ 0 }
	};
	const struct command cmd = {
		.name = "dmabufdump run",
		.operands = "[--] COMMAND [ARGUMENT...]",
		.about =
			"Run a command, then print which buffers came and went meanwhile, on standard error:\n"
			"those that came are still there. The exit status is the command's: 128 and the\n"
			"signal's number if one ended it, 126 if it can't be run, 127 if it is not found, 125\n"
			"if dmabufdump itself failed.\n",
		.groups = groups,
		.in_order = true,
		.more = changes_help,
		.examples = " sudo dmabufdump run -- glxgears\n",
	};
	struct programs p = PROGRAMS_NONE;
	struct fail why;
	int first, status, fd;

	status = command_parse(&cmd, argc, argv, &first);
	if (status >= 0)
		return status ? RUN_FAILED : STATUS_OK;
	if (first == argc) {
		usage_error(&cmd, "the command is missing");
		return RUN_FAILED;
	}
	if (listing_ready(&list, &why)) {
		usage_error(&cmd, "%s", why.text);
		return RUN_FAILED;
	}
	fd = output_open(&output, &why);
	if (fd < 0 || programs_open(&p, verbose ? PROGRAMS_VERBOSE : 0, &why)) {
		complain(why.text);
		programs_close(&p);
		output_drop(&output);
		return RUN_FAILED;
	}
	status = run_and_print(&list, &output, argv + first, &p, fd);
	programs_close(&p);
	output_drop(&output);
	return status;
}
