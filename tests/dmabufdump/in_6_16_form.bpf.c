// SPDX-License-Identifier: GPL-2.0-only
/*
 * A program as one would write it for Linux 6.16's own iterator of dma-bufs, in the form of the
 * kernel's selftest: which of the names in a map has a buffer? And sums of all.
 */
#include <stdbool.h>

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#include "dmabuf.h"
#include "in_6_16_form.h"

#ifndef bpf_for_each	/* libbpf 1.2 */
#define bpf_for_each(type, cur) for_each_##type(cur)
#endif

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(key_size, NAME_LEN);
	__type(value, bool);
	__uint(max_entries, 8);
} names SEC(".maps");

SEC("syscall")
int for_each(struct sums *sums)
{
	struct dma_buf *buf;

	bpf_for_each(dmabuf, buf) {
		char name[NAME_LEN] = "";
		const char *at;
		bool *found;

		sums->buffers++;
		sums->bytes += buf->size;
		if (bpf_core_read(&at, sizeof(at), &buf->name))
			return 1;
		if (!at)	/* not all have one */
			continue;
		if (bpf_probe_read_kernel_str(name, sizeof(name), at) < 0)
			return 1;
		found = bpf_map_lookup_elem(&names, name);
		if (found)
			*found = true;
	}
	return 0;
}
