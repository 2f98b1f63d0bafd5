/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Command lines: what a verb understands is said in tables, which parse its options and
 * print its help. Groups of options are shared by the verbs that they make sense for.
 */
#ifndef WSDUMP_LOADER_OPTIONS_H
#define WSDUMP_LOADER_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "fail.h"

enum status {
	STATUS_OK,
	STATUS_FAILED,
	STATUS_USAGE,
};

/**
 * struct option_row - one option
 * @name: the long one, without its dashes
 * @letter: the short one, or 0
 * @arg: what the help calls its argument; NULL for an option without
 * @help: what it does, in a few words
 * @set: called for each time it is given, with the group's @to; returns 0, or -1
 *	 with the reason in @why, which begins with what was wrong with @arg
 */
struct option_row {
	const char *name;
	char letter;
	const char *arg;
	const char *help;
	int (*set)(void *to, const char *arg, struct fail *why);
};

/**
 * struct option_group - options that belong together
 * @title: for the help
 * @rows: ended by one without a name
 * @to: what their set() gets
 */
struct option_group {
	const char *title;
	const struct option_row *rows;
	void *to;
};

/**
 * struct command - a verb's command line
 * @name: as it is typed: "wsdump watch"
 * @operands: what stands behind the options, for the first line of the help; or ""
 * @about: lines that say what it does
 * @groups: ended by one without rows; --help and --version are added
 * @in_order: options end where the operands begin, which may have options of their own
 * @more: prints what the help has besides, before the examples; may be NULL
 * @examples: lines, indented by a space
 */
struct command {
	const char *name;
	const char *operands;
	const char *about;
	const struct option_group *groups;
	bool in_order;
	void (*more)(void);
	const char *examples;
};

/**
 * command_parse() - parse a command line
 * @cmd: the command
 * @argc: of main(), counted from the verb
 * @argv: likewise; operands are moved to its end
 * @first: set to the index in @argv of the first operand, @argc where there is none
 *
 * Return: -1 to go on; else the exit status, as help or an error was printed.
 */
int command_parse(const struct command *cmd, int argc, char **argv, int *first);

/**
 * usage_error() - print one line that ends with where to find help
 *
 * Return: STATUS_USAGE.
 */
int usage_error(const struct command *cmd, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * complain() - print why something failed
 *
 * Return: STATUS_FAILED.
 */
int complain(const char *why);

/* Rows for --verbose, with an unsigned int of enum wakeup_flags to set it in. */
extern const struct option_row verbose_options[];

#endif
