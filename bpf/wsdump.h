/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the BPF walk of wakeup sources and its caller say to each other: the
 * context of one run, and the records it leaves in the buffer.
 *
 * The buffer is an array map of chunks, mapped by the caller as one piece. Every
 * position in it is a byte offset from its start, or from that of a record. Records form
 * a chain: the first is at the start, each says where the next one is.
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
	WS_NO_NODE	= 1 << 3,	/* not in sysfs, where the kernel notes the device */
	WS_HAS_NUMBERS	= 1 << 4,	/* had an event, ever */
};

/**
 * struct ws_numbers - what the kernel counts of a wakeup source, as it was at one instant
 * @total_time_ns: time spent active, without the current span
 * @max_time_ns: longest span active, without the current one
 * @last_change_ns: when it was last activated or released, on CLOCK_MONOTONIC
 * @read_ns: when it was read and active, on the same clock; 0 for one that is not WS_ACTIVE
 * @start_prevent_ns: when it began to keep autosleep from suspending, if it does
 * @prevent_sleep_time_ns: time spent doing so before that
 * @event_count: wakeup events signalled
 * @active_count: times activated
 * @relax_count: times released
 * @expire_count: times released by its timeout
 * @wakeup_count: times it might have aborted a suspend
 *
 * As the kernel keeps them; who prints them adds the current span.
 */
struct ws_numbers {
	__u64 total_time_ns;
	__u64 max_time_ns;
	__u64 last_change_ns;
	__u64 read_ns;
	__u64 start_prevent_ns;
	__u64 prevent_sleep_time_ns;
	__u64 event_count;
	__u64 active_count;
	__u64 relax_count;
	__u64 expire_count;
	__u64 wakeup_count;
};

/**
 * struct ws_record - one wakeup source
 * @size: distance to the next record
 * @name_off: distance to the name, NUL-terminated bytes of any value
 * @name_len: length of the name in bytes, without the NUL
 * @id: the kernel's number for it: wakeup<id> in /sys/class/wakeup
 * @flags: of enum ws_record_flags
 * @parent_off: distance to the parent device's name; for WS_HAS_PARENT only
 * @parent_len: length of that name; likewise
 * @name_addr: where the kernel has the name, see ws_event.name_addr
 * @numbers: for WS_HAS_NUMBERS only, without that they are all 0 and the name is here
 */
struct ws_record {
	__u32 size;
	__u32 name_off;
	__u32 name_len;
	__s32 id;
	__u32 flags;
	__u32 parent_off;
	__u32 parent_len;
	__u32 pad;
	__u64 name_addr;
	struct ws_numbers numbers;
};

enum ws_walk_status {
	WS_WALK_RUNNING,	/* the program never reached its end */
	WS_WALK_COMPLETE,	/* every source on the list has its record */
	WS_WALK_NO_SPACE,	/* the buffer is too small; walk again with a larger one */
	WS_WALK_BUSY,		/* a source kept changing while it was read; walk again */
	WS_WALK_BAD_MEMORY,	/* a pointer of the list or a name could not be followed */
	WS_WALK_TOO_MANY,	/* more sources than one program may visit, or 4 GiB of them */
};

/**
 * struct ws_walk - context of one run of the walk
 * @chunks: in: how many chunks the buffer has
 * @status: out: of enum ws_walk_status; the records are valid for
 *	    WS_WALK_COMPLETE only
 * @stored: out: number of sources that have a record, the last maybe but for its end
 * @left_out: out: and of those that have none for lack of room
 * @record: out: offset behind the last record; while the walk goes on, of the one being
 *	    made, or next
 * @retries: out: how often a source was read again because it had changed
 * @time_ns: out: CLOCK_MONOTONIC when the walk began
 * @entry: and all that follows: where the walk stands, the program's own. Kept here
 *	   because a value loaded from the context is any number to the verifier, so it
 *	   has seen all turns of a loop after two of them.
 * @lock_off: where the lock of a source is in it
 * @lock_mask: which bits of the eight bytes there are set while it is held
 * @dev: of the source with a long string
 * @rest: what is left of a long string, 0 for none
 * @text: where in the buffer that string begins
 * @bytes: and where its rest goes
 * @in_parent: it is the device's name
 * @tries: how often the source was read
 */
struct ws_walk {
	__u32 chunks;
	__u32 status;
	__u32 stored;
	__u32 left_out;
	__u64 record;
	__u64 retries;
	__u64 time_ns;

	__u64 entry;
	__u64 lock_off;
	__u64 lock_mask;
	__u64 dev;
	__u64 rest;
	__u64 text;
	__u64 bytes;
	__u32 in_parent;
	__u32 tries;
};

#endif
