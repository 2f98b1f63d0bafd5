/* SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-only OR BSD-2-Clause */
/*
 * What the BPF walk of wakeup sources and its caller say to each other: the context of one
 * run, and the records it leaves in the buffer.
 *
 * The buffer is an array map of chunks, which the caller maps as one piece of memory. Records
 * form a chain: the first is at the start, each says where the next one is, and where its strings
 * are, as distances in bytes.
 */
#ifndef WSDUMP_BPF_WSDUMP_H
#define WSDUMP_BPF_WSDUMP_H

#include <linux/types.h>

/*
 * Records begin in the first part of a chunk, which is a power of two, so that the verifier can
 * be shown where. Behind that is room for the last one's end.
 */
#define WS_CHUNK_BEGIN	(32U * 1024)
#define WS_CHUNK_SIZE	(WS_CHUNK_BEGIN + 12 * 1024)

/**
 * struct ws_numbers - what the kernel counts of a wakeup source, as it was at one instant
 * @event_count: wakeup events signalled
 * @active_count: times activated
 * @relax_count: times released
 * @expire_count: times released by its timeout
 * @wakeup_count: times it might have aborted a suspend
 * @total_time_ns: time spent active, without the current span
 * @max_time_ns: longest span active, without the current one
 * @last_change_ns: when it was last activated or released, on CLOCK_MONOTONIC
 * @start_prevent_ns: when it began to keep autosleep from suspending, if it does
 * @prevent_sleep_time_ns: time spent doing so before that
 *
 * As the kernel keeps them; who prints them adds the current span. "At one instant" has an
 * assumption on machines other than x86: see read_instant() in wsdump.bpf.c.
 */
struct ws_numbers {
	__u64 event_count;
	__u64 active_count;
	__u64 relax_count;
	__u64 expire_count;
	__u64 wakeup_count;
	__u64 total_time_ns;
	__u64 max_time_ns;
	__u64 last_change_ns;
	__u64 start_prevent_ns;
	__u64 prevent_sleep_time_ns;
};

/**
 * struct ws_string - bytes of any value but NUL, with a NUL behind them
 * @off: distance from their record, 0 for none
 * @len: how many, without the NUL
 */
struct ws_string {
	__u32 off;
	__u32 len;
};

/**
 * struct ws_record - one wakeup source
 * @size: distance to the next record
 * @id: the kernel's number for it: wakeup<id> in /sys/class/wakeup
 * @name: its name
 * @parent: name of the device it was registered for
 * @active: keeps the system awake now
 * @autosleep: prevent_sleep_time_ns is being counted
 * @read_ns: when it was read and active, on CLOCK_MONOTONIC; for @active only
 * @name_addr: where the kernel has the name, see ws_event.name_addr
 * @node_addr: where it has the node in sysfs, which notes the device; 0 for none
 * @numbers: its counts and times; of one that never had an event, all are 0, whatever is in
 *	     those behind the first
 */
struct ws_record {
	__u32 size;
	__s32 id;
	struct ws_string name;
	struct ws_string parent;
	__u32 active;
	__u32 autosleep;
	__u64 read_ns;
	__u64 name_addr;
	__u64 node_addr;
	struct ws_numbers numbers;
};

enum ws_walk_status {
	WS_WALK_RUNNING,	/* the program never reached its end */
	WS_WALK_COMPLETE,	/* every source on the list has its record */
	WS_WALK_NO_SPACE,	/* the buffer is too small; walk again with a larger one */
	WS_WALK_BUSY,		/* a source kept changing while it was read; walk again */
	WS_WALK_BAD_MEMORY,	/* a pointer of the list or a name could not be followed */
	WS_WALK_TOO_MANY,	/* more sources than one program may visit */
	WS_WALK_UNKNOWN_LOCK,	/* can't tell when this kernel changes a source */
};

/**
 * struct ws_walk - context of one run of the walk; all 0 before it
 * @status: of enum ws_walk_status; the records are valid for WS_WALK_COMPLETE only
 * @stored: number of sources that have a record
 * @left_out: and of those that have none for lack of room, as far as they were counted
 * @chunk: where the next record goes, so in the end how far the buffer was filled
 * @off: in that chunk
 * @retries: how often a source was read in vain
 * @time_ns: CLOCK_MONOTONIC when the walk began
 * @head: of the kernel's list
 * @entry: of that list: the next one to read
 * @rest: what is still to be copied of a long string, or 0
 * @len: how much of it has been copied
 * @free: the first chunk behind those in use
 *
 * All but the results are the program's own. They are here since a value loaded from the
 * context is any number to the verifier, so it has seen all turns of a loop after two.
 */
struct ws_walk {
	__u32 status;
	__u32 stored;
	__u32 left_out;
	__u32 chunk;
	__u32 off;
	__u32 retries;
	__u64 time_ns;
	__u64 head;
	__u64 entry;
	__u64 rest;
	__u32 len;
	__u32 free;
};

#endif
