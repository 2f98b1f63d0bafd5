// SPDX-License-Identifier: GPL-2.0-only
/*
 * dmabuf_kfuncs - Linux 6.16's dma-buf iterator for older kernels
 *
 * An open-coded iterator lets a BPF program of any sleepable type walk all dma-bufs of the
 * kernel. Names, prototypes and flags are those of kernel/bpf/dmabuf_iter.c in 6.16, so a
 * program written for 6.16 loads unchanged. Kernels before 6.4 know no such iterators; they
 * have one kfunc that fills a buffer with records.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/build_bug.h>
#include <linux/dma-buf.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <uapi/linux/dma-buf.h>

#include "compat.h"
#include "dmabuf_list.h"
#include "module_btf.h"

/**
 * struct bpf_iter_dmabuf - an iterator, as a BPF program has it on its stack
 * @__opaque: see struct dmabuf_iter
 */
struct bpf_iter_dmabuf {
	__u64 __opaque[1];
} __aligned(8);

/*
 * A function with the name and the types of one of the kernel is left out of the module's BTF
 * as a duplicate, as in wakeup_kfuncs.c.
 */
#if HAVE_DMABUF_ITER
typedef struct bpf_iter_dmabuf iter_t;
#else
#define iter_t struct bpf_iter_dmabuf
#endif

/* What is in it: the buffer met last, with a reference, NULL before the first, or END. */
struct dmabuf_iter {
	struct dma_buf *buf;
} __aligned(8);

#define END	((struct dma_buf *)ERR_PTR(-ENOENT))

/**
 * struct bpf_dmabuf_record - what bpf_dmabuf_snapshot() says of one buffer
 * @ino: inode number, which /proc/PID/fdinfo and fstat(2) show as well
 * @size: bytes
 * @refs: references to its file
 * @f_flags: of the file
 * @f_mode: likewise
 * @name: what user space has called it, with a NUL behind it
 * @exporter: who made it, likewise, cut if it is longer
 */
struct bpf_dmabuf_record {
	__u64 ino;
	__u64 size;
	__u64 refs;
	__u32 f_flags;
	__u32 f_mode;
	char name[DMA_BUF_NAME_LEN];
	char exporter[32];
};

/* Called by BPF programs only, but sparse wants to have heard of them. */
__bpf_kfunc int bpf_iter_dmabuf_new(iter_t *it);
__bpf_kfunc struct dma_buf *bpf_iter_dmabuf_next(iter_t *it);
__bpf_kfunc void bpf_iter_dmabuf_destroy(iter_t *it);
__bpf_kfunc int bpf_dmabuf_snapshot(void *buf, u32 buf__sz, u64 *total);

__bpf_kfunc_start_defs();

/**
 * bpf_iter_dmabuf_new - begin to walk all dma-bufs
 * @it: the iterator
 *
 * Context: process context. Does not sleep, but is for programs that may, as the others do.
 * Return: 0.
 */
__bpf_kfunc int bpf_iter_dmabuf_new(iter_t *it)
{
	struct dmabuf_iter *iter = (void *)it;

	BUILD_BUG_ON(sizeof(struct dmabuf_iter) != sizeof(struct bpf_iter_dmabuf));
	BUILD_BUG_ON(__alignof__(struct dmabuf_iter) != __alignof__(struct bpf_iter_dmabuf));
	iter->buf = NULL;
	return 0;
}

/**
 * bpf_iter_dmabuf_next - the next dma-buf, the newest first
 * @it: the iterator
 *
 * The iterator holds a reference to the buffer until it is asked for the next one or
 * destroyed. Buffers that are made during the walk are not met.
 *
 * Context: process context, may sleep.
 * Return: the buffer; NULL at the end, and ever after.
 */
__bpf_kfunc struct dma_buf *bpf_iter_dmabuf_next(iter_t *it)
{
	struct dmabuf_iter *iter = (void *)it;

	if (iter->buf == END)
		return NULL;
	iter->buf = dmabuf_list_next(iter->buf) ?: END;
	return iter->buf == END ? NULL : iter->buf;
}

/**
 * bpf_iter_dmabuf_destroy - end a walk
 * @it: the iterator; the verifier refuses a program that could leave it as it is
 *
 * Context: process context, may sleep.
 */
__bpf_kfunc void bpf_iter_dmabuf_destroy(iter_t *it)
{
	struct dmabuf_iter *iter = (void *)it;

	if (iter->buf && iter->buf != END)
		dma_buf_put(iter->buf);
}

struct snapshot {
	struct bpf_dmabuf_record *next, *end;
	u64 total;
};

static bool add_record(struct dma_buf *buf, void *data)
{
	struct snapshot *snap = data;
	struct bpf_dmabuf_record *rec = snap->next;

	snap->total++;
	if (rec == snap->end)
		return true;
	rec->ino = file_inode(buf->file)->i_ino;
	rec->size = buf->size;
	rec->refs = file_count(buf->file);
	rec->f_flags = buf->file->f_flags;
	rec->f_mode = (__force u32)buf->file->f_mode;
	spin_lock(&buf->name_lock);
	strscpy_pad(rec->name, buf->name ?: "", sizeof(rec->name));
	spin_unlock(&buf->name_lock);
	strscpy_pad(rec->exporter, buf->exp_name, sizeof(rec->exporter));
	snap->next++;
	return true;
}

/**
 * bpf_dmabuf_snapshot - records of all dma-bufs, as of one time
 * @buf: where to write an array of &struct bpf_dmabuf_record
 * @buf__sz: bytes of it
 * @total: set to how many buffers there are; more than records if @buf is too small
 *
 * Context: process context, may sleep.
 * Return: how many records were written; -EINVAL if @buf__sz is no multiple of a record.
 */
__bpf_kfunc int bpf_dmabuf_snapshot(void *buf, u32 buf__sz, u64 *total)
{
	struct snapshot snap = { .next = buf };

	if (buf__sz % sizeof(struct bpf_dmabuf_record))
		return -EINVAL;
	snap.end = snap.next + buf__sz / sizeof(struct bpf_dmabuf_record);
	dmabuf_list_for_each(add_record, &snap);
	*total = snap.total;
	return snap.next - (struct bpf_dmabuf_record *)buf;
}

__bpf_kfunc_end_defs();

BTF_KFUNCS_START(dmabuf_kfunc_ids)
#if HAVE_KF_ITER
BTF_ID_FLAGS(func, bpf_iter_dmabuf_new, KF_ITER_NEW | KF_SLEEPABLE)
BTF_ID_FLAGS(func, bpf_iter_dmabuf_next, KF_ITER_NEXT | KF_RET_NULL | KF_SLEEPABLE)
BTF_ID_FLAGS(func, bpf_iter_dmabuf_destroy, KF_ITER_DESTROY | KF_SLEEPABLE)
#else
BTF_ID_FLAGS(func, bpf_dmabuf_snapshot, KF_SLEEPABLE)
#endif
BTF_KFUNCS_END(dmabuf_kfunc_ids)

#if HAVE_KF_ITER
#define NR_DMABUF_KFUNCS 3
#define PROG_TYPE	BPF_PROG_TYPE_UNSPEC	/* any */
#else
#define NR_DMABUF_KFUNCS 1
#define PROG_TYPE	BPF_PROG_TYPE_SYSCALL
#endif

static const struct btf_kfunc_id_set dmabuf_kfunc_set = {
	.owner = THIS_MODULE,
	.set = &dmabuf_kfunc_ids,
};

static int __init dmabuf_kfuncs_init(void)
{
	int err;

	err = module_btf_check(THIS_MODULE, &dmabuf_kfunc_ids, NR_DMABUF_KFUNCS);
	if (err)
		return err;
	err = dmabuf_list_init();
	if (err)
		return err;
	err = register_btf_kfunc_id_set(PROG_TYPE, &dmabuf_kfunc_set);
	if (err && HAVE_DMABUF_ITER)
		pr_err("this kernel has the iterator itself, and refuses another of its name: this module is of no use here\n");
	else if (err)
		pr_err("the kernel refused the kfuncs: error %d\n", err);
	return err;
}

/*
 * Nothing to undo: the kernel drops the kfunc set together with the module's BTF,
 * and a loaded program that calls a kfunc holds a reference on the module.
 */
static void __exit dmabuf_kfuncs_exit(void)
{
}

module_init(dmabuf_kfuncs_init);
module_exit(dmabuf_kfuncs_exit);

IMPORT_DMA_BUF;
MODULE_AUTHOR("wsdump developers");
MODULE_DESCRIPTION("BPF kfuncs to walk all dma-bufs");
MODULE_VERSION(WAKEUP_KFUNCS_VERSION);
MODULE_LICENSE("GPL");
