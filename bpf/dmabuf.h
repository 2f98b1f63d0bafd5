/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's dma-buf, its kfuncs, and what leads from a process to it, as far as BPF programs
 * here use them. Fields are found by name when the program is loaded (CO-RE), so neither their
 * order nor what is left out matters.
 */
#ifndef WSDUMP_BPF_DMABUF_H
#define WSDUMP_BPF_DMABUF_H

#include <linux/types.h>
#include <bpf/bpf_helpers.h>

#include "spinlock.bpf.h"

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

typedef struct {
	__s64 counter;
} atomic64_t;

struct super_block {
	unsigned long s_magic;
};

struct inode {
	struct super_block *i_sb;
	unsigned long i_ino;
};

struct file {
	struct inode *f_inode;
	unsigned int f_flags;
	unsigned int f_mode;
	atomic64_t f_count;
	void *private_data;
};

/* 90ee6ed776c0 ("fs: port files to file_ref"), 6.13: counts from -1 on */
typedef struct {
	atomic64_t refcnt;
} file_ref_t;

struct file___ref {
	file_ref_t f_ref;
};

struct dma_buf {
	unsigned long size;
	struct file *file;
	const char *exp_name;
	const char *name;
	struct spinlock name_lock;
};

struct dma_buf___rt {
	struct spinlock___rt name_lock;
};

struct task_struct {
	int tgid;
	struct task_struct *group_leader;
	char comm[16];
};

struct vm_area_struct {
	unsigned long vm_start;
	struct file *vm_file;
};

struct bpf_iter_meta {
	struct seq_file *seq;
	__u64 session_id;
	__u64 seq_num;
};

struct bpf_iter__task_file {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
	__u32 fd;
	struct file *file;
};

struct bpf_iter__task {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
};

struct bpf_iter__dmabuf {
	struct bpf_iter_meta *meta;
	struct dma_buf *dmabuf;
};

struct bpf_iter__task_vma {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
	struct vm_area_struct *vma;
};

#pragma clang attribute pop

/* Of the file system that the files of all dma-bufs are in. */
#define DMA_BUF_MAGIC	0x444d4142

/* Defined, not just declared: libbpf takes a declaration for another type. */
struct bpf_iter_dmabuf {
	__u64 __opaque[1];
} __attribute__((aligned(8)));

extern int bpf_iter_dmabuf_new(struct bpf_iter_dmabuf *it) __weak __ksym;
extern struct dma_buf *bpf_iter_dmabuf_next(struct bpf_iter_dmabuf *it) __weak __ksym;
extern void bpf_iter_dmabuf_destroy(struct bpf_iter_dmabuf *it) __weak __ksym;

/* bpf_for_each(dmabuf, buf), with a libbpf that lacks it as well: see bpf_for() in compat.bpf.h */
#define for_each_dmabuf(buf)								\
	for (struct bpf_iter_dmabuf it_ __attribute__((cleanup(bpf_iter_dmabuf_destroy))), \
	     *once_ = (bpf_iter_dmabuf_new(&it_), (void)bpf_iter_dmabuf_destroy, &it_);	\
	     once_; once_ = NULL)							\
		while (((buf) = bpf_iter_dmabuf_next(&it_)))

/* Kernels before 6.4, from module/dmabuf_iter.c */
extern int bpf_dmabuf_snapshot(void *buf, __u32 buf__sz, __u64 *total) __ksym;

#endif
