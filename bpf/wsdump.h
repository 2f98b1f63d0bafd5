/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the BPF walk of wakeup sources and its caller say to each other: the
 * context of one run, and the records it leaves in the buffer.
 *
 * The buffer is an array map of chunks, mapped by the caller as one piece. Every
 * position in it is a byte offset from its start. Records form a chain: the first
 * is at ws_walk.first, each names the next. What lies between them is padding.
 */
#ifndef WSDUMP_BPF_WSDUMP_H
#define WSDUMP_BPF_WSDUMP_H

#include <linux/types.h>

/* One element of the buffer map. A power of two, so that offsets can be masked. */
#define WS_CHUNK_SIZE	(32U * 1024)

enum ws_record_flags {
	WS_ACTIVE	= 1 << 0,	/* keeps the system awake now */
	WS_AUTOSLEEP	= 1 << 1,	/* prevent_sleep_time_ns is being counted */
	WS_HAS_PARENT	= 1 << 2,	/* registered for a device, named by parent_off */
};

/**
 * struct ws_record - one wakeup source, as it was at one instant
 * @total_time_ns: time spent active, the current span included
 * @max_time_ns: longest span active, the current one included
 * @last_change_ns: when it was last activated or released, on CLOCK_MONOTONIC
 * @active_time_ns: length of the current span, 0 when not active
 * @prevent_sleep_time_ns: time spent keeping autosleep from suspending
 * @event_count: wakeup events signalled
 * @active_count: times activated
 * @relax_count: times released
 * @expire_count: times released by its timeout
 * @wakeup_count: times it might have aborted a suspend
 * @next_off: offset of the next record, the end of the buffer's use for the last
 * @name_off: offset of the name, NUL-terminated bytes of any value
 * @parent_off: offset of the parent device's name, likewise; see WS_HAS_PARENT
 * @name_len: length of the name in bytes, without the NUL
 * @parent_len: length of the parent's name in bytes, without the NUL
 * @id: the kernel's number for it: wakeup<id> in /sys/class/wakeup
 * @flags: of enum ws_record_flags
 */
struct ws_record {
	__u64 total_time_ns;
	__u64 max_time_ns;
	__u64 last_change_ns;
	__u64 active_time_ns;
	__u64 prevent_sleep_time_ns;
	__u64 event_count;
	__u64 active_count;
	__u64 relax_count;
	__u64 expire_count;
	__u64 wakeup_count;
	__u32 next_off;
	__u32 name_off;
	__u32 parent_off;
	__u32 name_len;
	__u32 parent_len;
	__s32 id;
	__u32 flags;
	__u32 pad;
};

enum ws_walk_status {
	WS_WALK_RUNNING,	/* the program never reached its end */
	WS_WALK_COMPLETE,	/* every source on the list has its record */
	WS_WALK_NO_SPACE,	/* the buffer must hold ws_walk.bytes; walk again */
	WS_WALK_BUSY,		/* a source kept changing while it was read; walk again */
	WS_WALK_BAD_MEMORY,	/* a pointer of the list or a name could not be followed */
	WS_WALK_TOO_MANY,	/* more sources than one program may visit, or 4 GiB of them */
};

/**
 * struct ws_walk - context of one run of the walk
 * @chunks: in: how many chunks the buffer has
 * @status: out: of enum ws_walk_status; the records are valid for
 *	    WS_WALK_COMPLETE only
 * @first: out: offset of the first record
 * @sources: out: number of sources met
 * @bytes: out: size that the buffer needs
 * @retries: out: how often a source was read again because it had changed
 * @time_ns: out: CLOCK_MONOTONIC when the walk began
 */
struct ws_walk {
	__u32 chunks;
	__u32 status;
	__u32 first;
	__u32 sources;
	__u64 bytes;
	__u64 retries;
	__u64 time_ns;
};

#endif
