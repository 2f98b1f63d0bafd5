/* SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause */
/* The BPF program that walks the kernel's list, bpf/wsdump.bpf.c: loading and pinning it. */
#ifndef WSDUMP_LOADER_WALK_H
#define WSDUMP_LOADER_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/fail.h"

/**
 * struct walk - the program, with its buffer
 * @prog_fd: to be run with a struct ws_walk
 * @buffer_fd: the map that it fills
 * @chunks: how many of WS_CHUNK_SIZE that has
 * @lock_fd: while it is a pinned one, for this process alone; or -1
 */
struct walk {
	int prog_fd;
	int buffer_fd;
	uint32_t chunks;
	int lock_fd;
};

/* Of nothing: may be closed. */
#define WALK_NONE { .prog_fd = -1, .buffer_fd = -1, .lock_fd = -1 }

/**
 * walk_load() - load it, and the module that it needs if that can be done
 * @chunks: size of the buffer
 * @verbose: print the verifier's log on stderr
 *
 * Return: 0, or a negative errno with the reason in @why: -ENOSYS where the kfuncs are missing.
 */
int walk_load(struct walk *walk, uint32_t chunks, bool verbose, struct fail *why);

/**
 * walk_open_pinned() - use what walk_pin() has left, of this version of the program
 *
 * Return: 0, or -1 where there is none, or another process is using it.
 */
int walk_open_pinned(struct walk *walk);

/**
 * walk_pin() - keep it for later processes
 *
 * In the place of what may be pinned already, by whoever has that locked.
 *
 * Return: 0, or -1 with the reason in @why.
 */
int walk_pin(struct walk *walk, struct fail *why);

/** walk_unpin() - undo that: 1, 0 when nothing was pinned, or -1 with the reason in @why */
int walk_unpin(struct fail *why);

/** walk_origin() - where the kfuncs that it needs come from, see kfuncs_origin() */
void walk_origin(char *buf, size_t size);

/** walk_close() - unload it, but for what is pinned */
void walk_close(struct walk *walk);

#endif
