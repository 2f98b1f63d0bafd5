// SPDX-License-Identifier: GPL-2.0-only
/* freqext run: a governor for as long as a command runs. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "before.h"
#include "guard.h"
#include "session.h"
#include "common/child.h"
#include "verbs.h"

/* Returns the status to exit with. */
static int run(struct session *session, const char *what, char **argv)
{
	enum run_status failed = RUN_FAILED;
	struct fail why;
	int guard, status;

	/* a guard that was killed is noticed by a write that fails, not by a signal */
	signal(SIGPIPE, SIG_IGN);
	guard = guard_start(&why);
	if (guard < 0) {
		complain(why.text);
		return RUN_FAILED;
	}
	/* the command is a child of this process, which makes it a VIP */
	if (session_attach(session, what, getpid(), &why) ||
	    guard_name(guard, session->gov.name, &why) || session_select(session, &why)) {
		complain(why.text);
		session_close(session);
		return RUN_FAILED;
	}
	signal(SIGPIPE, SIG_DFL);
	status = child_run(argv, NULL, NULL, &failed, &why);
	if (status < 0) {
		complain(why.text);
		status = failed;
	}
	if (before_restore(session->gov.name, &why) < 0) {
		complain(why.text);
		status = status ? status : RUN_FAILED;
	}
	session_close(session);
	return status;
}

int run_main(int argc, char **argv)
{
	struct session session = { 0 };
	const struct option_group groups[] = {
		{ "For what", policy_options, &session },
		{ "Who is a VIP, besides the command", vip_options, &session.vips },
		{ "Others", verbose_options, &session.verbose },
		{ 0 }
	};
	const struct command cmd = {
		.name = "freqext run",
		.operands = "GOVERNOR|FILE.bpf.o [--] COMMAND [ARGUMENT...]",
		.about =
			"Have policies use a governor while a command runs, and give them back what they had,\n"
			"also if this process is killed. The exit status is the command's: 128 and the\n"
			"signal's number if one ended it, 126 if it can't be run, 127 if it is not found, 125\n"
			"if freqext itself failed.\n",
		.groups = groups,
		.in_order = true,
		.examples =
			" sudo freqext run vip -- make -j8\n"
			" sudo freqext run --policy 0 util -- sleep 60\n",
	};
	int first, status, command;

	status = command_parse(&cmd, argc, argv, &first);
	if (status >= 0)
		return status ? RUN_FAILED : STATUS_OK;
	if (first == argc) {
		usage_error(&cmd, "the governor is missing");
		return RUN_FAILED;
	}
	command = first + 1;
	if (command < argc && !strcmp(argv[command], "--"))
		command++;
	if (command == argc) {
		usage_error(&cmd, "the command is missing");
		return RUN_FAILED;
	}
	return run(&session, argv[first], argv + command);
}
