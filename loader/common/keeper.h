/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A process that keeps the right to put a file into its place when the one that writes the
 * file gives up its own. All that it can be asked for is that one file, whole or not at all.
 */
#ifndef WSDUMP_LOADER_KEEPER_H
#define WSDUMP_LOADER_KEEPER_H

#include <sys/types.h>

/* Zeros are none. */
struct keeper {
	pid_t pid;
	int ask[2];	/* a pipe; both ends stay open here, so that no write to it fails */
};

/**
 * keeper_start() - start it
 * @beside: the file as it is being written
 * @path: where it is to be
 *
 * From then on @beside is renamed or removed by it, even if this process is killed.
 *
 * Return: 0, or -1 with errno set.
 */
int keeper_start(struct keeper *keeper, const char *beside, const char *path);

/** keeper_commit() - have the file put into its place: 0, or the error why it is not there */
int keeper_commit(struct keeper *keeper);

/** keeper_drop() - have it removed; does nothing after the other, or on a struct of zeros */
void keeper_drop(struct keeper *keeper);

#endif
