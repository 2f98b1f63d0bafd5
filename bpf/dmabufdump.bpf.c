// SPDX-License-Identifier: GPL-2.0-only
/*
 * dmabufdump - copy what the kernel knows of each dma-buf into a buffer
 *
 * Policy: a walk is complete, or it has a status that says why not. Where the buffer ends, the
 * rest of the list is counted, and the caller loads the program again with a larger one.
 *
 * Needs the iterator of dma-bufs: the kernel's own (6.16), or the module's; before 6.4 the
 * module's snapshot.
 */
#include "compat.bpf.h"
#include "dmabuf.h"
#include "dmabuf_record.bpf.h"
#include "dmabufdump.h"

#ifndef DB_SNAPSHOT

/* No __type(key): a light skeleton would give the kernel types that it does not take. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(struct db_record));
} buffer SEC(".maps");

/*
 * Add a record. Returns 1 to end the walk, with the reason in ctx->status. Not inlined: in a
 * loop, clang makes pointers into the context, which the verifier refuses.
 */
static __noinline long add_record(struct db_walk *ctx, struct dma_buf *buf)
{
	struct db_record *r;
	__u32 i = ctx->stored;

	r = bpf_map_lookup_elem(&buffer, &i);
	if (!r) {		/* no room: how many more are there? */
		ctx->left_out++;
		return 0;
	}
	ctx->status = put_record(r, buf);
	if (ctx->status != DB_WALK_COMPLETE)
		return 1;
	r->refs--;		/* the iterator's */
	ctx->stored++;
	return 0;
}

SEC("syscall")
int dmabufs(struct db_walk *ctx)
{
	struct dma_buf *buf;

	ctx->status = locks_are_known() ? DB_WALK_COMPLETE : DB_WALK_UNKNOWN_LOCK;
	if (ctx->status != DB_WALK_COMPLETE)
		return 0;
	for_each_dmabuf(buf)
		if (add_record(ctx, buf))
			break;
	if (ctx->status == DB_WALK_COMPLETE && ctx->left_out)
		ctx->status = DB_WALK_NO_SPACE;
	return 0;
}

#else

/* A kernel before 6.4. The verifier has to know how large the buffer is. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, DB_SNAPSHOT * sizeof(struct db_record));
} buffer SEC(".maps");

SEC("syscall")
int dmabufs(struct db_walk *ctx)
{
	__u64 total = 0;
	__u32 zero = 0;
	void *records;
	int stored;

	records = bpf_map_lookup_elem(&buffer, &zero);
	if (!records)
		return 0;
	stored = bpf_dmabuf_snapshot(records, DB_SNAPSHOT * sizeof(struct db_record), &total);
	if (stored < 0)
		return 0;
	ctx->stored = stored;
	ctx->left_out = total - stored;
	ctx->status = ctx->left_out ? DB_WALK_NO_SPACE : DB_WALK_COMPLETE;
	return 0;
}

#endif

char LICENSE[] SEC("license") = "GPL";
