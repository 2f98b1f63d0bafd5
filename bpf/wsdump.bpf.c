// SPDX-License-Identifier: GPL-2.0-only
/*
 * wsdump - copy every wakeup source of the kernel into a buffer, once
 *
 * See wsdump_walk.h. What counts here is the time of the verifier, which is most of a
 * first run's: few branches, and few states for it to go on with.
 */
#include "wsdump_walk.h"

/*
 * Where the next byte goes is kept in the context, not in a variable: a value loaded
 * from the context is any number to the verifier, so it has seen all turns of a loop
 * after two of them.
 *
 * The chunk that holds @off. Past the end of the buffer it is the first one:
 * then all of the buffer is no good any more.
 */
static __always_inline char *chunk_at(struct ws_walk *ctx, void *buffer, __u64 off)
{
	__u32 i = off / WS_CHUNK_SIZE;

	if (i >= ctx->chunks)
		i = 0;
	return bpf_map_lookup_elem(buffer, &i);
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

/* A name follows the numbers of a record, or is in their place. */
static __always_inline __u32 name_place(const struct ws_record *r)
{
	/* no branch, so the verifier goes on with one state, not with two */
	return offsetof(struct ws_record, numbers) +
	       (r->flags / WS_HAS_NUMBERS & 1) * sizeof(r->numbers);
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
	const struct wakeup_source *ws;
	struct wakeup_source *copy;
	struct ws_record *r;
	const char *name;
	__u64 addr, off, text;
	char *chunk;
	__u32 in;
	long n;

	(void)i;
	if (ctx->rest) {
		if (put_slice(ctx, c->buffer))
			return 1;
		if (ctx->rest)
			return 0;
	}
	off = ctx->record;
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
	addr = ctx->entry - bpf_core_field_offset(struct wakeup_source, entry);
	copy = (void *)(r + 1);
	if (LOOK_AT(ws, addr, copy))
		return 1;
	if (off / WS_CHUNK_SIZE >= ctx->chunks) {
		/* no room: how many more are there? */
		ctx->entry = (__u64)ws->entry.next;
		ctx->left_out++;
		return 0;
	}
	n = read_fields(ctx, r, ws, copy, addr);
	if (n < 0)
		return 1;
	if (!n) {
		ctx->retries++;
		if (++ctx->tries < MAX_RETRIES)
			return 0;
		ctx->status = WS_WALK_BUSY;
		return 1;
	}
	r->id = copy->id;
	name = copy->name;
	r->name_addr = (__u64)name;
	ctx->dev = (__u64)copy->dev;
	ctx->entry = (__u64)copy->entry.next;

	/* over the copy, or where numbers would be */
	text = off + name_place(r);
	n = bpf_probe_read_kernel_str((char *)r + name_place(r), SLICE, name);
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
	r->name_off = text - off;
	r->name_len = n;

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
	r->parent_off = text - off;
	r->parent_len = n;
next:
	ctx->record = fit((ctx->bytes + 7) & ~7ULL, ROOM);
	r->size = ctx->record - off;
	ctx->stored++;
	ctx->text = 0;
	return 0;

long_string:
	ctx->bytes = (text + SLICE - 1) & ~(__u64)(SLICE - 1);
	ctx->text = ctx->bytes;
	/* offsets in records are of 32 bits */
	if (ctx->bytes < 0xffff0000)
		return 0;
	ctx->status = WS_WALK_TOO_MANY;
	return 1;
}

static __always_inline void walk(struct ws_walk *ctx, void *buffer)
{
	struct cursor c = {
		.ctx = ctx,
		.buffer = buffer,
		.head = (void *)bpf_wakeup_sources_get_head(),
	};

	if (!is_known())
		return;
	ctx->entry = next_of((__u64)c.head);
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
	begin(ctx);
	lock = bpf_wakeup_sources_read_lock();
	walk(ctx, buffer);
	bpf_wakeup_sources_read_unlock(lock);
	end(ctx);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
