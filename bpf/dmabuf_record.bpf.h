/* SPDX-License-Identifier: GPL-2.0-only */
/* The record of a dma-buf, from what the kernel has of it. */
#ifndef WSDUMP_BPF_DMABUF_RECORD_H
#define WSDUMP_BPF_DMABUF_RECORD_H

#include <stdbool.h>

#include "compat.bpf.h"
#include "dmabuf.h"
#include "dmabufdump.h"

/* Does someone hold the lock of the name, to change it? */
static __always_inline bool name_is_locked(const struct dma_buf *buf)
{
	if (bpf_core_field_exists(struct dma_buf___rt, name_lock.lock.owner))
		return READ((const struct dma_buf___rt *)buf, name_lock.lock.owner);
	if (bpf_core_field_exists(buf->name_lock.rlock.raw_lock.val.counter))
		return READ(buf, name_lock.rlock.raw_lock.val.counter);
	/* a kernel for one CPU: this runs in the middle of nobody's critical section */
	return false;
}

/* One copy of the name at @from. Returns false if the buffer's name was not that after it. */
static __noinline bool copy_once(char to[DB_NAME_LEN], const struct dma_buf *buf, const char *from)
{
	barrier_full();
	if (bpf_probe_read_kernel_str(to, DB_NAME_LEN, from) < 0)
		return false;
	barrier_full();
	return !name_is_locked(buf) && READ(buf, name) == from;
}

/*
 * Copy the name to @name, which is all zeros and aligned to 8. Returns false if it was changed
 * meanwhile, or if that can't be told.
 *
 * Who changes the name has the new one first, then takes the lock, frees the old one and sets
 * the pointer. So when the lock is free, and the pointer is what it was, it leads to a name. But
 * memory is used again at once: the name may have been another one, and then one at the same
 * address again, and what was copied in between be none. Nothing in the kernel counts changes. So
 * it is copied twice, and both are the same. What is left is a name that changes twice during
 * each of the two copies, which take less time than one change does, and leaves the same bytes.
 */
static __always_inline bool copy_name(char name[DB_NAME_LEN], const struct dma_buf *buf)
{
	char again[DB_NAME_LEN] __attribute__((aligned(8))) = "";
	const __u64 *a = (__u64 *)name, *b = (__u64 *)again;
	const char *from = READ(buf, name);

	if (!from)
		return true;
	if (!locks_are_known() || !copy_once(name, buf, from) || !copy_once(again, buf, from))
		return false;
	return !((a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) | (a[3] ^ b[3]));
}

/* Fill in a record. Returns DB_WALK_COMPLETE, or why it is no good. */
static __always_inline enum db_walk_status put_record(struct db_record *r, struct dma_buf *buf)
{
	const struct file *file = READ(buf, file);
	const struct inode *inode = READ(file, f_inode);
	const char *exporter = READ(buf, exp_name);

	r->ino = READ(inode, i_ino);
	r->size = READ(buf, size);
	r->f_flags = READ(file, f_flags);
	r->f_mode = READ(file, f_mode);
	if (bpf_core_field_exists(file->f_count))
		r->refs = READ(file, f_count.counter);
	else
		r->refs = READ((const struct file___ref *)file, f_ref.refcnt.counter) + 1;

	if (bpf_probe_read_kernel_str(r->exporter, sizeof(r->exporter), exporter) < 0)
		return DB_WALK_BAD_MEMORY;
	__builtin_memset(r->name, 0, sizeof(r->name));
	return copy_name(r->name, buf) ? DB_WALK_COMPLETE : DB_WALK_BUSY;
}

#endif
