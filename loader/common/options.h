/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Command lines. A verb's options are in tables, by which they are parsed and its help is
 * printed. Groups of options are shared by the verbs that they make sense for.
 */
#ifndef WSDUMP_LOADER_OPTIONS_H
#define WSDUMP_LOADER_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fail.h"

enum status {
	STATUS_OK,
	STATUS_FAILED,
	STATUS_USAGE,
};

/* The name of the command and of its manual page, which each command defines. */
extern const char program_name[];

/** program_version() - likewise: print what --version says besides, in lines */
void program_version(void);

/**
 * struct option_row - one option
 * @name: the long one, without its dashes
 * @letter: the short one, or 0
 * @arg: what the help calls its argument; NULL for an option without
 * @help: what it does, in a few words; NULL for one that the help does not show
 * @set: called for each time it is given; returns 0, or -1 with the reason in @why, which
 *	 begins with what was wrong with @arg
 * @at: offset of what it sets in the group's @to: the sum is what @set gets
 */
struct option_row {
	const char *name;
	char letter;
	const char *arg;
	const char *help;
	int (*set)(void *to, const char *arg, struct fail *why);
	size_t at;
};

/* For @set: a bool becomes true, a const char * the argument, a uint64_t a number from 1 on. */
int option_flag(void *to, const char *arg, struct fail *why);
int option_string(void *to, const char *arg, struct fail *why);
int option_number(void *to, const char *arg, struct fail *why);

/**
 * struct option_group - options that belong together
 * @title: for the help
 * @rows: ended by one without a name
 * @to: what they set something in
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
 * @exit_status: a line that says what it means; NULL where that is as ever
 */
struct command {
	const char *name;
	const char *operands;
	const char *about;
	const struct option_group *groups;
	bool in_order;
	void (*more)(void);
	const char *examples;
	const char *exit_status;
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

/* A row for --verbose, with a bool. */
extern const struct option_row verbose_options[];

#endif
