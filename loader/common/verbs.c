// SPDX-License-Identifier: GPL-2.0-only
#include "verbs.h"

#include <stdio.h>
#include <string.h>

int verbs_main(const struct verb *verbs, int argc, char **argv)
{
	if (argc > 1)
		for (const struct verb *verb = verbs; verb->name; verb++)
			if (!strcmp(argv[1], verb->name))
				return verb->main(argc - 1, argv + 1);
	return verbs->main(argc, argv);
}

void verbs_help(const struct verb *verbs, const char *operand)
{
	printf("\nVerbs, each with a --help (%s that is one of these goes behind a --):\n",
	       operand);
	for (const struct verb *verb = verbs; verb->name; verb++)
		printf(" %-9s %s\n", verb->name, verb->help);
}
