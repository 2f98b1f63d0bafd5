// SPDX-License-Identifier: GPL-2.0-only
/* Have scx.bpf.o schedule, with the given perf and kHz, till standard input ends: scx PERF KHZ */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

int main(int argc, char **argv)
{
	struct bpf_object *obj = bpf_object__open_file("scx.bpf.o", NULL);
	unsigned int *bss;
	struct bpf_link *link;
	size_t size;
	char c;

	if (argc != 3 || !obj || bpf_object__load(obj))
		return 1;
	bss = (void *)bpf_map__initial_value(bpf_object__find_map_by_name(obj, ".bss"), &size);
	bss[0] = strtoul(argv[1], NULL, 10);	/* in the order of scx.bpf.c */
	bss[1] = strtoul(argv[2], NULL, 10);
	link = bpf_map__attach_struct_ops(bpf_object__find_map_by_name(obj, "scx"));
	if (!link)
		return 1;
	puts("scheduling");
	fflush(stdout);
	while (read(STDIN_FILENO, &c, 1) > 0)
		;
	bpf_link__destroy(link);
	bpf_object__close(obj);
	return 0;
}
