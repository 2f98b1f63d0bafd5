// SPDX-License-Identifier: GPL-2.0-only
/*
 * dmabuf_holders - who holds dma-bufs: file descriptors and mappings of all processes
 *
 * Two iterators, to be read as files; each writes a struct db_holder for what it meets, or a
 * struct db_held if that was asked for. They need kernel functions only, none of a module's.
 */
#define BPF_NO_LOOPS_AND_CASTS	/* nothing here needs either, so kernels need not have them */
#include "compat.bpf.h"
#include "dmabuf.h"
#include "dmabuf_record.bpf.h"
#include "dmabufdump.h"

/* Set by the loader: write a struct db_held. */
int with_records;

static __always_inline int put_holder(struct seq_file *seq, struct task_struct *task,
				      struct file *file, __u64 start, __s32 fd)
{
	struct inode *inode = file->f_inode;
	struct db_held held;

	if (inode->i_sb->s_magic != DMA_BUF_MAGIC)
		return 0;
	held.holder.ino = inode->i_ino;
	held.holder.start = start;
	held.holder.pid = task->tgid;
	held.holder.fd = fd;
	bpf_probe_read_kernel(held.holder.comm, sizeof(held.holder.comm),
			      task->group_leader->comm);
	if (!with_records) {
		bpf_seq_write(seq, &held.holder, sizeof(held.holder));
		return 0;
	}
	__builtin_memset(&held.record, 0, sizeof(held.record));
	/* a name that changes meanwhile is the only thing that can go wrong, and is left out */
	if (put_record(&held.record, BPF_CORE_READ(file, private_data)) != DB_WALK_COMPLETE)
		held.record.name[0] = '\0';
	if (fd >= 0)
		held.record.refs--;	/* the iterator's, while it is at this descriptor */
	bpf_seq_write(seq, &held, sizeof(held));
	return 0;
}

SEC("iter/task_file")
int dmabuf_files(struct bpf_iter__task_file *ctx)
{
	struct task_struct *task = ctx->task;
	struct file *file = ctx->file;

	if (!task || !file)
		return 0;
	return put_holder(ctx->meta->seq, task, file, 0, ctx->fd);
}

SEC("iter/task_vma")
int dmabuf_maps(struct bpf_iter__task_vma *ctx)
{
	struct task_struct *task = ctx->task;
	struct vm_area_struct *vma = ctx->vma;

	if (!task || !vma || !vma->vm_file)
		return 0;
	return put_holder(ctx->meta->seq, task, vma->vm_file, vma->vm_start, -1);
}

char LICENSE[] SEC("license") = "GPL";
