/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the two programs have in common that copy every wakeup source of the kernel into
 * a buffer: the buffer, and how a source is read such that its record is of one instant.
 *
 * Policy: a snapshot is complete or it is refused. Where the buffer ends, the rest of
 * the list is counted and it is left to the caller to enlarge the buffer, a source that
 * changes while it is read is read again, and whatever else keeps the walk from the end
 * of the list has a status of its own.
 *
 * - wsdump.bpf.c needs the wakeup source kfuncs, and of the kernel nothing but helpers:
 *   bpf_loop() in the place of bpf_for() and bpf_probe_read_kernel() for the list's
 *   memory. It is loaded fast, and by kernels from 6.1 on.
 * - wsdump_direct.bpf.c, with DIRECT defined, reads that memory with loads of its own, as
 *   bpf_rdonly_cast() allows. That walk takes less than half the time. But this kfunc is
 *   the kernel's own (6.2), and finding it among 110,000 types costs many times what a
 *   walk does.
 */
#ifndef WSDUMP_BPF_WSDUMP_WALK_H
#define WSDUMP_BPF_WSDUMP_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#include "wakeup_source.h"
#include "wsdump.h"

/* Copied at a time from a string; what is longer than one slice takes more. */
#define SLICE		256U
#define IN_CHUNK	(WS_CHUNK_SIZE - 1)

/*
 * A record is followed by its name, and before that is known by a copy of the kernel's
 * struct, so this much has room in one chunk. The struct has 192 bytes, with all of
 * the kernel's lock debugging up to 400.
 */
#define COPY_SIZE	512U
#define ROOM		(sizeof(struct ws_record) + COPY_SIZE)

/* BPF_MAX_LOOPS, the kernel's bound for bpf_loop() */
#define MAX_LOOPS	(8 * 1024 * 1024)

/* A writer holds a source's lock for well under a microsecond. */
#define MAX_RETRIES	4096

struct buffer {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE | BPF_F_INNER_MAP);
	__uint(max_entries, 1);
	__type(key, __u32);
	__uint(value_size, WS_CHUNK_SIZE);
};

/*
 * The one element is the buffer to fill. Behind a level of indirection, because
 * a larger buffer can then be put in without loading the program again.
 */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);
	__type(key, __u32);
	__array(values, struct buffer);
} buffers SEC(".maps");

/*
 * Orders the loads before it with those after it, on every CPU: an atomic that
 * returns the old value is a full barrier. (One whose result is dropped is not, and
 * clang makes that of a fetch_and_add; an exchange it leaves alone.)
 */
static __always_inline void barrier_full(void)
{
	__u64 x = 0;

	__sync_lock_test_and_set(&x, 1);
}

/*
 * The kernel's memory, by either way. To the verifier a pointer of the list is a mere
 * number. bpf_rdonly_cast() makes it one to a struct, and a load through that gives 0
 * where there is no memory.
 */
#ifdef DIRECT
extern void *bpf_rdonly_cast(const void *obj, __u32 btf_id) __ksym;

#define CAST(type, addr) \
	((const struct type *)bpf_rdonly_cast((const void *)(addr), \
					      bpf_core_type_id_kernel(struct type)))
#define READ(type, addr, field) (CAST(type, addr)->field)
#else
/* What stands inside BPF_CORE_READ() is taken for the kernel's, so @addr must not. */
#define READ(type, addr, field) ({ \
	const struct type *at_ = (const void *)(addr); \
	BPF_CORE_READ(at_, field); })
#endif

/* Let @ws be the source at @addr, or a copy of it at @copy. Negative on a fault. */
#ifdef DIRECT
#define LOOK_AT(ws, addr, copy) ((void)(copy), (ws) = CAST(wakeup_source, addr), 0)
#else
#define LOOK_AT(ws, addr, copy) \
	((ws) = (copy), bpf_probe_read_kernel((copy), bpf_core_type_size(struct wakeup_source), \
					      (const void *)(addr)))
#endif

/* The list's next entry. Its head is in no source, but next_of() touches nothing else. */
static __always_inline __u64 next_of(__u64 entry)
{
	return (__u64)READ(wakeup_source,
			   entry - bpf_core_field_offset(struct wakeup_source, entry), entry.next);
}

/* Any eight bytes, as if they were a source's first number. */
#define NUMBERS(addr) ((addr) - bpf_core_field_offset(struct wakeup_source, total_time))

static __always_inline __u64 read_u64(__u64 addr)
{
	return READ(wakeup_source, NUMBERS(addr), total_time);
}

/* Skip to the next chunk unless @size bytes fit in the rest of this one. */
static __always_inline __u64 fit(__u64 off, __u32 size)
{
	if ((off & IN_CHUNK) > WS_CHUNK_SIZE - size)
		off = (off + IN_CHUNK) & ~(__u64)IN_CHUNK;
	return off;
}

/*
 * Every change to a source is made under its lock. No kfunc takes that, but whether
 * someone holds it can be read: a word that is not 0 then. Where it is depends on the
 * kernel; on one for a single CPU there is none, but there the lock is held with
 * interrupts off, so never while this runs.
 */
static __always_inline void find_lock(struct ws_walk *ctx)
{
	const struct wakeup_source *ws = NULL;

	ctx->lock_off = 0;
	ctx->lock_mask = 0;
	if (bpf_core_field_exists(struct wakeup_source___rt, lock.lock.owner)) {
		ctx->lock_off = bpf_core_field_offset(struct wakeup_source___rt, lock.lock.owner);
		ctx->lock_mask = ~0ULL;
	} else if (bpf_core_field_exists(ws->lock.rlock.raw_lock.val.counter)) {
		ctx->lock_off = bpf_core_field_offset(struct wakeup_source,
						      lock.rlock.raw_lock.val.counter);
		/* four bytes of the eight that are read */
		ctx->lock_mask = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ?
				 0xffffffffULL : 0xffffffffULL << 32;
	}
}

/*
 * Both flags are bits of one byte, which walk() makes sure of. BPF_CORE_READ_BITFIELD()
 * reads a bit field of any size, with four times the code, and what the verifier removes
 * of that it removes piece by piece, each time moving all the rest.
 */
#define FLAG_OFF(field) \
	__builtin_preserve_field_info(((struct wakeup_source *)0)->field, BPF_FIELD_BYTE_OFFSET)
#define FLAG(byte, field) \
	((__u64)(byte) << __builtin_preserve_field_info(((struct wakeup_source *)0)->field, \
							BPF_FIELD_LSHIFT_U64) >> 63)

static __always_inline __u8 read_flags(const struct wakeup_source *ws)
{
	return *((const __u8 *)ws + FLAG_OFF(active));
}

/*
 * Fill @r with what the kernel counts of the source at @addr, by way of @copy, and tell
 * whether it holds one instant of the source. Returns where in the record the name goes
 * if it does, 0 if the source was changing, negative on a fault.
 *
 * The source is read twice, and at one instant between the two its lock is free: that
 * is the instant. Whoever had the lock before was done by then, so the second reading
 * has all of what they did; whoever takes it later, the first reading has nothing of.
 * Both are the same, so the first is neither behind nor ahead. Nor did a value change
 * and change back, for every change moves a counter, and counters only grow.
 *
 * Most sources of most machines never had an event. Of those there is nothing else to
 * read: all other numbers begin as 0 as well, and change only while the lock is held by
 * someone who has counted an event, then or earlier. So at the instant when
 * event_count was read, and was 0, nobody had done with a first change.
 *
 * No sums are made here: the fewer branches, the sooner the verifier is done, and
 * it is what most of the time of a first run goes to.
 */
static __always_inline long read_fields(struct ws_walk *ctx, struct ws_record *r,
					const struct wakeup_source *ws,
					struct wakeup_source *copy, __u64 addr)
{
	struct ws_numbers *n = &r->numbers;
	__u64 events = ws->event_count, changed;
	__u8 byte = read_flags(ws);

	if (!events) {
		r->flags = FLAG(byte, autosleep_enabled) * WS_AUTOSLEEP;
		return offsetof(struct ws_record, numbers);
	}

	n->event_count = events;
	n->total_time_ns = ws->total_time;
	n->max_time_ns = ws->max_time;
	n->last_change_ns = ws->last_time;
	n->start_prevent_ns = ws->start_prevent_time;
	n->prevent_sleep_time_ns = ws->prevent_sleep_time;
	n->active_count = ws->active_count;
	n->relax_count = ws->relax_count;
	n->expire_count = ws->expire_count;
	n->wakeup_count = ws->wakeup_count;
	r->flags = FLAG(byte, active) * WS_ACTIVE +
		   FLAG(byte, autosleep_enabled) * WS_AUTOSLEEP + WS_HAS_NUMBERS;
	/* the clock of last_time, read while the source was active */
	n->read_ns = r->flags & WS_ACTIVE ? bpf_ktime_get_ns() : 0;

	barrier_full();
	if (read_u64(addr + ctx->lock_off) & ctx->lock_mask)
		return 0;
	barrier_full();

	if (LOOK_AT(ws, addr, copy))
		return -1;
	changed = (n->total_time_ns ^ ws->total_time) |
		  (n->max_time_ns ^ ws->max_time) |
		  (n->last_change_ns ^ ws->last_time) |
		  (n->start_prevent_ns ^ ws->start_prevent_time) |
		  (n->prevent_sleep_time_ns ^ ws->prevent_sleep_time) |
		  (n->event_count ^ ws->event_count) |
		  (n->active_count ^ ws->active_count) |
		  (n->relax_count ^ ws->relax_count) |
		  (n->expire_count ^ ws->expire_count) |
		  (n->wakeup_count ^ ws->wakeup_count) |
		  (byte ^ read_flags(ws));
	if (changed)
		return 0;
	ctx->tries = 0;
	return offsetof(struct ws_record, numbers) + sizeof(r->numbers);
}

/* What is set when the walk begins. */
static __always_inline void begin(struct ws_walk *ctx)
{
	ctx->status = WS_WALK_BAD_MEMORY;	/* until something else is known */
	ctx->stored = 0;
	ctx->left_out = 0;
	ctx->tries = 0;
	ctx->retries = 0;
	ctx->rest = 0;
	ctx->text = 0;
	ctx->record = 0;
	ctx->time_ns = bpf_ktime_get_ns();
	find_lock(ctx);
}

/* Is the kernel's struct one that this program can read? */
static __always_inline bool is_known(void)
{
	return bpf_core_type_size(struct wakeup_source) <= COPY_SIZE &&
	       FLAG_OFF(active) == FLAG_OFF(autosleep_enabled);
}

/* The walk is over; was everything within the buffer? */
static __always_inline void end(struct ws_walk *ctx)
{
	if (ctx->status == WS_WALK_COMPLETE &&
	    (ctx->left_out || ctx->record > (__u64)ctx->chunks * WS_CHUNK_SIZE))
		ctx->status = WS_WALK_NO_SPACE;
}

#endif
