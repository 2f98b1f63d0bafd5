/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The BPF programs: bpf/dmabufdump.bpf.c, which walks the kernel's list of dma-bufs, and
 * bpf/dmabuf_holders.bpf.c, which looks who holds them. Loading, pinning and running them.
 */
#ifndef DMABUFDUMP_PROGRAMS_H
#define DMABUFDUMP_PROGRAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/fail.h"
#include "../../bpf/dmabufdump.h"

/* The objects that are loaded, in the order of their names in programs.c. */
enum object {
	OBJECT_WALK,		/* to be run with a struct db_walk */
	OBJECT_BUFFER,		/* the map that it fills */
	OBJECT_FILES,		/* links of the two iterators */
	OBJECT_MAPS,
	OBJECT_SETTINGS,	/* the map with their variable */
	NR_OBJECTS,
};

/**
 * struct programs - what is loaded
 * @fds: descriptors by object, -1 for none
 * @room: records that the buffer has room for
 * @records: the buffer, mapped; NULL if it is not
 * @with_records: the iterators' variable, mapped
 * @lock_fd: while they are pinned ones, for this process alone; or -1
 */
struct programs {
	int fds[NR_OBJECTS];
	uint32_t room;
	const struct db_record *records;
	int *with_records;
	int lock_fd;
};

/* Of nothing: may be closed. */
#define PROGRAMS_NONE { .fds = { -1, -1, -1, -1, -1 }, .lock_fd = -1 }

/* For programs_open() */
enum {
	PROGRAMS_VERBOSE = 1 << 0,	/* print the verifier's log on stderr; implies: */
	PROGRAMS_LOAD = 1 << 1,		/* don't use what is pinned */
	PROGRAMS_HELD = 1 << 2,		/* do without the walk */
};

/**
 * programs_open() - use what is pinned, or load it
 * @p: PROGRAMS_NONE
 * @flags: of these
 * @why: the reason when it fails
 *
 * Return: 0; 1 when only the walk can't be had, with the reason in @why; or -1.
 */
int programs_open(struct programs *p, unsigned int flags, struct fail *why);

/**
 * programs_walk() - copy what the kernel has of each dma-buf
 * @nr: set to the number of @p->records, good until the next walk
 *
 * Return: 0, or -1 with the reason in @why.
 */
int programs_walk(struct programs *p, size_t *nr, struct fail *why);

/**
 * programs_read() - what one of the iterators tells
 * @object: OBJECT_FILES or OBJECT_MAPS
 * @with_records: get struct db_held, not struct db_holder
 * @data: read records are added here, to be freed
 * @size: bytes of it
 *
 * Return: 0, or -1 with the reason in @why.
 */
int programs_read(struct programs *p, enum object object, bool with_records, char **data,
		  size_t *size, struct fail *why);

/**
 * programs_pin() - keep them for later processes
 *
 * Return: 0, or -1 with the reason in @why.
 */
int programs_pin(struct programs *p, struct fail *why);

/** programs_unpin() - undo that: 1, 0 when nothing was pinned, or -1 with the reason in @why */
int programs_unpin(struct fail *why);

/**
 * programs_pin_text() - pin a file that reads as --format android
 * @path: in bpffs; what is there is replaced, a missing directory is made
 * @nr: how many dma-bufs there are
 * @verbose: print the verifier's log on stderr
 *
 * Return: 0, or -1 with the reason in @why.
 */
int programs_pin_text(const char *path, size_t nr, bool verbose, struct fail *why);

/** programs_origin() - where the kfuncs that the walk needs come from, see kfuncs_origin() */
void programs_origin(char *buf, size_t size);

/** programs_close() - unload them, but for what is pinned */
void programs_close(struct programs *p);

#endif
