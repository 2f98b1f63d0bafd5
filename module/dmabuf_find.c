// SPDX-License-Identifier: GPL-2.0-only
/*
 * dmabuf_kfuncs: where the kernel's list of all dma-bufs is
 *
 * List and mutex are static in the kernel, and exported by no name. Both are found from a
 * buffer of our own, the anchor, and are used only after it was seen that they are what the
 * kernel uses: whoever exports a buffer waits while this module holds the mutex, and that
 * buffer is on the list afterwards. If any of it fails the module is not loaded.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/dma-buf.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kallsyms.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/uaccess.h>

#include "compat.h"
#include "dmabuf_find.h"

#ifdef DMABUF_LIST_MISSING
#error "this kernel is built without CONFIG_DEBUG_FS, so it has no list of dma-bufs"
#endif

/* --- anchors -------------------------------------------------------------------- */

/*
 * A buffer that a thread exports when it is told to, keeps until it is told to stop, and frees.
 * A thread of the kernel's, because __fput_sync() is for these only, and a buffer that another
 * one puts is freed at a later time, when the module that has its functions may be gone.
 */
struct anchor {
	struct task_struct *task;
	struct completion go, exported;
	struct dma_buf *buf;
};

static struct sg_table *anchor_map(struct dma_buf_attachment *attach,
				   enum dma_data_direction dir)
{
	return ERR_PTR(-EOPNOTSUPP);
}

static void anchor_unmap(struct dma_buf_attachment *attach, struct sg_table *table,
			 enum dma_data_direction dir)
{
}

static void anchor_release(struct dma_buf *buf)
{
}

static const struct dma_buf_ops anchor_ops = {
	.map_dma_buf = anchor_map,
	.unmap_dma_buf = anchor_unmap,
	.release = anchor_release,
};

static int anchor_thread(void *data)
{
	struct anchor *anchor = data;
	DEFINE_DMA_BUF_EXPORT_INFO(info);

	wait_for_completion(&anchor->go);
	info.ops = &anchor_ops;
	info.size = PAGE_SIZE;
	info.priv = anchor;
	anchor->buf = dma_buf_export(&info);
	complete_all(&anchor->exported);

	set_current_state(TASK_UNINTERRUPTIBLE);
	while (!kthread_should_stop()) {
		schedule();
		set_current_state(TASK_UNINTERRUPTIBLE);
	}
	__set_current_state(TASK_RUNNING);

	if (!IS_ERR(anchor->buf))
		__fput_sync(anchor->buf->file);
	return 0;
}

/* No memory is asked for later: anchor_go() may be called with the list's mutex held. */
static int anchor_start(struct anchor *anchor)
{
	init_completion(&anchor->go);
	init_completion(&anchor->exported);
	anchor->task = kthread_run(anchor_thread, anchor, KBUILD_MODNAME);
	if (IS_ERR(anchor->task)) {
		pr_err("can't start a thread: error %ld\n", PTR_ERR(anchor->task));
		return PTR_ERR(anchor->task);
	}
	return 0;
}

static void anchor_go(struct anchor *anchor)
{
	complete(&anchor->go);
}

/* Wait until its buffer is there. The thread has to be stopped in any case. */
static int anchor_wait(struct anchor *anchor)
{
	wait_for_completion(&anchor->exported);
	if (!IS_ERR(anchor->buf))
		return 0;
	pr_err("can't export a buffer: error %ld\n", PTR_ERR(anchor->buf));
	return PTR_ERR(anchor->buf);
}

static void anchor_stop(struct anchor *anchor)
{
	wait_for_completion(&anchor->exported);
	kthread_stop(anchor->task);
}

/* --- finding -------------------------------------------------------------------- */

/* More buffers than any machine has files; ends a walk of what is no list. */
#define MAX_STEPS	(64 * 1024 * 1024)
#define MAX_TRIES	1000

/*
 * Is this the list_node of a buffer? Its file points back to it, and has the functions of all
 * such files. Any address may be asked about, as nothing is known yet.
 */
static bool is_buffer(const struct list_head *node, const struct file_operations *fops)
{
	const struct dma_buf *buf = list_entry(node, struct dma_buf, list_node);
	const struct file_operations *f_op;
	const struct file *file;
	const void *priv;

	return !copy_from_kernel_nofault(&file, &buf->file, sizeof(file)) &&
	       !copy_from_kernel_nofault(&priv, &file->private_data, sizeof(priv)) &&
	       !copy_from_kernel_nofault(&f_op, &file->f_op, sizeof(f_op)) &&
	       priv == buf && f_op == fops;
}

/* A test of the proof builds the module with a mutex that is not the list's. */
#ifndef DMABUF_LOCK
#define DMABUF_LOCK(lock) (lock)
#endif

/* What there is of names, by kernel: see compat.h. */
static const struct {
	const char *head;
	const char *lock;	/* NULL: behind the head, in a struct of the two */
} names[] = { DMABUF_LIST_NAMES };

/* A symbol as sprint_symbol() has it, and where it begins and ends. */
struct symbol {
	char text[KSYM_SYMBOL_LEN];
	unsigned long begin, end;
};

static bool symbol_at(unsigned long addr, struct symbol *sym)
{
	unsigned long offset, size;
	char *plus;

	sprint_symbol(sym->text, addr);
	plus = strrchr(sym->text, '+');
	if (!plus || sscanf(plus, "+%lx/%lx", &offset, &size) != 2 || !size)
		return false;
	*plus = '\0';
	sym->begin = addr - offset;
	sym->end = sym->begin + size;
	return true;
}

/* With link-time optimisation, static symbols may have a suffix: ".llvm.NUMBER". */
static bool is_called(const struct symbol *sym, const char *name)
{
	size_t len = strlen(name);

	return !strncmp(sym->text, name, len) &&
	       (!sym->text[len] || !strncmp(sym->text + len, ".llvm.", 6));
}

/*
 * New buffers come behind the head, so the way back from the anchor is the shorter one. A node
 * that leaves the list meanwhile may lead astray, so it takes more than one try; what is
 * found in the end has a name and passes the proof, or is not used.
 */
static struct list_head *find_head(const struct dma_buf *anchor, struct symbol *sym)
{
	struct list_head *node;
	unsigned int steps;

	for (unsigned int tries = 0; tries < MAX_TRIES; tries++) {
		node = anchor->list_node.prev;
		for (steps = 0; steps < MAX_STEPS && is_buffer(node, anchor->file->f_op); steps++)
			if (copy_from_kernel_nofault(&node, &node->prev, sizeof(node)))
				break;
		if (symbol_at((unsigned long)node, sym) && sym->begin == (unsigned long)node)
			return node;
		cond_resched();
	}
	pr_err("the kernel's list of buffers was not found: the kernel must be built with CONFIG_KALLSYMS_ALL\n");
	return NULL;
}

/*
 * How far from the head the mutex may be. Both are in .data, anywhere there. But with PREEMPT_RT
 * the mutex is all zeros, and so in .bss: 11 MiB further in Debian's 6.12.
 */
#define FAR	(64UL * 1024 * 1024)

static struct mutex *find_named(unsigned long from, const char *name)
{
	struct symbol sym;
	unsigned long at;

	for (at = from; at < from + FAR && symbol_at(at, &sym); at = sym.end) {
		if (is_called(&sym, name))
			return (struct mutex *)sym.begin;
		cond_resched();
	}
	for (at = from; at > from - FAR && symbol_at(at, &sym); at = sym.begin - 1) {
		if (is_called(&sym, name))
			return (struct mutex *)sym.begin;
		cond_resched();
	}
	return NULL;
}

/* The mutex that guards the list. */
static struct mutex *find_lock(struct list_head *head, const struct symbol *sym)
{
	unsigned int i = 0;
	struct mutex *lock;	/* the kernel's */

	while (i < ARRAY_SIZE(names) && !is_called(sym, names[i].head))
		i++;
	if (i == ARRAY_SIZE(names)) {
		pr_err("what was found instead of the kernel's list of buffers is %s\n",
		       sym->text);
		return NULL;
	}
	lock = names[i].lock ? find_named((unsigned long)head, names[i].lock) :
				 (void *)(head + 1);
	if (!lock)
		pr_err("the mutex of the kernel's list %s was not found\n", sym->text);
	return lock;
}

/* --- proof ---------------------------------------------------------------------- */

/* How long an export that should wait is watched for not doing so, and how long it may take. */
#define PROOF_MS	50
#define PATIENCE_MS	10000

/* Is the buffer on the list, and does that consist of buffers? With the mutex held. */
static bool list_has(const struct list_head *head, const struct dma_buf *anchor)
{
	const struct list_head *node = head->next;
	bool found = false;

	for (unsigned int i = 0; i < MAX_STEPS && node != head; i++) {
		if (!is_buffer(node, anchor->file->f_op))
			return false;
		found |= node == &anchor->list_node;
		if (copy_from_kernel_nofault(&node, &node->next, sizeof(node)))
			return false;
	}
	return found && node == head;
}

/* Does a new thread that exports a buffer wait for the mutex, which is held? */
static bool export_waits(struct mutex *lock, struct anchor *anchor)
{
	for (unsigned int ms = 0; ms < PATIENCE_MS; ms++) {
		if (completion_done(&anchor->exported))
			return false;
		if (mutex_has_waiter(lock)) {
			/* it may be another one that waits, for another reason */
			msleep(PROOF_MS);
			return !completion_done(&anchor->exported);
		}
		usleep_range(1000, 2000);
	}
	return false;
}

static int prove(struct list_head *head, struct mutex *lock, const struct dma_buf *first)
{
	struct anchor second;
	bool waits, listed;
	int err;

	err = anchor_start(&second);
	if (err)
		return err;
	err = mutex_lock_killable(lock);
	anchor_go(&second);
	if (err) {
		anchor_stop(&second);
		return err;
	}
	waits = export_waits(lock, &second);
	listed = waits && list_has(head, first);
	mutex_unlock(lock);

	err = anchor_wait(&second);
	if (!err && listed) {
		mutex_lock(lock);
		listed = list_has(head, second.buf);
		mutex_unlock(lock);
	}
	anchor_stop(&second);
	if (err)
		return err;
	if (!waits)
		pr_err("what was found is not the mutex of the kernel's list of buffers: %ps did not keep a buffer from being exported\n",
		       lock);
	else if (!listed)
		pr_err("what was found is not the kernel's list of buffers: a new one is not on %ps\n",
		       head);
	return waits && listed ? 0 : -ENODEV;
}

/**
 * dmabuf_find - find the list and its mutex, and see that they are that
 * @list_head: set to the head
 * @list_lock: set to the mutex
 *
 * Context: the module's init function, may sleep.
 * Return: 0; -ENODEV if they can't be found or proven, or an error; said in the log.
 */
int __init dmabuf_find(struct list_head **list_head, struct mutex **list_lock)
{
	struct list_head *head;
	struct mutex *lock = NULL;
	struct anchor first;
	struct symbol sym;
	int err;

	err = anchor_start(&first);
	if (err)
		return err;
	anchor_go(&first);
	err = anchor_wait(&first);
	if (!err) {
		head = find_head(first.buf, &sym);
		if (head)
			lock = DMABUF_LOCK(find_lock(head, &sym));
		err = lock ? prove(head, lock, first.buf) : -ENODEV;
	}
	anchor_stop(&first);
	if (err)
		return err;
	*list_head = head;
	*list_lock = lock;
	return 0;
}
