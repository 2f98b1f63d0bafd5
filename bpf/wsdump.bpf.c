// SPDX-License-Identifier: GPL-2.0-only
/*
 * wsdump - copy every wakeup source of the kernel into a buffer
 *
 * Policy: a snapshot is complete, or it has a status that says why not. Where the buffer ends,
 * the rest of the list is counted, and the caller loads the program again with a larger one. A
 * source that changes while it is read is read again.
 *
 * Needs the kfuncs of wakeup sources: the kernel's own (7.2), or those of the module.
 */
#include <stdbool.h>
#include <stddef.h>

#include "compat.bpf.h"
#include "wakeup_source.h"
#include "wsdump.h"

/* BPF_MAX_LOOPS, the kernel's bound for a loop */
#define MAX_SOURCES	(8 * 1024 * 1024)

/* A writer holds a source's lock for well under a microsecond. */
#define MAX_TRIES	4096

/*
 * A string shorter than that is copied whole, behind its record; a longer one to chunks of its
 * own. Where its strings will be, a record has a copy of the kernel's struct first, if it needs
 * one: 192 bytes, with all of the kernel's lock debugging up to 400.
 */
#define STRING_SIZE	4096U

_Static_assert(WS_CHUNK_BEGIN + sizeof(struct ws_record) + 2 * STRING_SIZE <= WS_CHUNK_SIZE,
	       "a record that begins in the first part of a chunk ends in it");

/* No __type(key): a light skeleton would give the kernel types that it does not take. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, WS_CHUNK_SIZE);
} buffer SEC(".maps");

/* --- one instant of a source ------------------------------------------------------------ */

/*
 * Can is_locked() tell? Not where the lock's word is of a kind that it does not know, as the
 * tickets of arm, whose word is not 0 when the lock is free. A lock without any word is that of a
 * kernel for one CPU. (Asked of a type that each kernel has, because the size of a field that is
 * missing is an error.)
 */
static __always_inline bool locks_are_known(void)
{
	return bpf_core_field_exists(struct wakeup_source___rt, lock.lock.owner) ||
	       bpf_core_field_exists(struct raw_spinlock, raw_lock.val.counter) ||
	       !bpf_core_field_size(struct raw_spinlock, raw_lock);
}

/* Does someone hold the source's lock, to change it? */
static __always_inline bool is_locked(const struct wakeup_source *ws)
{
	if (bpf_core_field_exists(struct wakeup_source___rt, lock.lock.owner))
		return READ((const struct wakeup_source___rt *)ws, lock.lock.owner);
	if (bpf_core_field_exists(ws->lock.rlock.raw_lock.val.counter))
		return READ(ws, lock.rlock.raw_lock.val.counter);
	/* a kernel for one CPU: interrupts are off while it is held, so never while this runs */
	return false;
}

/*
 * Fill in what the kernel counts of a source. Returns false if it was changing, and then what
 * was read is no good.
 *
 * It is read twice, and at one instant between the two its lock is free: that is the instant.
 * Whoever had the lock before was done by then, so the second reading has all of what they
 * did; whoever takes it later, the first reading has nothing of. Both are the same, so the
 * first is neither behind nor ahead. Nor did a value change and change back, for every change
 * moves a counter, and counters only grow. (To read only these twice would not do: the first
 * reading may have met a counter that had moved, and a time that had not yet.)
 *
 * "Nothing of" is an assumption on some machines: that what is stored under a lock can't be seen
 * before the store that took it. x86 keeps stores in order. The kernel's memory model does not
 * ask for it, since acquiring a lock orders the load of its word, not the store, and arm64 allows
 * the store to wait. Then both readings could meet a part of what is stored under a lock that
 * still looks free, if it waits for as long as two full barriers and two dozen loads take. Only
 * who writes to the lock's word, as who takes it does, could rule that out.
 *
 * Most sources of most machines never had an event. All other numbers begin as 0 as well, and
 * change only while the lock is held by someone who has counted an event, then or earlier. So
 * at the instant when event_count was read, and was 0, nobody had done with a first change.
 */
static __always_inline bool read_instant(struct ws_record *r, const struct wakeup_source *source,
					 void *room)
{
	const struct wakeup_source *ws = LOOK_AT(source, room);
	struct ws_numbers *n = &r->numbers;

	n->event_count = ws->event_count;
	r->autosleep = READ_BIT(ws, autosleep_enabled);
	r->active = 0;
	if (!n->event_count)
		return true;

	n->active_count = ws->active_count;
	n->relax_count = ws->relax_count;
	n->expire_count = ws->expire_count;
	n->wakeup_count = ws->wakeup_count;
	n->total_time_ns = ws->total_time;
	n->max_time_ns = ws->max_time;
	n->last_change_ns = ws->last_time;
	n->start_prevent_ns = ws->start_prevent_time;
	n->prevent_sleep_time_ns = ws->prevent_sleep_time;
	r->active = READ_BIT(ws, active);
	if (r->active)
		r->read_ns = bpf_ktime_get_ns();

	barrier_full();
	if (is_locked(source))
		return false;
	barrier_full();

	ws = LOOK_AT(source, room);
	return !((n->event_count ^ ws->event_count) |
		 (n->active_count ^ ws->active_count) |
		 (n->relax_count ^ ws->relax_count) |
		 (n->expire_count ^ ws->expire_count) |
		 (n->wakeup_count ^ ws->wakeup_count) |
		 (n->total_time_ns ^ ws->total_time) |
		 (n->max_time_ns ^ ws->max_time) |
		 (n->last_change_ns ^ ws->last_time) |
		 (n->start_prevent_ns ^ ws->start_prevent_time) |
		 (n->prevent_sleep_time_ns ^ ws->prevent_sleep_time) |
		 (r->active ^ READ_BIT(ws, active)) |
		 (r->autosleep ^ READ_BIT(ws, autosleep_enabled)));
}

/* --- strings ---------------------------------------------------------------------------- */

/* As much of a long string as one chunk holds. Chunks lie one behind the other. */
static long put_part(struct ws_walk *ctx)
{
	const char *from = (const char *)ctx->rest;
	__u32 i = ctx->free;
	char *chunk;
	long n;

	chunk = bpf_map_lookup_elem(&buffer, &i);
	if (!chunk) {
		ctx->status = WS_WALK_NO_SPACE;
		return 1;
	}
	n = bpf_probe_read_kernel_str(chunk, WS_CHUNK_SIZE, from);
	/* a full one ends with a NUL of the helper's own: what is there? */
	if (n <= 0 || bpf_probe_read_kernel(chunk + WS_CHUNK_SIZE - 1, n == WS_CHUNK_SIZE,
					    from + WS_CHUNK_SIZE - 1))
		return 1;
	ctx->free++;
	ctx->len += n;
	ctx->rest = n == WS_CHUNK_SIZE && chunk[WS_CHUNK_SIZE - 1] ? ctx->rest + n : 0;
	return !ctx->rest;
}
STEP(put_part, struct ws_walk)

/* Copy a long string to chunks behind those in use. Returns 0, or 1 if that can't be. */
VERIFIED_ONCE long put_long(struct ws_walk *ctx ARG_CTX)
{
	ctx->len = 0;
	REPEAT(MAX_SOURCES, put_part, ctx);
	return ctx->rest != 0;
}

/*
 * Copy a string to @to, or a long one to chunks behind those in use. Returns how far the first
 * place is filled, or 0 with the reason in ctx->status.
 */
static __always_inline long put_string(struct ws_walk *ctx, struct ws_string *s, char *to, __u32 off,
				       const char *string)
{
	long n = bpf_probe_read_kernel_str(to, STRING_SIZE, string);

	if (n <= 0)
		return 0;
	s->off = off;
	s->len = n - 1;
	/* the usual case first, of which the verifier finds the other to be a part */
	if (__builtin_expect(n < STRING_SIZE, 1))
		return n;
	s->off = (ctx->free - ctx->chunk) * WS_CHUNK_SIZE - ctx->off;
	ctx->rest = (__u64)string;
	if (put_long(ctx))
		return 0;
	s->len = ctx->len - 1;
	return 1;
}

/* --- the walk --------------------------------------------------------------------------- */

/* The next source. Returns 1 to end the walk, with the reason in ctx->status. */
VERIFIED_ONCE long put_source(struct ws_walk *ctx ARG_CTX)
{
	struct ws_record *r;
	__u32 i = ctx->chunk, off = ctx->off & (WS_CHUNK_BEGIN - 8), end = off + sizeof(*r);
	const struct wakeup_source *source, *ws;
	const struct device *dev, *parent;
	const char *string;
	char *chunk;
	long n;

	if (ctx->entry == ctx->head) {
		ctx->status = WS_WALK_COMPLETE;
		return 1;
	}
	source = CAST(ctx->entry - bpf_core_field_offset(struct wakeup_source, entry),
		      struct wakeup_source);
	chunk = bpf_map_lookup_elem(&buffer, &i);
	if (!chunk) {			/* no room: how many more are there? */
		ctx->left_out++;
		ctx->entry = (__u64)READ(source, entry.next);
		return !ctx->entry;
	}
	r = (struct ws_record *)(chunk + off);
	if (!read_instant(r, source, chunk + end)) {
		ctx->retries++;
		ctx->status = WS_WALK_BUSY;
		return ++ctx->tries == MAX_TRIES;
	}
	ctx->tries = 0;
	ctx->status = WS_WALK_BAD_MEMORY;	/* if it ends before the record does */

	ws = LOOK_AT(source, chunk + end);
	r->id = ws->id;
	dev = ws->dev;
	string = ws->name;
	ctx->entry = (__u64)ws->entry.next;

	r->name_addr = (__u64)string;
	ctx->free = i + 1;
	n = put_string(ctx, &r->name, chunk + end, end - off, string);
	if (!n)
		return 1;
	end += n;

	/*
	 * dev is the node in /sys/class/wakeup, its parent the device. Where there is none,
	 * what is read through NULL is 0.
	 */
	r->node_addr = (__u64)dev;
	parent = READ(dev, parent);
	string = READ(parent, init_name);
	if (!string)
		string = READ(parent, kobj.name);
	r->parent.off = 0;
	if (string) {		/* a failed read would clear all of STRING_SIZE */
		n = put_string(ctx, &r->parent, chunk + end, end - off, string);
		if (!n)
			return 1;
		end += n;
	}

	end = (end + 7) & ~7U;
	r->size = end - off;
	ctx->off = end;
	/* one branch, not two: is the chunk full, or are the next ones taken? */
	if (end / WS_CHUNK_BEGIN | (ctx->free - ctx->chunk - 1)) {
		r->size = (ctx->free - ctx->chunk) * WS_CHUNK_SIZE - off;
		ctx->chunk = ctx->free;
		ctx->off = 0;
	}
	ctx->stored++;
	ctx->status = WS_WALK_TOO_MANY;		/* if there are no turns left */
	return 0;
}
STEP(put_source, struct ws_walk)

SEC("syscall")
int wsdump(struct ws_walk *ctx)
{
	struct bpf_ws_lock *lock;
	const struct wakeup_source *ws;

	if (!locks_are_known()) {
		ctx->status = WS_WALK_UNKNOWN_LOCK;
		return 0;
	}
	lock = bpf_wakeup_sources_read_lock();
	ctx->time_ns = bpf_ktime_get_ns();
	ctx->head = (__u64)bpf_wakeup_sources_get_head();
	/* the head is in no source, but nothing else than the entry is read */
	ws = CAST(ctx->head - bpf_core_field_offset(struct wakeup_source, entry),
		  struct wakeup_source);
	ctx->entry = (__u64)READ(ws, entry.next);
	ctx->status = WS_WALK_TOO_MANY;
	REPEAT(MAX_SOURCES, put_source, ctx);
	bpf_wakeup_sources_read_unlock(lock);

	if (ctx->status == WS_WALK_COMPLETE && ctx->left_out)
		ctx->status = WS_WALK_NO_SPACE;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
