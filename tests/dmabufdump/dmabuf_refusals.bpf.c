// SPDX-License-Identifier: GPL-2.0-only
/*
 * Programs that misuse the iterator of dma-bufs. Each is tagged with what the verifier says when
 * it refuses it, in alternatives where kernels differ; those that are tagged LOADS show that
 * the rest of the set-up is not what they are refused for.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#include "compat.bpf.h"
#include "dmabuf.h"

#define REFUSED(message) __attribute__((btf_decl_tag("refused:" message)))
#define LOADS __attribute__((btf_decl_tag("loads")))

char LICENSE[] SEC("license") = "GPL";

SEC("syscall") LOADS
int new_next_destroy(void *ctx)
{
	struct bpf_iter_dmabuf it;

	bpf_iter_dmabuf_new(&it);
	bpf_iter_dmabuf_next(&it);
	bpf_iter_dmabuf_destroy(&it);
	return 0;
}

SEC("syscall") LOADS
int fields_are_read(__u64 *ctx)
{
	struct bpf_iter_dmabuf it;
	struct dma_buf *buf;

	bpf_iter_dmabuf_new(&it);
	buf = bpf_iter_dmabuf_next(&it);
	if (buf)
		*ctx = buf->size + buf->file->f_inode->i_ino;
	bpf_iter_dmabuf_destroy(&it);
	return 0;
}

/* upstream's as well: such a read can't fault, and what it reads may be stale */
SEC("syscall") LOADS
int buffer_read_after_destroy(__u64 *ctx)
{
	struct bpf_iter_dmabuf it;
	struct dma_buf *buf;

	bpf_iter_dmabuf_new(&it);
	buf = bpf_iter_dmabuf_next(&it);
	bpf_iter_dmabuf_destroy(&it);
	if (buf)
		*ctx = buf->size;
	return 0;
}

SEC("iter.s/task") LOADS
int from_a_sleepable_iterator(void *ctx)
{
	struct bpf_iter_dmabuf it;

	bpf_iter_dmabuf_new(&it);
	bpf_iter_dmabuf_destroy(&it);
	return 0;
}

SEC("syscall") REFUSED("Unreleased reference")
int never_destroyed(void *ctx)
{
	struct bpf_iter_dmabuf it;

	bpf_iter_dmabuf_new(&it);
	bpf_iter_dmabuf_next(&it);
	return 0;
}

SEC("syscall") REFUSED("Unreleased reference")
int destroyed_on_one_path_only(void *ctx)
{
	struct bpf_iter_dmabuf it;

	bpf_iter_dmabuf_new(&it);
	if (bpf_get_prandom_u32() & 1)
		bpf_iter_dmabuf_destroy(&it);
	return 0;
}

SEC("syscall") REFUSED("expected an initialized iter_dmabuf")
int next_without_new(void *ctx)
{
	struct bpf_iter_dmabuf it;

	bpf_iter_dmabuf_next(&it);
	return 0;
}

SEC("syscall") REFUSED("expected an initialized iter_dmabuf")
int destroyed_twice(void *ctx)
{
	struct bpf_iter_dmabuf it;

	bpf_iter_dmabuf_new(&it);
	bpf_iter_dmabuf_destroy(&it);
	bpf_iter_dmabuf_destroy(&it);
	return 0;
}

SEC("syscall") REFUSED("expected uninitialized iter_dmabuf")
int new_twice(void *ctx)
{
	struct bpf_iter_dmabuf it;

	bpf_iter_dmabuf_new(&it);
	bpf_iter_dmabuf_new(&it);
	bpf_iter_dmabuf_destroy(&it);
	return 0;
}

/* the verifier looks at the end of the list first, where there is no buffer: R0 is 0 */
SEC("syscall") REFUSED("R0 invalid mem access")
int buffer_not_tested_for_null(__u64 *ctx)
{
	struct bpf_iter_dmabuf it;

	bpf_iter_dmabuf_new(&it);
	*ctx = bpf_iter_dmabuf_next(&it)->size;
	bpf_iter_dmabuf_destroy(&it);
	return 0;
}

SEC("syscall") REFUSED("only read is supported")
int buffer_written(void *ctx)
{
	struct bpf_iter_dmabuf it;
	struct dma_buf *buf;

	bpf_iter_dmabuf_new(&it);
	buf = bpf_iter_dmabuf_next(&it);
	if (buf)
		buf->size = 0;
	bpf_iter_dmabuf_destroy(&it);
	return 0;
}

SEC("syscall") REFUSED("expected an initialized iter_dmabuf|cannot|invalid")
int iterator_forged(void *ctx)
{
	struct bpf_iter_dmabuf it = { { 0 } };

	bpf_iter_dmabuf_next(&it);
	return 0;
}

SEC("syscall") REFUSED("expected an initialized iter_dmabuf|as iter_dmabuf")
int iterator_of_another_kind(void *ctx)
{
	struct bpf_iter_dmabuf it;

	bpf_iter_num_new((void *)&it, 0, 3);
	bpf_iter_dmabuf_next(&it);
	bpf_iter_num_destroy((void *)&it);
	return 0;
}

SEC("iter/task") REFUSED("must be sleepable to call sleepable kfunc")
int from_what_may_not_sleep(void *ctx)
{
	struct bpf_iter_dmabuf it;

	bpf_iter_dmabuf_new(&it);
	bpf_iter_dmabuf_destroy(&it);
	return 0;
}
