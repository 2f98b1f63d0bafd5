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
#define MAX_RETRIES	4096

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

static __always_inline long end_walk(struct ws_walk *ctx, enum ws_walk_status status)
{
	ctx->status = status;
	return 1;
}

/* --- one instant of a source ------------------------------------------------------------ */

/* Does someone hold the source's lock, to change it? */
static __always_inline bool is_locked(const struct wakeup_source *ws)
{
	/* the usual case first: what a kernel lacks is cut out of the program, at a price */
	if (__builtin_expect(bpf_core_field_exists(ws->lock.rlock.raw_lock.val.counter), 1))
		return READ(ws, lock.rlock.raw_lock.val.counter);
	if (bpf_core_field_exists(struct wakeup_source___rt, lock.lock.owner))
		return READ((const struct wakeup_source___rt *)ws, lock.lock.owner);
	/* a kernel for one CPU: interrupts are off while it is held, so never while this runs */
	return false;
}

/*
 * Fill in what the kernel counts of a source. Returns where to read the rest of it, or NULL if it
 * was changing, and then what was read is no good.
 *
 * Its lock is free at one instant before most numbers are read, and at another after that.
 * Whoever had the lock before the first was done by then; whoever takes it after the second
 * had changed nothing when they were read. Nor did anyone change the source in between:
 *
 * - an event, a release and the end of a timeout each move a counter of their own;
 * - autosleep moves none when it is turned on or off, but that is seen as well. If it was
 *   turned back meanwhile, the time that it was prevented has grown, or nothing has changed.
 *
 * All these are read before the first instant and again after the second, and are the same.
 * (To read only them twice, with one look at the lock between, would not do: the first reading
 * may have met a counter that had moved, and a time that had not yet.)
 *
 * "Had changed nothing" is an assumption on some machines: that what is stored under a lock can't
 * be seen before the store that took it. x86 keeps stores in order. The kernel's memory model does
 * not ask for it, since acquiring a lock orders the load of its word, not the store, and arm64
 * allows the store to wait. Then what is read could have a part of what is stored under a lock
 * that still looks free, if that waits for as long as a full barrier and a dozen loads take, and
 * the counter for longer still. Only who writes to the lock's word, as who takes it does, could
 * rule that out.
 *
 * Most sources of most machines never had an event. All other numbers begin as 0 as well, and
 * change only while the lock is held by someone who has counted an event, then or earlier. So
 * at the instant when event_count was read, and was 0, nobody had done with a first change.
 */
static __always_inline const struct wakeup_source *
read_instant(struct ws_record *r, const struct wakeup_source *source, void *room)
{
	const struct wakeup_source *ws = LOOK_AT(source, room);
	struct ws_numbers *n = &r->numbers;

	n->event_count = ws->event_count;
	r->autosleep = READ_BIT(ws, autosleep_enabled);
	r->active = 0;
	if (!n->event_count)
		return ws;

	n->relax_count = ws->relax_count;
	n->expire_count = ws->expire_count;
	n->prevent_sleep_time_ns = ws->prevent_sleep_time;

	barrier_full();
	if (is_locked(source))	/* the first instant */
		return NULL;
	barrier_full();

	ws = LOOK_AT(source, room);
	n->active_count = ws->active_count;
	n->wakeup_count = ws->wakeup_count;
	n->total_time_ns = ws->total_time;
	n->max_time_ns = ws->max_time;
	n->last_change_ns = ws->last_time;
	n->start_prevent_ns = ws->start_prevent_time;
	r->active = READ_BIT(ws, active);
	if (r->active)
		r->read_ns = bpf_ktime_get_ns();

	barrier_full();
	if (is_locked(source))	/* the second */
		return NULL;
	barrier_full();

	ws = LOOK_AT(source, room);
	if (n->event_count != ws->event_count || n->relax_count != ws->relax_count ||
	    n->expire_count != ws->expire_count ||
	    n->prevent_sleep_time_ns != (__u64)ws->prevent_sleep_time ||
	    r->autosleep != READ_BIT(ws, autosleep_enabled))
		return NULL;
	return ws;
}

/* --- strings ---------------------------------------------------------------------------- */

/* As much of a long string as one chunk holds. Chunks lie one behind the other. */
static long put_part(__u32 turn, struct ws_walk **walk)
{
	struct ws_walk *ctx = *walk;
	const char *from = (const char *)ctx->rest;
	__u32 i = ctx->free;
	char *chunk;
	long n;

	(void)turn;
	chunk = bpf_map_lookup_elem(&buffer, &i);
	if (!chunk)
		return end_walk(ctx, WS_WALK_NO_SPACE);
	n = bpf_probe_read_kernel_str(chunk, WS_CHUNK_SIZE, from);
	/* a full one ends with a NUL of the helper's own: what is there? */
	if (n <= 0 || bpf_probe_read_kernel(chunk + WS_CHUNK_SIZE - 1, n == WS_CHUNK_SIZE,
					    from + WS_CHUNK_SIZE - 1))
		return end_walk(ctx, WS_WALK_BAD_MEMORY);
	ctx->free++;
	ctx->len += n;
	ctx->rest = n == WS_CHUNK_SIZE && chunk[WS_CHUNK_SIZE - 1] ? ctx->rest + n : 0;
	return !ctx->rest;
}

/* Copy a long string to chunks behind those in use. Returns 0, or 1 if that can't be. */
VERIFIED_ONCE long put_long(struct ws_walk *ctx ARG_CTX)
{
	ctx->len = 0;
	bpf_loop(MAX_SOURCES, put_part, &ctx, 0);
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

	if (n <= 0) {
		end_walk(ctx, WS_WALK_BAD_MEMORY);
		return 0;
	}
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

static __always_inline const char *name_of(const struct device *dev)
{
	const char *name = READ(dev, init_name);

	return name ? name : READ(dev, kobj.name);
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

	if (ctx->entry == ctx->head)
		return end_walk(ctx, WS_WALK_COMPLETE);
	source = CAST(ctx->entry - bpf_core_field_offset(struct wakeup_source, entry),
		      struct wakeup_source);
	chunk = bpf_map_lookup_elem(&buffer, &i);
	if (!chunk) {			/* no room: how many more are there? */
		ctx->left_out++;
		ctx->entry = (__u64)READ(source, entry.next);
		return ctx->entry ? 0 : end_walk(ctx, WS_WALK_BAD_MEMORY);
	}
	r = (struct ws_record *)(chunk + off);
	ws = read_instant(r, source, chunk + end);
	if (!ws)
		return ++ctx->retries < MAX_RETRIES ? 0 : end_walk(ctx, WS_WALK_BUSY);

	r->id = ws->id;
	dev = ws->dev;
	string = ws->name;
	ctx->entry = (__u64)ws->entry.next;

	r->name_addr = (__u64)string;
	n = put_string(ctx, &r->name, chunk + end, end - off, string);
	if (!n)
		return 1;
	end += n;

	/* dev is the node in /sys/class/wakeup, its parent the device; both may be NULL */
	r->node_addr = (__u64)dev;
	r->parent.off = 0;
	parent = READ(dev, parent);
	string = parent ? name_of(parent) : NULL;
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
		ctx->chunk = ctx->free++;
		ctx->off = 0;
	}
	ctx->stored++;
	return 0;
}
STEP(put_source, struct ws_walk)

SEC("syscall")
int wsdump(struct ws_walk *ctx)
{
	const struct list_head *head;
	struct bpf_ws_lock *lock;

	if (!locks_are_known()) {
		ctx->status = WS_WALK_UNKNOWN_LOCK;
		return 0;
	}
	lock = bpf_wakeup_sources_read_lock();
	ctx->time_ns = bpf_ktime_get_ns();
	head = (void *)bpf_wakeup_sources_get_head();
	ctx->head = (__u64)head;
	ctx->entry = (__u64)BPF_CORE_READ(head, next);
	ctx->free = 1;
	ctx->status = WS_WALK_TOO_MANY;		/* if all turns are taken */
	REPEAT(MAX_SOURCES, put_source, ctx);
	bpf_wakeup_sources_read_unlock(lock);

	if (ctx->status == WS_WALK_COMPLETE && ctx->left_out)
		ctx->status = WS_WALK_NO_SPACE;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
