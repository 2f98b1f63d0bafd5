/* SPDX-License-Identifier: GPL-2.0-only */
/* The verbs: loader/freqext/VERB.c has VERB_main(), freqext.c the table of them. */
#ifndef FREQEXT_VERBS_H
#define FREQEXT_VERBS_H

struct verb {
	const char *name;
	const char *help;
	int (*main)(int argc, char **argv);
};

int status_main(int argc, char **argv);
int list_main(int argc, char **argv);
int load_main(int argc, char **argv);
int unload_main(int argc, char **argv);
int run_main(int argc, char **argv);
int stats_main(int argc, char **argv);
int hint_main(int argc, char **argv);
int check_main(int argc, char **argv);

/* Ended by one without a name. */
extern const struct verb verbs[];

#endif
