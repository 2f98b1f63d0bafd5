/* SPDX-License-Identifier: GPL-2.0-only */
/* Options that diff, run and watch share: to a struct change_options. */
#ifndef WSDUMP_LOADER_CHANGES_OPTIONS_H
#define WSDUMP_LOADER_CHANGES_OPTIONS_H

#include "changes.h"
#include "common/options.h"

#define MAX_CHANGE_GLOBS 32

/**
 * struct change_options - what the options say; all 0 but @view.all is the default
 * @view: what to print
 * @print: how
 * @output: the argument of --output
 * @output_all: all columns
 * @globs: the arguments of --name
 */
struct change_options {
	struct change_view view;
	int (*print)(const struct change_view *view, const struct change_meta *meta,
		     struct fail *why);
	const char *output;
	bool output_all;
	char *globs[MAX_CHANGE_GLOBS];
};

extern const struct option_row change_what_options[];	/* which sources, in which order */
extern const struct option_row change_how_options[];	/* columns and format */

/**
 * change_options_ready() - make sense of the options together, when all have been parsed
 *
 * Return: 0, or -1 with the reason in @why, which is the user's mistake.
 */
int change_options_ready(struct change_options *o, struct fail *why);

/**
 * change_options_print() - choose from @cmp, and print it by out.h
 *
 * Return: 0, or -1 with the reason in @why.
 */
int change_options_print(struct change_options *o, const struct comparison *cmp,
			 const struct change_meta *meta, struct fail *why);

#endif
