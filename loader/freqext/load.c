// SPDX-License-Identifier: GPL-2.0-only
/* freqext load and unload: a governor that stays when freqext has ended. */
#include <stdio.h>
#include <string.h>

#include "before.h"
#include "session.h"
#include "verbs.h"

static void more(void)
{
	puts("\nGovernors:");
	for (const struct shipped *s = shipped_governors; s->name; s++)
		printf(" %-9s %s\n", s->name, s->help);
}

static int load(struct session *session, const char *what, struct fail *why)
{
	struct fail unused;

	if (session_attach(session, what, 0, why) || governor_pin(&session->gov, why))
		return -1;
	if (!session_select(session, why))
		return 0;
	governor_unpin(session->gov.name, &unused);
	return -1;
}

int load_main(int argc, char **argv)
{
	struct session session = { 0 };
	const struct option_group groups[] = {
		{ "For what", policy_options, &session },
		{ "Who is a VIP", vip_options, &session.vips },
		{ "Others", verbose_options, &session.verbose },
		{ 0 }
	};
	const struct command cmd = {
		.name = "freqext load",
		.operands = "GOVERNOR|FILE.bpf.o",
		.about =
			"Load a governor, and have policies use it till 'freqext unload'. What they had is\n"
			"noted. Limits win over whatever a governor asks for.\n",
		.groups = groups,
		.more = more,
		.examples =
			" sudo freqext load util\n"
			" sudo freqext load vip --comm ffmpeg --policy 0,1\n"
			" sudo freqext load ./mine.bpf.o\n",
	};
	struct fail why;
	int first, status;

	status = command_parse(&cmd, argc, argv, &first);
	if (status >= 0)
		return status;
	if (first == argc)
		return usage_error(&cmd, "the governor is missing");
	if (first + 1 < argc)
		return usage_error(&cmd, "unexpected argument '%s'", argv[first + 1]);
	status = load(&session, argv[first], &why) ? complain(why.text) : STATUS_OK;
	session_close(&session);
	return status;
}

/* Who selected it besides is told, as only the user knows what they want instead. */
static int check_left(const char *name, struct fail *why)
{
	struct policies policies;
	int err = policies_read(&policies, why);

	for (size_t i = 0; !err && i < policies.nr; i++)
		if (!strcmp(policies.v[i].governor, name))
			err = fail(why, "policy%u has governor '%s' still, in fallback: write another one to its scaling_governor",
				   policies.v[i].number, name);
	policies_free(&policies);
	return err;
}

static int unload(const char *name, struct fail *why)
{
	int restored = before_restore(name, why), unpinned;

	if (restored < 0)
		return -1;
	unpinned = governor_unpin(name, why);
	if (unpinned < 0)
		return -1;
	if (!restored && !unpinned)
		return fail(why, "freqext has loaded no governor '%s': 'freqext list' shows those that are loaded",
			    name);
	return check_left(name, why);
}

int unload_main(int argc, char **argv)
{
	static const struct option_row no_options[] = { { 0 } };
	const struct option_group groups[] = {
		{ "Options", no_options, NULL },
		{ 0 }
	};
	const struct command cmd = {
		.name = "freqext unload",
		.operands = "GOVERNOR...",
		.about =
			"Give policies the governors back that they had before 'freqext load', or before a\n"
			"'freqext run' that was killed, and remove the governor.\n",
		.groups = groups,
		.examples = " sudo freqext unload util\n",
	};
	int first, status, result = STATUS_OK;
	struct fail why;

	status = command_parse(&cmd, argc, argv, &first);
	if (status >= 0)
		return status;
	if (first == argc)
		return usage_error(&cmd, "the governor is missing");
	for (; first < argc; first++) {
		/* a name is a part of paths */
		if (!*argv[first] || strlen(argv[first]) >= GOVERNOR_NAME ||
		    argv[first][strspn(argv[first], "abcdefghijklmnopqrstuvwxyz0123456789_")])
			return usage_error(&cmd, "'%s' is no name of a governor", argv[first]);
		if (unload(argv[first], &why))
			result = complain(why.text);
	}
	return result;
}
