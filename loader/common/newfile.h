/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A file that is there when it is complete, and not before: it is written beside the
 * place it is for, and takes that when all went well. The one way to write files.
 */
#ifndef WSDUMP_LOADER_NEWFILE_H
#define WSDUMP_LOADER_NEWFILE_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include "fail.h"
#include "keeper.h"

struct newfile {
	FILE *f;		/* NULL when there is none */
	const char *path;	/* the caller's */
	char *beside;		/* path of what is being written; NULL for a device or a pipe */
	struct keeper keeper;
};

/**
 * newfile_open() - begin to write a file
 * @path: what it will be; an existing file is replaced, a link is not followed. A device or a
 *	  pipe is written to as it is
 * @mode: its permissions
 *
 * Takes the rights that the caller has now: it may give them up before newfile_finish().
 *
 * Return: 0, or -1 with the reason in @why.
 */
int newfile_open(struct newfile *file, const char *path, mode_t mode, struct fail *why);

/**
 * newfile_finish() - the file is complete
 * @sync: wait until it is on the disk
 *
 * Return: 0, or -1 with the reason in @why, and what was at the path is there still.
 */
int newfile_finish(struct newfile *file, bool sync, struct fail *why);

/**
 * newfile_drop() - give up; does nothing after newfile_finish(), or on a struct of zeros
 */
void newfile_drop(struct newfile *file);

#endif
