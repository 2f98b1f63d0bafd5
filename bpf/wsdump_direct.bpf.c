// SPDX-License-Identifier: GPL-2.0-only
/*
 * wsdump_direct - copy every wakeup source of the kernel into a buffer, many times
 *
 * See wsdump_walk.h. What counts here is the time of a walk, not that of the verifier.
 */
#define DIRECT
#include "wsdump_walk.h"

/* Each step of the loop costs a call, and each source in it the verifier's time. */
#define SOURCES_A_STEP	8

/*
 * The walk under way. Where the next byte goes is kept in the context, not here: a value
 * loaded from the context is any number to the verifier, so it has seen all turns of a
 * loop after two of them.
 */
struct cursor {
	struct ws_walk *ctx;
	void *buffer;
	__u64 head;
	char *chunk;		/* of the buffer, the one used last */
	__u64 number;		/* which one that is */
};

/*
 * The chunk that holds @off. Past the end of the buffer it is the first one: then all of
 * the buffer is no good any more.
 */
static __always_inline char *chunk_at(struct cursor *c, __u64 off)
{
	__u64 number = off / WS_CHUNK_SIZE;

	if (number != c->number) {
		__u32 i = number < c->ctx->chunks ? number : 0;

		c->chunk = bpf_map_lookup_elem(c->buffer, &i);
		c->number = number;
	}
	return c->chunk;
}

/* The record at @off in its chunk; fit() has left room for it there. */
static __always_inline struct ws_record *record_in(char *chunk, __u64 off)
{
	__u32 in = off & IN_CHUNK & ~7U;

	/* the verifier wants to see it */
	if (!chunk || in > WS_CHUNK_SIZE - ROOM)
		return NULL;
	return (void *)(chunk + in);
}

/* The first byte of a string is the lowest one. */
static __always_inline __u64 le64(__u64 word)
{
	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? word : __builtin_bswap64(word);
}

/*
 * Put the next word of a string at @dst, without what lies behind the string. Returns
 * how many bytes of it are the string's, with the NUL, or 0 if all are and the string
 * goes on.
 */
static __always_inline long put_word(__u64 *dst, __u64 word)
{
	const __u64 ones = 0x0101010101010101;
	__u64 end;

	word = le64(word);
	end = (word - ones) & ~word & ones << 7;
	if (!end) {
		*dst = le64(word);
		return 0;
	}
	/* the lowest bit of the first byte that is 0 */
	end = (end & -end) >> 7;
	*dst = le64(word & (end - 1));
	/* the product's top byte is that byte's number */
	return (end * 0x0001020304050607 >> 56) + 1;
}

/*
 * Copy a string of a few words. Returns its size with the NUL; 0 if it is longer, or lies
 * such that a word might reach into a page that isn't there.
 */
static __always_inline long put_short(__u64 *dst, __u64 src)
{
	const __s64 *words;
	long n;

	if (src & 7)
		return 0;
	/* more numbers follow the first; the verifier makes sure of that */
	words = &CAST(wakeup_source, NUMBERS(src))->total_time;
	n = put_word(dst, words[0]);
	if (n)
		return n;
	n = put_word(dst + 1, words[1]);
	if (n)
		return n + 8;
	n = put_word(dst + 2, words[2]);
	return n ? n + 16 : 0;
}

/* Copy a string, at most a slice of it: its size with the NUL, or negative on a fault. */
static __always_inline long put_string(void *dst, __u64 src)
{
	long n = src ? put_short(dst, src) : -1;

	if (n)
		return n;
	return bpf_probe_read_kernel_str(dst, SLICE, (void *)src);
}

/* Start or go on with a string in slices; returns 1 on a fault. */
static __always_inline long put_slice(struct cursor *c)
{
	struct ws_walk *ctx = c->ctx;
	char *chunk = chunk_at(c, ctx->bytes), *slice;
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
 * A string of a slice or more takes further steps, one for each slice, and begins at a
 * multiple of the slice, so that its slices never straddle chunks and still lie one
 * behind the other. What is left of it is then at ctx->rest.
 */
static __always_inline long begin_long(struct ws_walk *ctx, __u64 off, __u64 src, bool in_parent)
{
	ctx->rest = src;
	ctx->in_parent = in_parent;
	ctx->bytes = (off + SLICE - 1) & ~(__u64)(SLICE - 1);
	ctx->text = ctx->bytes;
	/* offsets in records are of 32 bits */
	if (ctx->bytes < 0xffff0000)
		return 0;
	ctx->status = WS_WALK_TOO_MANY;
	return 1;
}

/* The record @r is complete, and ends at @end. */
static __always_inline long finish(struct ws_walk *ctx, struct ws_record *r, __u64 end)
{
	__u64 next = fit((end + 7) & ~7ULL, ROOM);

	r->size = next - ctx->record;
	ctx->record = next;
	ctx->stored++;
	return 0;
}

/* Add the device's name to a record that has everything else, and ends at @end. */
static __noinline long put_device(struct cursor *c, struct ws_record *r, __u64 parent, __u64 end)
{
	struct ws_walk *ctx = c->ctx;
	__u64 name, text;
	char *chunk;
	__u32 in;
	long n;

	r->flags |= WS_HAS_PARENT;
	name = (__u64)READ(device, parent, init_name);
	if (!name)
		name = (__u64)READ(device, parent, kobj.name);
	text = fit((end + 7) & ~7ULL, SLICE);
	chunk = chunk_at(c, text);
	in = text & IN_CHUNK & ~7U;
	if (!chunk || in > WS_CHUNK_SIZE - SLICE)
		return 1;
	n = put_string(chunk + in, name);
	if (n <= 0)
		return 1;
	if (n == SLICE)
		return begin_long(ctx, text, name, true);
	r->parent_off = text - ctx->record;
	r->parent_len = n - 1;
	return finish(ctx, r, text + n);
}

/* What follows the name of a source, which ends at @end. */
static __always_inline long after_name(struct cursor *c, struct ws_record *r, __u64 dev, __u64 end)
{
	__u64 parent;

	if (!dev) {
		r->flags |= WS_NO_NODE;
		return finish(c->ctx, r, end);
	}
	/* dev is the node in /sys/class/wakeup; its parent is the device. */
	parent = (__u64)READ(device, dev, parent);
	if (parent)
		return put_device(c, r, parent, end);
	return finish(c->ctx, r, end);
}

/* Go on with the long string of a record. */
static __noinline long put_rest(struct cursor *c)
{
	struct ws_walk *ctx = c->ctx;
	struct ws_record *r;
	__u32 off, len;

	if (put_slice(c))
		return 1;
	if (ctx->rest)
		return 0;
	r = record_in(chunk_at(c, ctx->record), ctx->record);
	if (!r)
		return 1;
	off = ctx->text - ctx->record;
	len = ctx->bytes - ctx->text - 1;
	if (ctx->in_parent) {
		r->parent_off = off;
		r->parent_len = len;
		return finish(ctx, r, ctx->bytes);
	}
	r->name_off = off;
	r->name_len = len;
	return after_name(c, r, ctx->dev, ctx->bytes);
}

/* The next source. Returns 1 to end the walk, with the reason in ctx->status. */
static __always_inline long put_source(struct cursor *c)
{
	struct ws_walk *ctx = c->ctx;
	__u64 addr = ctx->entry, off = ctx->record, dev, name;
	const struct wakeup_source *ws;
	struct wakeup_source *copy;
	struct ws_record *r;
	__u32 name_off;
	long n;

	if (ctx->rest)
		return put_rest(c);
	if (addr == c->head) {
		ctx->status = WS_WALK_COMPLETE;
		return 1;
	}
	if (off / WS_CHUNK_SIZE != c->number && off / WS_CHUNK_SIZE >= ctx->chunks) {
		/* no room: how many more are there? */
		ctx->entry = next_of(addr);
		ctx->left_out++;
		return !ctx->entry;
	}
	r = record_in(chunk_at(c, off), off);
	if (!r)
		return 1;

	addr -= bpf_core_field_offset(struct wakeup_source, entry);
	copy = (void *)(r + 1);
	if (LOOK_AT(ws, addr, copy))
		return 1;
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
	name_off = n;
	r->id = ws->id;
	name = (__u64)ws->name;
	r->name_addr = name;
	dev = (__u64)ws->dev;
	ctx->entry = (__u64)ws->entry.next;

	/* over the copy, or where numbers would be */
	n = put_string((char *)r + name_off, name);
	if (n <= 0)
		return 1;
	if (n == SLICE) {
		ctx->dev = dev;
		return begin_long(ctx, off + name_off, name, false);
	}
	r->name_off = name_off;
	r->name_len = n - 1;
	off += name_off + n;
	return after_name(c, r, dev, off);
}

/* One step of the loop. */
static long step(__u32 i, struct cursor *c)
{
	(void)i;
	for (int n = 0; n < SOURCES_A_STEP; n++)
		if (put_source(c))
			return 1;
	return 0;
}

static __always_inline void walk(struct ws_walk *ctx, void *buffer)
{
	struct cursor c = {
		.ctx = ctx,
		.buffer = buffer,
		.head = (__u64)bpf_wakeup_sources_get_head(),
	};
	__u32 zero = 0;

	c.chunk = bpf_map_lookup_elem(buffer, &zero);
	if (!c.chunk || !is_known())
		return;
	ctx->entry = next_of(c.head);
	/* all other ends say what they were */
	if (bpf_loop(MAX_LOOPS, step, &c, 0) == MAX_LOOPS)
		ctx->status = WS_WALK_TOO_MANY;
}

SEC("syscall")
int wsdump_direct(struct ws_walk *ctx)
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
