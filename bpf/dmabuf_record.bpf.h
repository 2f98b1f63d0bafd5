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

/*
 * Fill in a record. Returns DB_WALK_COMPLETE, or why it is no good.
 *
 * Who changes the name has the new one first, then takes the lock, frees the old one and sets
 * the pointer. So when the lock is free, and the pointer is what it was, the bytes read in
 * between were the name's.
 */
static __always_inline enum db_walk_status put_record(struct db_record *r, struct dma_buf *buf)
{
	const struct file *file = READ(buf, file);
	const struct inode *inode = READ(file, f_inode);
	const char *name = READ(buf, name), *exporter = READ(buf, exp_name);

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
	r->name[0] = '\0';
	if (!name)
		return DB_WALK_COMPLETE;
	if (bpf_probe_read_kernel_str(r->name, sizeof(r->name), name) < 0)
		r->name[0] = '\0';	/* freed meanwhile, as the pointer will tell */
	barrier_full();
	if (name_is_locked(buf) || READ(buf, name) != name)
		return DB_WALK_BUSY;
	return DB_WALK_COMPLETE;
}

#endif
