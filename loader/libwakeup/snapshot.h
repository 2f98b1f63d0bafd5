/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Take a snapshot of the kernel's wakeup sources. What comes out knows nothing of
 * BPF; what is done with it is none of this file's business.
 *
 * A struct reader belongs to one thread at a time. A snapshot points into the
 * reader's buffer and is good until the next one is taken or the reader closed.
 */
#ifndef WSDUMP_LOADER_SNAPSHOT_H
#define WSDUMP_LOADER_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../../bpf/wsdump.h"
#include "common/fail.h"

/**
 * struct snapshot - all wakeup sources of a kernel at one time
 * @sources: one behind the other, in the order of the kernel's list, the newest first
 * @end: behind the last
 * @nr_sources: how many
 * @monotonic_ns: when it was taken, on CLOCK_MONOTONIC, the clock of the records
 * @realtime_ns: the same moment on CLOCK_REALTIME, since 1970
 */
struct snapshot {
	const struct wakeup_source *sources, *end;
	size_t nr_sources;
	uint64_t monotonic_ns;
	uint64_t realtime_ns;
};

/**
 * struct wakeup_source - one source of a snapshot
 * @rec: as the walk has left it in the buffer, its strings somewhere behind it
 */
struct wakeup_source {
	struct ws_record rec;
};

/** source_next() - the source behind @src, or the snapshot's end */
static inline const struct wakeup_source *source_next(const struct wakeup_source *src)
{
	return (const void *)((const char *)src + src->rec.size);
}

struct reader;

/**
 * enum reader_flags - for reader_open() and reader_pin()
 * @READER_VERBOSE: print the verifier's log on stderr; loads even what is pinned
 * @READER_MANY: take more time for loading and less for each snapshot
 */
enum reader_flags {
	READER_VERBOSE	= 1 << 0,
	READER_MANY	= 1 << 1,
};

/**
 * reader_open() - load what is needed to take snapshots
 * @flags: of enum reader_flags
 * @why: the reason when it fails
 *
 * Loads the kernel module if that is installed, needed and not loaded yet.
 *
 * Return: the reader, or NULL.
 */
struct reader *reader_open(unsigned int flags, struct fail *why);

/**
 * reader_pin() - load, and keep what was loaded for later processes
 * @flags: as for reader_open(); READER_MANY is implied
 * @why: the reason when it fails
 *
 * From then on reader_open() finds it, in this version of the program. Of several
 * readers at one time the first uses it, the others load their own. While it lasts,
 * until reader_unpin() or the next boot, the kernel module can't be unloaded.
 *
 * Return: 0, or -1.
 */
int reader_pin(unsigned int flags, struct fail *why);

/**
 * reader_unpin() - undo reader_pin(), of any version
 *
 * Return: 1, 0 when nothing was pinned, or -1 with the reason in @why.
 */
int reader_unpin(struct fail *why);

/**
 * reader_snapshot() - take a complete snapshot
 *
 * Return: 0 with all sources in @snap, or -1 with the reason in @why and nothing
 * in @snap.
 */
int reader_snapshot(struct reader *reader, struct snapshot *snap, struct fail *why);

/**
 * reader_close() - unload everything; NULL is fine
 */
void reader_close(struct reader *reader);

#endif
