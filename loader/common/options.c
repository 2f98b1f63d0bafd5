// SPDX-License-Identifier: GPL-2.0-only
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "streams.h"
#include "text.h"

#define MAX_OPTIONS 64

int option_flag(void *to, const char *arg, struct fail *why)
{
	(void)arg;
	(void)why;
	*(bool *)to = true;
	return 0;
}

int option_string(void *to, const char *arg, struct fail *why)
{
	(void)why;
	*(const char **)to = arg;
	return 0;
}

int option_number(void *to, const char *arg, struct fail *why)
{
	uint64_t *number = to;
	char *end;

	errno = 0;
	*number = strtoull(arg, &end, 10);
	/* strtoull() takes a sign and blanks as well */
	if (errno || *end || *arg < '0' || *arg > '9' || !*number)
		return fail(why, "'%s' is no number from 1 on", arg);
	return 0;
}

const struct option_row verbose_options[] = {
	{ "verbose", 'v', NULL, "print the log of the kernel's BPF verifier on stderr",
	  option_flag, 0 },
	{ 0 }
};

/* Of every command; they have no set(). */
static const struct option_row common_options[] = {
	{ "help", 'h', NULL, "print this help", NULL, 0 },
	{ "version", 'V', NULL, "print the version", NULL, 0 },
	{ 0 }
};

/*
 * Arguments, names and files are quoted in messages, which stay one line and harm no
 * terminal whatever these are. @hint is ours.
 */
static void say(const char *text, const char *hint)
{
	/* a byte takes four at most */
	char line[4 * sizeof(((struct fail *)0)->text)];

	text_fit(line, sizeof(line), text, strlen(text), SIZE_MAX);
	fprintf(stderr, "%s: %s%s\n", program_name, line, hint);
}

int complain(const char *why)
{
	say(why, "");
	return STATUS_FAILED;
}

int usage_error(const struct command *cmd, const char *fmt, ...)
{
	struct fail why;
	char hint[64];
	va_list args;

	va_start(args, fmt);
	vsnprintf(why.text, sizeof(why.text), fmt, args);
	va_end(args);
	snprintf(hint, sizeof(hint), ": try '%s --help'", cmd->name);
	say(why.text, hint);
	return STATUS_USAGE;
}

static void help_rows(const struct option_row *row)
{
	for (; row->name; row++) {
		char option[32];

		if (!row->help)
			continue;
		snprintf(option, sizeof(option), "--%s%s%s", row->name, row->arg ? " " : "",
			 row->arg ?: "");
		if (row->letter)
			printf(" -%c, %-18s %s\n", row->letter, option, row->help);
		else
			printf("     %-18s %s\n", option, row->help);
	}
}

static int help(const struct command *cmd)
{
	const struct option_group *g;
	struct fail why;

	printf("Usage: %s [options]%s%s\n%s", cmd->name, *cmd->operands ? " " : "",
	       cmd->operands, cmd->about);
	for (g = cmd->groups; g->rows; g++) {
		/* a group without a title continues the one before */
		if (g->title)
			printf("\n%s:\n", g->title);
		help_rows(g->rows);
	}
	help_rows(common_options);
	if (cmd->more)
		cmd->more();
	printf("\nExamples:\n%s%s%sMore in %s(8).\n", cmd->examples,
	       cmd->exit_status ?: "Exit status: 0 fine, 1 failed, 2 wrong usage.",
	       cmd->exit_status ? "\n" : " ", program_name);
	return close_stdout(&why) ? complain(why.text) : STATUS_OK;
}

static int version(void)
{
	struct fail why;

	printf("%s %s\n", program_name, WSDUMP_VERSION);
	program_version();
	return close_stdout(&why) ? complain(why.text) : STATUS_OK;
}

/* The tables in getopt's form. */
struct parser {
	struct option longs[MAX_OPTIONS + 1];
	char shorts[2 * MAX_OPTIONS + 3];
	const struct option_row *rows[MAX_OPTIONS];
	void *to[MAX_OPTIONS];
	int nr, nr_shorts;
};

static void add(struct parser *p, const struct option_row *row, void *to)
{
	for (; row->name && p->nr < MAX_OPTIONS; row++, p->nr++) {
		p->longs[p->nr] = (struct option) {
			.name = row->name,
			.has_arg = row->arg ? required_argument : no_argument,
			.val = 256 + p->nr,
		};
		p->rows[p->nr] = row;
		p->to[p->nr] = to;
		if (row->letter)
			p->shorts[p->nr_shorts++] = row->letter;
		if (row->letter && row->arg)
			p->shorts[p->nr_shorts++] = ':';
	}
}

/* Which row the value of getopt is for; -1 for none. */
static int row_of(const struct parser *p, int c)
{
	if (c >= 256)
		return c - 256;
	for (int i = 0; i < p->nr; i++)
		if (c && p->rows[i]->letter == c)
			return i;
	return -1;
}

/* A short option by its letter, a long one as it was typed. */
static int bad_option(const struct command *cmd, const struct parser *p, int c, char **argv)
{
	bool known = row_of(p, optopt) >= 0;

	if (c == ':' && optopt < 256)
		return usage_error(cmd, "option '-%c' needs an argument", optopt);
	if (c == ':')
		return usage_error(cmd, "option '%s' needs an argument", argv[optind - 1]);
	if (optopt > 0 && optopt < 256 && !known)
		return usage_error(cmd, "unknown option '-%c'", optopt);
	if (optopt >= 256)
		return usage_error(cmd, "option '%s' takes no argument", argv[optind - 1]);
	return usage_error(cmd, "unknown option '%s'", argv[optind - 1]);
}

int command_parse(const struct command *cmd, int argc, char **argv, int *first)
{
	const struct option_group *g;
	struct parser p;
	struct fail why;
	int c, i;

	*first = 1;
	if (argc < 2)
		return -1;

	p.nr = 0;
	p.nr_shorts = 0;
	if (cmd->in_order)
		p.shorts[p.nr_shorts++] = '+';
	p.shorts[p.nr_shorts++] = ':';	/* tell a missing argument from an unknown option */
	for (g = cmd->groups; g->rows; g++)
		add(&p, g->rows, g->to);
	add(&p, common_options, NULL);
	p.longs[p.nr] = (struct option) { 0 };
	p.shorts[p.nr_shorts] = '\0';

	opterr = 0;	/* one line, ours */
	while ((c = getopt_long(argc, argv, p.shorts, p.longs, NULL)) != -1) {
		i = c == '?' || c == ':' ? -1 : row_of(&p, c);
		if (i < 0)
			return bad_option(cmd, &p, c, argv);
		if (!p.rows[i]->set)
			return p.rows[i]->letter == 'h' ? help(cmd) : version();
		if (p.rows[i]->set((char *)p.to[i] + p.rows[i]->at, optarg, &why))
			return usage_error(cmd, "%s", why.text);
	}
	*first = optind;
	return -1;
}
