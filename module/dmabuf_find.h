/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the kernel's list of all dma-bufs is, and the mutex that guards it. */
#ifndef WSDUMP_MODULE_DMABUF_FIND_H
#define WSDUMP_MODULE_DMABUF_FIND_H

#include <linux/list.h>
#include <linux/mutex.h>

int dmabuf_find(struct list_head **list_head, struct mutex **list_lock);

#endif
