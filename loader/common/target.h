/* SPDX-License-Identifier: GPL-2.0-only */
/* Where a command prints to: standard output, or a file that is there when it is complete. */
#ifndef WSDUMP_LOADER_TARGET_H
#define WSDUMP_LOADER_TARGET_H

#include <stdbool.h>
#include <sys/types.h>

#include "newfile.h"
#include "options.h"

/**
 * struct target - what the options say of it; all 0 is standard output
 * @path: the file
 * @mode: its permissions
 * @has_mode: were any given?
 * @file: while it is written
 */
struct target {
	const char *path;
	mode_t mode;
	bool has_mode;
	struct newfile file;
};

/* Rows of options, to a struct target. */
extern const struct option_row target_options[];

/** target_check() - make sense of the options together: 0, or -1 with the user's mistake */
int target_check(const struct target *target, struct fail *why);

/**
 * target_open() - standard output is the file from here on, if there is one
 *
 * Return: 0, or -1 with the reason in @why; target_drop() has to be called in any case.
 */
int target_open(struct target *target, struct fail *why);

/** target_finish() - all has been printed, by out.h: 0, or -1 with the reason in @why */
int target_finish(struct target *target, struct fail *why);

/** target_drop() - give up what is not finished */
void target_drop(struct target *target);

#endif
