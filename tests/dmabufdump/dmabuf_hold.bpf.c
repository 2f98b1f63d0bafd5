// SPDX-License-Identifier: GPL-2.0-only
/* A program that uses the module, for hold.c to keep loaded. */
#include "compat.bpf.h"
#include "dmabuf.h"

char LICENSE[] SEC("license") = "GPL";

#ifdef OLD
SEC("syscall")
int use(void *ctx)
{
	__u64 total;

	bpf_dmabuf_snapshot(&total, 0, &total);
	return 0;
}
#else
SEC("syscall")
int use(void *ctx)
{
	struct bpf_iter_dmabuf it;

	bpf_iter_dmabuf_new(&it);
	bpf_iter_dmabuf_destroy(&it);
	return 0;
}
#endif
