/* SPDX-License-Identifier: GPL-2.0-only */
/* The verbs: loader/VERB.c has VERB_main(), wsdump.c the table of them. */
#ifndef WSDUMP_LOADER_VERBS_H
#define WSDUMP_LOADER_VERBS_H

/**
 * struct verb - one of them
 * @name: as it is typed
 * @help: what it does, in a few words
 * @main: gets the command line from the verb on, returns the exit status
 */
struct verb {
	const char *name;
	const char *help;
	int (*main)(int argc, char **argv);
};

/* Ended by one without a name. */
extern const struct verb verbs[];

int list_main(int argc, char **argv);
int watch_main(int argc, char **argv);
int diff_main(int argc, char **argv);
int run_main(int argc, char **argv);
int trace_main(int argc, char **argv);

#endif
