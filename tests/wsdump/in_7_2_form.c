// SPDX-License-Identifier: GPL-2.0-only
/* in_7_2_form OBJECT - load in_7_2_form.bpf.o by libbpf, run it, print what it found */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "in_7_2_form.h"

int main(int argc, char **argv)
{
	struct sums sums = { 0 };
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = &sums, .ctx_size_in = sizeof(sums));
	struct bpf_program *prog;
	struct bpf_object *obj;
	int err;

	if (argc != 2) {
		fputs("usage: in_7_2_form OBJECT\n", stderr);
		return 2;
	}
	obj = bpf_object__open_file(argv[1], NULL);
	prog = obj ? bpf_object__find_program_by_name(obj, "sum_up") : NULL;
	if (!prog || bpf_object__load(obj))
		return 1;
	err = bpf_prog_test_run_opts(bpf_program__fd(prog), &opts);
	if (err || !sums.complete) {
		printf("run: error %d, complete %llu\n", err, sums.complete);
		return 1;
	}
	printf("%llu %llu %llu\n", sums.sources, sums.events, sums.activations);
	bpf_object__close(obj);
	return 0;
}
