/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * All dma-bufs of the kernel at one time, and the processes that hold them by file descriptors
 * or mappings.
 */
#ifndef DMABUFDUMP_SNAPSHOT_H
#define DMABUFDUMP_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/fail.h"
#include "programs.h"

/* Was a buffer there all the time that it took? */
enum buffer_state {
	BUFFER_STAYED,
	BUFFER_NEW,		/* made meanwhile, so not all holders may be known */
	BUFFER_GONE,		/* freed meanwhile */
};

/**
 * struct buffer - one dma-buf
 * @record: what the kernel has of it
 * @state: whether it was there all the time
 * @first: its holdings, in the order of processes: the index of the first
 * @procs: and how many
 * @fds: file descriptors of all processes
 * @maps: mappings likewise
 * @held_by: "PID:COMM PID:COMM", or "kernel" when no process holds it
 * @held_by_len: bytes of that
 */
struct buffer {
	struct db_record record;
	enum buffer_state state;
	uint32_t first, procs;
	uint32_t fds, maps;
	const char *held_by;
	size_t held_by_len;
};

/**
 * struct process - one that holds buffers
 * @pid: its number, in the first namespace of the machine
 * @comm: its name
 * @rss: bytes of all buffers that it holds
 * @pss: the same, each divided by the number of processes that hold it
 * @unique: bytes of those that no other process holds
 * @buffers: how many buffers
 * @fds: file descriptors
 * @maps: mappings
 * @shared_with: as @held_by of a buffer, of all who hold a buffer of it; NULL for nobody
 * @shared_with_len: bytes of that
 */
struct process {
	uint32_t pid;
	char comm[DB_COMM_LEN];
	uint64_t rss, pss, unique;
	uint32_t buffers, fds, maps;
	const char *shared_with;
	size_t shared_with_len;
};

/**
 * struct holding - a process holds a buffer
 * @buffer: index of the buffer
 * @process: index of the process
 * @fds: by so many file descriptors
 * @maps: and mappings
 */
struct holding {
	uint32_t buffer, process;
	uint32_t fds, maps;
};

/**
 * struct exporter - all buffers of one driver
 * @name: what it calls itself
 * @buffers: how many
 * @bytes: of all
 * @kernel_buffers: those that no process holds
 * @kernel_bytes: of these
 */
struct exporter {
	char name[DB_NAME_LEN];
	uint64_t buffers, bytes, kernel_buffers, kernel_bytes;
};

/**
 * struct snapshot - all of them
 * @buffers: in the order of the kernel's list, the newest first; what is gone stands last
 * @processes: by number
 * @holdings: by buffer
 * @exporters: the one with most bytes first
 * @bytes: of all buffers
 * @kernel_buffers: those that no process holds
 * @kernel_bytes: of these
 * @held_only: it was made without the kernel's list, and lacks those
 * @realtime_ns: when it was made, since 1970
 * @texts: memory of the texts in it
 */
struct snapshot {
	struct buffer *buffers;
	size_t nr_buffers;
	struct process *processes;
	size_t nr_processes;
	struct holding *holdings;
	size_t nr_holdings;
	struct exporter *exporters;
	size_t nr_exporters;
	uint64_t bytes, kernel_buffers, kernel_bytes;
	bool held_only;
	uint64_t realtime_ns;
	char *texts[2];
};

/**
 * snapshot_take() - make one
 * @p: the programs
 * @held_only: without the kernel's list
 * @snap: zeroed; to be given to snapshot_free() in any case
 *
 * Return: 0, or -1 with the reason in @why.
 */
int snapshot_take(struct programs *p, bool held_only, struct snapshot *snap, struct fail *why);

/** snapshot_hold() - set @held_by of all buffers; returns 0, or -1 with the reason in @why */
int snapshot_hold(struct snapshot *snap, struct fail *why);

/**
 * snapshot_share() - find out @shared_with of all processes
 *
 * Return: 0, or -1 without memory.
 */
int snapshot_share(struct snapshot *snap);

/** snapshot_free() - free what snapshot_take() has left */
void snapshot_free(struct snapshot *snap);

#endif
