/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The bytes of a saved list. Opening, reading and parsing are three steps, because
 * the first takes its user's rights, and the last should have none.
 */
#ifndef WSDUMP_LOADER_SAVED_FILE_H
#define WSDUMP_LOADER_SAVED_FILE_H

#include <stddef.h>

#include "fail.h"

/* 150,000 rows; json-c makes some thirty times as much of the worst of it. */
#define SAVED_MAX_BYTES	(64 << 20)	/* and so an int can count three times as much */

/* Zeros are none. */
struct saved_file {
	const char *name;	/* for messages */
	int fd;
	char *text;
	size_t len;
};

/**
 * saved_open() - open a file
 * @path: "-" is standard input; pipes are fine
 *
 * Return: 0, or -1 with the reason in @why.
 */
int saved_open(struct saved_file *file, const char *path, struct fail *why);

/**
 * saved_read() - read all of it
 *
 * What is larger than any list is read up to where that is known.
 *
 * Return: 0, or -1 with the reason in @why.
 */
int saved_read(struct saved_file *file, struct fail *why);

/** saved_close() - the end of it, and of its bytes */
void saved_close(struct saved_file *file);

#endif
