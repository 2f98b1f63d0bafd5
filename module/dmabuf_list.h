/* SPDX-License-Identifier: GPL-2.0-only */
/* Steps along the kernel's list of all dma-bufs. */
#ifndef WSDUMP_MODULE_DMABUF_LIST_H
#define WSDUMP_MODULE_DMABUF_LIST_H

#include <linux/dma-buf.h>

int dmabuf_list_init(void);
struct dma_buf *dmabuf_list_next(struct dma_buf *from);
void dmabuf_list_for_each(bool (*fn)(struct dma_buf *buf, void *data), void *data);

#endif
