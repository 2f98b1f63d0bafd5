// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpf_next_id - load a BPF program that does nothing, and print its id
 *
 * The kernel numbers programs as they come. So if the ids of two runs are as far apart as of two
 * that follow one another, no program was loaded in between. (libbpf may load more than this
 * one, to see what the kernel knows.)
 */
#include <bpf/bpf.h>
#include <err.h>
#include <stdio.h>

int main(void)
{
	const struct bpf_insn insns[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K },	/* return 0 */
		{ .code = BPF_JMP | BPF_EXIT },
	};
	struct bpf_prog_info info = { 0 };
	__u32 size = sizeof(info);
	int fd = bpf_prog_load(BPF_PROG_TYPE_SOCKET_FILTER, "nothing", "GPL", insns, 2, NULL);

	if (fd < 0 || bpf_obj_get_info_by_fd(fd, &info, &size))
		err(1, "bpf");
	printf("%u\n", info.id);
	return 0;
}
