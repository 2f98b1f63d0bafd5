// SPDX-License-Identifier: GPL-2.0-only
/* hold OBJECT - load a BPF object file, say so, and keep it until killed */
#include <stdio.h>
#include <unistd.h>

#include <bpf/libbpf.h>

int main(int argc, char **argv)
{
	struct bpf_object *obj;

	if (argc != 2) {
		fputs("usage: hold OBJECT\n", stderr);
		return 2;
	}
	obj = bpf_object__open_file(argv[1], NULL);
	if (!obj || bpf_object__load(obj))
		return 1;
	puts("loaded");
	fflush(stdout);
	pause();
	return 0;
}
