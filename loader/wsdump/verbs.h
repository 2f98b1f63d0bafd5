/* SPDX-License-Identifier: GPL-2.0-only */
/* The verbs: loader/VERB.c has VERB_main(), wsdump.c the table of them. */
#ifndef WSDUMP_LOADER_VERBS_H
#define WSDUMP_LOADER_VERBS_H

#include "common/verbs.h"

/* Ended by one without a name; the first is what is done without a verb. */
extern const struct verb verbs[];

int list_main(int argc, char **argv);
int watch_main(int argc, char **argv);
int diff_main(int argc, char **argv);
int run_main(int argc, char **argv);
int why_main(int argc, char **argv);
int trace_main(int argc, char **argv);

#endif
