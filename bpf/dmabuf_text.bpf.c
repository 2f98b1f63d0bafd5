// SPDX-License-Identifier: GPL-2.0-only
/*
 * dmabuf_text - all dma-bufs as a file that Android's libdmabufinfo reads: four lines each
 *
 * For kernels whose iterators over dma-bufs can't be read as a file: those of the module. An
 * iterator over tasks is read instead, and each task gets some lines of what is not about it at
 * all. Buffers are in the order of their inode numbers, the newest first, so the number of the
 * last one says where the next task goes on.
 *
 * Policy: at most DB_TEXT_MAX buffers a task, which fit in the kernel's buffer for a read. So a
 * file has DB_TEXT_MAX times the number of tasks, and who pins it checks that.
 */
#include "compat.bpf.h"
#include "dmabuf.h"
#include "dmabuf_text.bpf.h"
#include "dmabufdump.h"

/* All that changes in the loop is here, so that it is any number to the verifier. */
struct cursor {
	__u64 below;	/* the number of the last one that is in the file */
	__u64 last;	/* likewise, if this task's are */
	__u32 nr;	/* of this task */
	__u32 done;
};

/* One for each reader; those that were left behind go when there is need of room. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__uint(key_size, sizeof(__u64));
	__uint(value_size, sizeof(struct cursor));
} cursors SEC(".maps");

SEC("iter.s/task")
int dmabuf_text(struct bpf_iter__task *ctx)
{
	const struct cursor start = { .below = ~0ULL };
	struct seq_file *seq = ctx->meta->seq;
	__u64 session = ctx->meta->session_id, ino;
	struct cursor *cursor;
	struct dma_buf *buf;

	if (!ctx->task)
		return 0;
	if (!ctx->meta->seq_num)
		bpf_map_update_elem(&cursors, &session, &start, BPF_NOEXIST);
	cursor = bpf_map_lookup_elem(&cursors, &session);
	if (!cursor || cursor->done)
		return 0;
	cursor->last = cursor->below;
	cursor->nr = 0;
	for_each_dmabuf(buf) {
		ino = buf->file->f_inode->i_ino;
		if (ino >= cursor->last)
			continue;
		if (cursor->nr == DB_TEXT_MAX) {
			cursor->below = cursor->last;
			return 0;
		}
		/* no room: the kernel drops all of this task's, and calls again with more */
		if (put_text(seq, buf))
			return 0;
		cursor->last = ino;
		cursor->nr++;
	}
	cursor->done = 1;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
