// SPDX-License-Identifier: GPL-2.0-only
/* bpf_count - print how many BPF programs, maps and links the kernel has */
#include <bpf/bpf.h>
#include <stdio.h>

static int count(int (*next)(__u32 id, __u32 *next_id))
{
	__u32 id = 0;
	int n = 0;

	while (!next(id, &id))
		n++;
	return n;
}

int main(void)
{
	printf("%d %d %d\n", count(bpf_prog_get_next_id), count(bpf_map_get_next_id),
	       count(bpf_link_get_next_id));
	return 0;
}
