// SPDX-License-Identifier: GPL-2.0-only
/*
 * wsdump - copy every wakeup source of the kernel into a buffer, once
 *
 * Policy: a snapshot is complete or it is refused. A buffer that is too small is
 * measured and left to the caller to enlarge, a source that changes while it is
 * read is read again, and whatever else keeps the walk from the end of the list
 * has a status of its own.
 *
 * Needs the wakeup source kfuncs, and of the kernel nothing but helpers: bpf_loop()
 * in the place of bpf_for() and bpf_probe_read_kernel() in that of bpf_rdonly_cast().
 * Those are kfuncs of the kernel, which a loader would have to find among 110,000
 * names; that costs many times what the walk does.
 */
#include <stdbool.h>
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
 * Where the next byte goes is kept in ctx->bytes, not in a variable: a value loaded
 * from the context is any number to the verifier, so it has seen all turns of a loop
 * after two of them.
 *
 * The chunk that holds @off. Past the end of the buffer it is the first one,
 * overwritten over and over while the walk goes on to learn the size it needs.
 */
static __always_inline char *chunk_at(struct ws_walk *ctx, void *buffer, __u64 off)
{
	__u32 i = off / WS_CHUNK_SIZE;

	if (i >= ctx->chunks)
		i = 0;
	return bpf_map_lookup_elem(buffer, &i);
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
 * A flag of one bit in a byte, see walk(). BPF_CORE_READ_BITFIELD() reads one of any
 * size, with four times the code, and what the verifier removes of that it removes
 * piece by piece, each time moving all the rest.
 */
#define FLAG(ws, field) \
	((__u64)*((const __u8 *)(ws) + __builtin_preserve_field_info((ws)->field, \
								    BPF_FIELD_BYTE_OFFSET)) << \
	 __builtin_preserve_field_info((ws)->field, BPF_FIELD_LSHIFT_U64) >> 63)

static __always_inline long copy_source(struct wakeup_source *copy, const struct wakeup_source *ws)
{
	return bpf_probe_read_kernel(copy, bpf_core_type_size(struct wakeup_source), ws);
}

/*
 * Fill @r from @ws, by way of @copy, and tell whether it holds one instant of the source.
 * Returns 0 if it does, 1 if the source was changing, negative on a fault.
 *
 * The source is copied twice, and at one instant between the copies its lock is free:
 * that is the instant. Whoever had the lock before was done by then, so the second copy
 * has all of what they did; whoever takes it later, the first copy has nothing of. Both
 * copies are the same, so the first is neither behind nor ahead. Nor did a value change
 * and change back, for every change moves a counter, and counters only grow.
 *
 * No sums are made here: the fewer branches, the sooner the verifier is done, and
 * it is what most of the time of a first run goes to.
 */
static __always_inline long read_fields(struct ws_walk *ctx, struct ws_record *r,
					struct wakeup_source *copy,
					const struct wakeup_source *ws)
{
	__u64 changed, lock;
	__u32 flags;

	if (copy_source(copy, ws))
		return -1;

	flags = FLAG(copy, active) * WS_ACTIVE + FLAG(copy, autosleep_enabled) * WS_AUTOSLEEP;
	r->total_time_ns = copy->total_time;
	r->max_time_ns = copy->max_time;
	r->last_change_ns = copy->last_time;
	r->start_prevent_ns = copy->start_prevent_time;
	r->prevent_sleep_time_ns = copy->prevent_sleep_time;
	r->event_count = copy->event_count;
	r->active_count = copy->active_count;
	r->relax_count = copy->relax_count;
	r->expire_count = copy->expire_count;
	r->wakeup_count = copy->wakeup_count;
	r->name_addr = (__u64)copy->name;
	r->id = copy->id;
	r->flags = flags;
	/* the clock of last_time, read while the source was active if it was */
	r->read_ns = bpf_ktime_get_ns();

	barrier_full();
	if (bpf_probe_read_kernel(&lock, sizeof(lock), (const char *)ws + ctx->lock_off))
		return -1;
	if (lock & ctx->lock_mask)
		return 1;
	barrier_full();

	if (copy_source(copy, ws))
		return -1;
	changed = (r->total_time_ns ^ copy->total_time) |
		  (r->max_time_ns ^ copy->max_time) |
		  (r->last_change_ns ^ copy->last_time) |
		  (r->start_prevent_ns ^ copy->start_prevent_time) |
		  (r->prevent_sleep_time_ns ^ copy->prevent_sleep_time) |
		  (r->event_count ^ copy->event_count) |
		  (r->active_count ^ copy->active_count) |
		  (r->relax_count ^ copy->relax_count) |
		  (r->expire_count ^ copy->expire_count) |
		  (r->wakeup_count ^ copy->wakeup_count) |
		  (flags ^ (FLAG(copy, active) * WS_ACTIVE +
			    FLAG(copy, autosleep_enabled) * WS_AUTOSLEEP));
	return changed != 0;
}

/* The walk under way. What grows is in *ctx: see chunk_at(). */
struct cursor {
	struct ws_walk *ctx;
	void *buffer;
	const struct list_head *head;
};

/* Start or go on with a string in slices; returns 1 on a fault. */
static __always_inline long put_slice(struct ws_walk *ctx, void *buffer)
{
	char *chunk = chunk_at(ctx, buffer, ctx->bytes), *slice;
	const char *src = (void *)ctx->rest;
	long n;

	if (!chunk)
		return 1;
	slice = chunk + (ctx->bytes & (WS_CHUNK_SIZE - SLICE));
	n = bpf_probe_read_kernel_str(slice, SLICE, src);
	/* a full slice ends with a NUL of the helper's own: what is there? */
	if (n <= 0 || bpf_probe_read_kernel(slice + SLICE - 1, n == SLICE, src + SLICE - 1))
		return 1;
	ctx->bytes += n;
	ctx->rest = n == SLICE && slice[SLICE - 1] ? ctx->rest + SLICE : 0;
	return 0;
}

/*
 * One step of the walk: the next source with its name and that of its device.
 *
 * A string of a slice or more takes further steps, one for each slice, and begins at a
 * multiple of the slice, so that its slices never straddle chunks and still lie one
 * behind the other. What is left of it is then at ctx->rest.
 *
 * Returns 1 to end the walk, with the reason in ctx->status.
 */
static long step(__u32 i, struct cursor *c)
{
	const struct device *dev, *parent;
	struct ws_walk *ctx = c->ctx;
	struct wakeup_source *copy;
	struct ws_record *r;
	const char *name;
	__u64 off, text;
	char *chunk;
	__u32 in;
	long n;

	(void)i;
	if (ctx->rest) {
		if (put_slice(ctx, c->buffer))
			return 1;
		if (ctx->rest)
			return 0;
		off = ctx->record;
	} else {
		off = fit((ctx->bytes + 7) & ~7ULL, ROOM);
		ctx->record = off;
		ctx->text = 0;
	}
	chunk = chunk_at(ctx, c->buffer, off);
	in = off & IN_CHUNK & ~7U;
	if (!chunk || in > WS_CHUNK_SIZE - ROOM)
		return 1;
	r = (void *)(chunk + in);

	if (ctx->text) {
		/* a long string is complete */
		n = ctx->bytes - ctx->text - 1;
		text = ctx->text;
		if (ctx->in_parent)
			goto parent;
		goto name;
	}

	if (ctx->entry == (__u64)c->head) {
		ctx->status = WS_WALK_COMPLETE;
		return 1;
	}
	copy = (void *)(r + 1);
	n = read_fields(ctx, r, copy,
			(void *)(ctx->entry - bpf_core_field_offset(struct wakeup_source, entry)));
	if (n < 0)
		return 1;
	if (n) {
		ctx->retries++;
		if (++ctx->tries < MAX_RETRIES)
			return 0;
		ctx->status = WS_WALK_BUSY;
		return 1;
	}
	ctx->tries = 0;
	if (!ctx->sources)
		ctx->first = off;
	name = copy->name;
	ctx->dev = (__u64)copy->dev;
	ctx->entry = (__u64)copy->entry.next;

	/* over the copy */
	text = off + sizeof(*r);
	n = bpf_probe_read_kernel_str(chunk + in + sizeof(*r), SLICE, name);
	if (n <= 0)
		return 1;
	if (n == SLICE) {
		ctx->in_parent = 0;
		ctx->rest = (__u64)name;
		goto long_string;
	}
	ctx->bytes = text + n;
	n--;
name:
	r->name_off = text;
	r->name_len = n;
	r->parent_off = text + n;	/* an empty string */
	r->parent_len = 0;

	/* wakeup_source.dev is the node in /sys/class/wakeup; its parent is the device. */
	dev = (void *)ctx->dev;
	if (!dev) {
		r->flags |= WS_NO_NODE;
		goto next;
	}
	parent = BPF_CORE_READ(dev, parent);
	if (!parent)
		goto next;
	r->flags |= WS_HAS_PARENT;
	name = BPF_CORE_READ(parent, init_name);
	if (!name)
		name = BPF_CORE_READ(parent, kobj.name);
	text = fit(ctx->bytes, SLICE);
	chunk = chunk_at(ctx, c->buffer, text);
	in = text & IN_CHUNK;
	/* fit() has seen to the second; the verifier wants to see it here */
	if (!chunk || in > WS_CHUNK_SIZE - SLICE)
		return 1;
	n = bpf_probe_read_kernel_str(chunk + in, SLICE, name);
	if (n <= 0)
		return 1;
	if (n == SLICE) {
		ctx->in_parent = 1;
		ctx->rest = (__u64)name;
		goto long_string;
	}
	ctx->bytes = text + n;
	n--;
parent:
	r->parent_off = text;
	r->parent_len = n;
next:
	r->next_off = fit((ctx->bytes + 7) & ~7ULL, ROOM);
	ctx->sources++;
	/* offsets in records are of 32 bits */
	if (ctx->bytes < 0xffff0000)
		return 0;
	ctx->status = WS_WALK_TOO_MANY;
	return 1;

long_string:
	ctx->bytes = (text + SLICE - 1) & ~(__u64)(SLICE - 1);
	ctx->text = ctx->bytes;
	return ctx->bytes >= 0xffff0000;
}

static __always_inline void walk(struct ws_walk *ctx, void *buffer)
{
	const __u32 next = bpf_core_field_offset(struct wakeup_source, entry.next) -
			   bpf_core_field_offset(struct wakeup_source, entry);
	struct cursor c = {
		.ctx = ctx,
		.buffer = buffer,
		.head = bpf_wakeup_sources_get_head(),
	};
	__u64 entry;

	find_lock(ctx);
	if (bpf_core_type_size(struct wakeup_source) > COPY_SIZE ||
	    bpf_core_field_size(struct wakeup_source, active) != 1 ||
	    bpf_core_field_size(struct wakeup_source, autosleep_enabled) != 1 ||
	    bpf_probe_read_kernel(&entry, sizeof(entry), (const char *)c.head + next))
		return;
	ctx->entry = entry;
	/* all other ends say what they were */
	if (bpf_loop(MAX_LOOPS, step, &c, 0) == MAX_LOOPS)
		ctx->status = WS_WALK_TOO_MANY;
}

SEC("syscall")
int wsdump(struct ws_walk *ctx)
{
	struct bpf_ws_lock *lock;
	__u32 zero = 0;
	void *buffer;

	buffer = bpf_map_lookup_elem(&buffers, &zero);
	if (!buffer)
		return 0;

	ctx->status = WS_WALK_BAD_MEMORY;	/* until something else is known */
	ctx->first = 0;
	ctx->sources = 0;
	ctx->tries = 0;
	ctx->bytes = 0;
	ctx->retries = 0;
	ctx->rest = 0;
	ctx->time_ns = bpf_ktime_get_ns();

	lock = bpf_wakeup_sources_read_lock();
	walk(ctx, buffer);
	bpf_wakeup_sources_read_unlock(lock);

	if (ctx->status == WS_WALK_COMPLETE &&
	    ctx->bytes > (__u64)ctx->chunks * WS_CHUNK_SIZE)
		ctx->status = WS_WALK_NO_SPACE;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
