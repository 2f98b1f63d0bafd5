// SPDX-License-Identifier: GPL-2.0-only
/*
 * wsdump - look at the kernel's wakeup sources: what keeps this machine awake
 *
 * What stands first on the command line decides what is done; without a verb there,
 * sources are listed.
 */
#include <stdio.h>

#include "common/options.h"
#include "common/streams.h"
#include "libwakeup/libwakeup.h"
#include "verbs.h"

const char program_name[] = "wsdump";

void program_version(void)
{
	printf("kfuncs: %s\n", wakeup_kfuncs_origin());
}

const struct verb verbs[] = {
	{ "list", "print the wakeup sources, as without a verb", list_main },
	{ "why", "say what keeps it awake, what woke it, and what to do", why_main },
	{ "watch", "show what they do, as top(1) does", watch_main },
	{ "diff", "what they did between two files of --json, or since one", diff_main },
	{ "run", "run a command, and print what they did meanwhile", run_main },
	{ "trace", "print every activation and release as it happens", trace_main },
	{ 0 }
};

int main(int argc, char **argv)
{
	struct fail why;

	if (hold_standard_streams(&why))
		return complain(why.text);
	return verbs_main(verbs, argc, argv);
}
