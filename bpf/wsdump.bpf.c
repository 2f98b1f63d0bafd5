// SPDX-License-Identifier: GPL-2.0-only
/*
 * wsdump - copy every wakeup source of the kernel into a buffer, once
 *
 * Policy: a snapshot is complete or it is refused. A buffer that is too small is
 * measured and left to the caller to enlarge, a source that changes while it is
 * read is read again, and whatever else keeps the walk from the end of the list
 * has a status of its own.
 *
 * Needs the wakeup source kfuncs, bpf_for() and bpf_rdonly_cast().
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

/* BPF_MAX_LOOPS, the kernel's bound for bpf_for() */
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
 * Append a string of any length with its NUL. One slice does for nearly every
 * name. A longer one starts again at a multiple of the slice, so that its slices
 * never straddle chunks and still lie one behind the other.
 *
 * Returns the string's length, and its offset in @start; negative on a fault.
 */
static __noinline long put_string(struct ws_walk *ctx, void *buffer, const char *src,
				  __u64 *start)
{
	__u64 off = fit(ctx->bytes, SLICE);
	char *chunk = chunk_at(ctx, buffer, off);
	__u32 in = off & IN_CHUNK;
	long n;
	int i;

	/* fit() has seen to the second; the verifier wants to see it here */
	if (!chunk || in > WS_CHUNK_SIZE - SLICE)
		return -1;

	n = bpf_probe_read_kernel_str(chunk + in, SLICE, src);
	if (n <= 0)
		return -1;
	if (n < SLICE) {
		*start = off;
		ctx->bytes = off + n;
		return n - 1;
	}

	off = (off + SLICE - 1) & ~(__u64)(SLICE - 1);
	*start = off;
	ctx->bytes = off;
	bpf_for(i, 0, MAX_LOOPS) {
		off = ctx->bytes;
		chunk = chunk_at(ctx, buffer, off);
		in = off & (WS_CHUNK_SIZE - SLICE);
		if (!chunk)
			return -1;
		n = bpf_probe_read_kernel_str(chunk + in, SLICE, src);
		if (n <= 0)
			return -1;
		ctx->bytes = off + n;
		if (n < SLICE)
			return ctx->bytes - *start - 1;
		/* the helper ended the slice with a NUL of its own */
		if (bpf_probe_read_kernel(chunk + in + SLICE - 1, 1, src + SLICE - 1))
			return -1;
		if (!chunk[in + SLICE - 1])
			return ctx->bytes - *start - 1;
		src += SLICE;
	}
	return -1;
}

/*
 * Every change to a source is made under its lock. No kfunc takes that, but
 * whether someone holds it can be read.
 */
static __always_inline bool is_locked(const struct wakeup_source *ws)
{
	if (bpf_core_field_exists(struct wakeup_source___rt, lock.lock.owner))
		return ((const struct wakeup_source___rt *)ws)->lock.lock.owner;
	if (bpf_core_field_exists(ws->lock.rlock.raw_lock.val.counter))
		return ws->lock.rlock.raw_lock.val.counter;
	/* One CPU: the lock is held with interrupts off, so never while this runs. */
	return false;
}

/*
 * Fill @r from @ws and tell whether it holds one instant of the source.
 *
 * The lock was free before the fields were read and is free after: whatever
 * happened between went through the lock as a whole, and every such passage that
 * changes a field of the record moves one of the counters compared here, or the
 * autosleep state. Counters only grow.
 */
static __always_inline bool read_fields(struct ws_record *r, const struct wakeup_source *ws)
{
	__u64 events, active, relax, expire, now;
	__s64 prevent, start_prevent;
	bool autosleep;
	__u32 flags = 0;

	if (is_locked(ws))
		return false;
	barrier_full();

	events = ws->event_count;
	active = ws->active_count;
	relax = ws->relax_count;
	expire = ws->expire_count;
	prevent = ws->prevent_sleep_time;
	start_prevent = ws->start_prevent_time;
	autosleep = BPF_CORE_READ_BITFIELD(ws, autosleep_enabled);

	r->total_time_ns = ws->total_time;
	r->max_time_ns = ws->max_time;
	r->last_change_ns = ws->last_time;
	r->active_time_ns = 0;
	r->prevent_sleep_time_ns = prevent;
	r->event_count = events;
	r->active_count = active;
	r->relax_count = relax;
	r->expire_count = expire;
	r->wakeup_count = ws->wakeup_count;
	r->id = ws->id;
	r->pad = 0;

	if (autosleep)
		flags |= WS_AUTOSLEEP;
	if (BPF_CORE_READ_BITFIELD(ws, active)) {
		flags |= WS_ACTIVE;
		/* the clock of last_time, read while the source was active for sure */
		now = bpf_ktime_get_ns();
		if (now > r->last_change_ns)
			r->active_time_ns = now - r->last_change_ns;
		r->total_time_ns += r->active_time_ns;
		if (r->active_time_ns > r->max_time_ns)
			r->max_time_ns = r->active_time_ns;
		if (autosleep && now > (__u64)start_prevent)
			r->prevent_sleep_time_ns += now - start_prevent;
	}
	r->flags = flags;

	barrier_full();
	return !is_locked(ws) &&
	       events == ws->event_count && active == ws->active_count &&
	       relax == ws->relax_count && expire == ws->expire_count &&
	       prevent == ws->prevent_sleep_time &&
	       start_prevent == ws->start_prevent_time &&
	       autosleep == BPF_CORE_READ_BITFIELD(ws, autosleep_enabled);
}

/* Append the record at @entry. Returns a status of the walk, RUNNING if all is well. */
static __noinline int put_record(struct ws_walk *ctx, void *buffer,
				 const struct list_head *entry)
{
	const struct wakeup_source *ws;
	const struct device *parent;
	const char *parent_name;
	struct ws_record *r;
	__u64 off, start;
	char *chunk;
	__u32 in;
	long len;
	int i;

	ws = bpf_core_cast((const char *)entry -
			   bpf_core_field_offset(struct wakeup_source, entry),
			   struct wakeup_source);

	off = fit((ctx->bytes + 7) & ~7ULL, sizeof(*r));
	if (!ctx->sources)
		ctx->first = off;
	chunk = chunk_at(ctx, buffer, off);
	in = off & IN_CHUNK & ~7U;
	if (!chunk || in > WS_CHUNK_SIZE - sizeof(*r))
		return WS_WALK_BAD_MEMORY;
	r = (void *)(chunk + in);
	ctx->bytes = off + sizeof(*r);

	bpf_for(i, 0, MAX_RETRIES) {
		if (read_fields(r, ws))
			goto stable;
		ctx->retries++;
	}
	return WS_WALK_BUSY;

stable:
	len = put_string(ctx, buffer, ws->name, &start);
	if (len < 0)
		return WS_WALK_BAD_MEMORY;
	r->name_off = start;
	r->name_len = len;
	r->parent_off = start + len;	/* an empty string */
	r->parent_len = 0;

	/* ws->dev is the node in /sys/class/wakeup; its parent is the device. */
	parent = ws->dev ? ws->dev->parent : NULL;
	if (parent) {
		parent_name = parent->init_name ?: parent->kobj.name;
		len = put_string(ctx, buffer, parent_name, &start);
		if (len < 0)
			return WS_WALK_BAD_MEMORY;
		r->parent_off = start;
		r->parent_len = len;
		r->flags |= WS_HAS_PARENT;
	}
	r->next_off = fit((ctx->bytes + 7) & ~7ULL, sizeof(*r));
	return WS_WALK_RUNNING;
}

static __always_inline int walk(struct ws_walk *ctx, void *buffer)
{
	const struct list_head *head = bpf_wakeup_sources_get_head();
	const struct list_head *entry = head;
	int i, status;

	bpf_for(i, 0, MAX_LOOPS) {
		entry = bpf_core_cast(entry, struct list_head)->next;
		if (entry == head)
			return WS_WALK_COMPLETE;
		if (!entry)
			return WS_WALK_BAD_MEMORY;
		status = put_record(ctx, buffer, entry);
		if (status != WS_WALK_RUNNING)
			return status;
		ctx->sources++;
		/* offsets in records are of 32 bits */
		if (ctx->bytes >= 0xffff0000)
			break;
	}
	return WS_WALK_TOO_MANY;
}

SEC("syscall")
int wsdump(struct ws_walk *ctx)
{
	struct bpf_ws_lock *lock;
	__u32 zero = 0;
	void *buffer;
	int status;

	buffer = bpf_map_lookup_elem(&buffers, &zero);
	if (!buffer)
		return 0;

	ctx->first = 0;
	ctx->sources = 0;
	ctx->bytes = 0;
	ctx->retries = 0;
	ctx->time_ns = bpf_ktime_get_ns();

	lock = bpf_wakeup_sources_read_lock();
	status = walk(ctx, buffer);
	bpf_wakeup_sources_read_unlock(lock);

	if (status == WS_WALK_COMPLETE &&
	    ctx->bytes > (__u64)ctx->chunks * WS_CHUNK_SIZE)
		status = WS_WALK_NO_SPACE;
	ctx->status = status;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
