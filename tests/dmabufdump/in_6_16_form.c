// SPDX-License-Identifier: GPL-2.0-only
/*
 * in_6_16_form OBJECT NAME... - load in_6_16_form.bpf.o by libbpf, run it, print how many
 * buffers there are and their bytes, then for each name 1 if there is one of it, else 0
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "in_6_16_form.h"

int main(int argc, char **argv)
{
	struct sums sums = { 0 };
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = &sums, .ctx_size_in = sizeof(sums));
	struct bpf_object *obj;
	int err, names;

	if (argc < 2) {
		fputs("usage: in_6_16_form OBJECT NAME...\n", stderr);
		return 2;
	}
	obj = bpf_object__open_file(argv[1], NULL);
	if (!obj || bpf_object__load(obj))
		return 1;
	names = bpf_object__find_map_fd_by_name(obj, "names");
	for (int i = 2; i < argc; i++) {
		char key[NAME_LEN] = "";
		bool found = false;

		strncpy(key, argv[i], sizeof(key) - 1);
		if (bpf_map_update_elem(names, key, &found, BPF_ANY))
			return 1;
	}
	err = bpf_prog_test_run_opts(bpf_program__fd(bpf_object__find_program_by_name(obj, "for_each")),
				     &opts);
	if (err || opts.retval) {
		printf("run: error %d, %u\n", err, opts.retval);
		return 1;
	}
	printf("%llu %llu", sums.buffers, sums.bytes);
	for (int i = 2; i < argc; i++) {
		char key[NAME_LEN] = "";
		bool found = false;

		strncpy(key, argv[i], sizeof(key) - 1);
		bpf_map_lookup_elem(names, key, &found);
		printf(" %d", found);
	}
	putchar('\n');
	bpf_object__close(obj);
	return 0;
}
