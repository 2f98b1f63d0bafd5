// SPDX-License-Identifier: GPL-2.0-only
/* dmabuf_text_target - as dmabuf_text, by the kernel's own iterator, which can be read */
#include "compat.bpf.h"
#include "dmabuf.h"
#include "dmabuf_text.bpf.h"

SEC("iter/dmabuf")
int dmabuf_text(struct bpf_iter__dmabuf *ctx)
{
	struct dma_buf *buf = ctx->dmabuf;

	if (buf)
		put_text(ctx->meta->seq, buf);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
