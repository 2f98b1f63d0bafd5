/* SPDX-License-Identifier: GPL-2.0-only */
/* The verbs: VERB.c has VERB_main(), dmabufdump.c the table of them. */
#ifndef DMABUFDUMP_VERBS_H
#define DMABUFDUMP_VERBS_H

#include "common/verbs.h"

/* Ended by one without a name; the first is what is done without a verb. */
extern const struct verb verbs[];

int list_main(int argc, char **argv);
int watch_main(int argc, char **argv);
int diff_main(int argc, char **argv);
int run_main(int argc, char **argv);

#endif
