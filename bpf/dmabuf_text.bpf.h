/* SPDX-License-Identifier: GPL-2.0-only */
/* The four lines of a dma-buf that Android's libdmabufinfo reads. */
#ifndef WSDUMP_BPF_DMABUF_TEXT_H
#define WSDUMP_BPF_DMABUF_TEXT_H

#include <bpf/bpf_tracing.h>

#include "dmabuf_record.bpf.h"
#include "dmabufdump.h"

#define MAX_NAMES 4

/*
 * A newline becomes a blank. Without a branch, as the verifier would look at each of two to the
 * power of a name's length.
 */
static __always_inline char without_newline(char c)
{
	__u32 differs = (__u8)c ^ '\n';

	barrier_var(differs);
	return c ^ ((differs - 1) >> 31) * ('\n' ^ ' ');
}

/* Returns 0, or an error when there is no room. */
static __noinline long put_text(struct seq_file *seq, struct dma_buf *buf)
{
	char name[DB_NAME_LEN] __attribute__((aligned(8))) = "";

	/* who reads a file can't be told that a name kept changing: it has none then */
	for (int i = 0; i < MAX_NAMES && !copy_name(name, buf); i++)
		__builtin_memset(name, 0, sizeof(name));
	for (int i = 0; i < DB_NAME_LEN; i++)
		name[i] = without_newline(name[i]);
	return BPF_SEQ_PRINTF(seq, "%lu\n%lu\n%s\n%s\n", buf->file->f_inode->i_ino, buf->size,
			      name, buf->exp_name);
}

#endif
