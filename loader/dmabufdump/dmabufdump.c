// SPDX-License-Identifier: GPL-2.0-only
/*
 * dmabufdump - look at the kernel's dma-bufs: what they take, and who holds them
 *
 * What stands first on the command line decides what is done; without a verb there,
 * buffers are listed.
 */
#include <stdio.h>

#include "common/options.h"
#include "common/streams.h"
#include "common/verbs.h"
#include "programs.h"
#include "verbs.h"

const char program_name[] = "dmabufdump";

void program_version(void)
{
	char origin[256];

	programs_origin(origin, sizeof(origin));
	printf("kfuncs: %s\n", origin);
}

const struct verb verbs[] = {
	{ "list", "print the dma-bufs, as without a verb", list_main },
	{ "watch", "print what came and went, again and again", watch_main },
	{ "diff", "what came and went between two files of --json, or since one", diff_main },
	{ "run", "run a command, and print what came and went meanwhile", run_main },
	{ 0 }
};

int main(int argc, char **argv)
{
	struct fail why;

	if (hold_standard_streams(&why))
		return complain(why.text);
	return verbs_main(verbs, argc, argv);
}
