/* SPDX-License-Identifier: GPL-2.0-only */
/* The verbs of a command: what stands first on its command line. */
#ifndef WSDUMP_LOADER_COMMON_VERBS_H
#define WSDUMP_LOADER_COMMON_VERBS_H

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

/**
 * verbs_main() - do what the command line says
 * @verbs: ended by one without a name; the first is what is done without a verb
 *
 * Return: the exit status.
 */
int verbs_main(const struct verb *verbs, int argc, char **argv);

/** verbs_help() - print what there is, for --help; @operand is what stands there otherwise */
void verbs_help(const struct verb *verbs, const char *operand);

#endif
