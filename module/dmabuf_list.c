// SPDX-License-Identifier: GPL-2.0-only
/* dmabuf_kfuncs: steps along the kernel's list of all dma-bufs */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/list.h>
#include <linux/mutex.h>

#include "compat.h"
#include "dmabuf_find.h"
#include "dmabuf_list.h"

/* Written once before the kfuncs are registered, only read afterwards. */
static struct list_head *list_head __ro_after_init;
static struct mutex *list_lock __ro_after_init;

/**
 * dmabuf_list_next - the next buffer of the list, with a reference
 * @from: the one before, with a reference of the caller's, which is dropped; NULL for none
 *
 * The mutex keeps all that is on the list allocated, but a buffer may have no reference left
 * and wait for the mutex to leave: that one is not counted any more, and left out. What has a
 * reference stays on the list, so it can be gone on from. Newer buffers are in front.
 *
 * Context: process context, may sleep.
 * Return: the buffer, or NULL at the end of the list.
 */
struct dma_buf *dmabuf_list_next(struct dma_buf *from)
{
	struct dma_buf *buf, *found = NULL;

	mutex_lock(list_lock);
	buf = list_prepare_entry(from, list_head, list_node);
	list_for_each_entry_continue(buf, list_head, list_node) {
		if (dmabuf_get_live(buf)) {
			found = buf;
			break;
		}
	}
	mutex_unlock(list_lock);

	if (from)
		dma_buf_put(from);
	return found;
}

/**
 * dmabuf_list_for_each - call a function for each buffer that is in use
 * @fn: the function, called with the list's mutex held; returns false to end the walk
 * @data: handed to it
 *
 * Context: process context, may sleep.
 */
void dmabuf_list_for_each(bool (*fn)(struct dma_buf *buf, void *data), void *data)
{
	struct dma_buf *buf;

	mutex_lock(list_lock);
	list_for_each_entry(buf, list_head, list_node)
		if (file_count(buf->file) && !fn(buf, data))
			break;
	mutex_unlock(list_lock);
}

/**
 * dmabuf_list_init - find the list; to be called before all others
 *
 * Context: the module's init function, may sleep.
 * Return: 0, or an error, which is in the log.
 */
int __init dmabuf_list_init(void)
{
	return dmabuf_find(&list_head, &list_lock);
}
