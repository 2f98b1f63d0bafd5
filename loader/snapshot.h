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

#include "../bpf/wsdump.h"
#include "fail.h"

/**
 * struct wakeup_source - one wakeup source of a snapshot
 * @rec: counts, times and flags
 * @name: bytes of any value but NUL, which ends them
 * @parent: name of the parent device, NULL where there is none
 * @name_len: length of @name in bytes
 * @parent_len: length of @parent in bytes
 */
struct wakeup_source {
	const struct ws_record *rec;
	const char *name;
	const char *parent;
	uint32_t name_len;
	uint32_t parent_len;
};

/**
 * struct snapshot - all wakeup sources of a kernel at one time
 * @sources: in the order of the kernel's list, the newest first
 * @nr_sources: how many
 * @monotonic_ns: when it was taken, on CLOCK_MONOTONIC, the clock of the records
 * @realtime_ns: the same moment on CLOCK_REALTIME, since 1970
 */
struct snapshot {
	const struct wakeup_source *sources;
	size_t nr_sources;
	uint64_t monotonic_ns;
	uint64_t realtime_ns;
};

struct reader;

/**
 * reader_open() - load what is needed to take snapshots
 * @verbose: print the verifier's log on stderr
 * @why: the reason when it fails
 *
 * Loads the kernel module if that is installed, needed and not loaded yet.
 *
 * Return: the reader, or NULL.
 */
struct reader *reader_open(bool verbose, struct fail *why);

/**
 * reader_pin() - load, and keep what was loaded for later processes
 * @verbose: as for reader_open()
 * @why: the reason when it fails
 *
 * From then on reader_open() finds it, in this version of the program. Of several
 * readers at one time the first uses it, the others load their own. While it lasts,
 * until reader_unpin() or the next boot, the kernel module can't be unloaded.
 *
 * Return: 0, or -1.
 */
int reader_pin(bool verbose, struct fail *why);

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
