// SPDX-License-Identifier: GPL-2.0-only
/*
 * freqext - cpufreq governors written in BPF: load them, use them for a command, see what they do
 *
 * What stands first on the command line decides what is done; without a verb there, it is the
 * status.
 */
#include <stdio.h>
#include <string.h>

#include "common/options.h"
#include "common/streams.h"
#include "governor.h"
#include "verbs.h"

const char program_name[] = "freqext";

void program_version(void)
{
	char origin[128];

	governor_origin(origin, sizeof(origin));
	printf("kfuncs: %s\n", origin);
}

const struct verb verbs[] = {
	{ "status", "print what governs each policy, as without a verb", status_main },
	{ "list", "print the governors that there are", list_main },
	{ "load", "load a governor, and have policies use it", load_main },
	{ "unload", "undo that: they get back what they had", unload_main },
	{ "run", "do both around a command", run_main },
	{ "hint", "tell the governor hint what a CPU, process or cgroup needs", hint_main },
	{ "stats", "print what governors have done", stats_main },
	{ "check", "print why this machine can or can't", check_main },
	{ 0 }
};

int main(int argc, char **argv)
{
	struct fail why;

	if (hold_standard_streams(&why))
		return complain(why.text);
	if (argc > 1)
		for (const struct verb *verb = verbs; verb->name; verb++)
			if (!strcmp(argv[1], verb->name))
				return verb->main(argc - 1, argv + 1);
	return status_main(argc, argv);
}
