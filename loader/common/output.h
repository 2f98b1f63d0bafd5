/* SPDX-License-Identifier: GPL-2.0-only */
/* Where a verb that runs a command prints: standard output is the command's. */
#ifndef WSDUMP_LOADER_OUTPUT_H
#define WSDUMP_LOADER_OUTPUT_H

#include "newfile.h"
#include "options.h"

/**
 * struct output - where to print
 * @path: the file; NULL for standard error
 * @file: what is written of that
 */
struct output {
	const char *path;
	struct newfile file;
};

/* A row for --write, with a struct output. */
extern const struct option_row output_options[];

/**
 * output_open() - open it before the command runs
 *
 * Return: a descriptor, or -1 with the reason in @why.
 */
int output_open(struct output *output, struct fail *why);

/** output_begin() - what out.h prints goes there from here on: 0, or -1 with the reason in @why */
int output_begin(int fd, struct fail *why);

/** output_finish() - all has been printed, by out.h: 0, or -1 with the reason in @why */
int output_finish(struct output *output, struct fail *why);

/** output_drop() - forget what was not finished */
void output_drop(struct output *output);

#endif
