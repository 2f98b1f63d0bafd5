// SPDX-License-Identifier: GPL-2.0-only
/*
 * softirq OBJECT - run softirq.bpf.o: print how many sources its timer's callback counted, and
 * "softirq" if that ran there. softirq OBJECT PROGRAM: only load that one.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "softirq.h"

#define SOFTIRQ_MASK 0xff00	/* of the kernel's preempt_count */

static struct bpf_object *load(const char *path, const char *name)
{
	struct bpf_object *obj = bpf_object__open_file(path, NULL);
	struct bpf_program *prog;

	if (!obj)
		return NULL;
	bpf_object__for_each_program(prog, obj)
		bpf_program__set_autoload(prog, !strcmp(bpf_program__name(prog), name));
	return bpf_object__load(obj) ? NULL : obj;
}

int main(int argc, char **argv)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts);
	const char *name = argc > 2 ? argv[2] : "walk_in_softirq";
	struct bpf_object *obj;
	struct seen seen;
	__u32 zero = 0;
	int values;

	if (argc < 2) {
		fputs("usage: softirq OBJECT [PROGRAM]\n", stderr);
		return 2;
	}
	obj = load(argv[1], name);
	if (!obj)
		return 1;
	if (argc > 2)
		return 0;

	if (bpf_prog_test_run_opts(bpf_program__fd(bpf_object__find_program_by_name(obj, name)),
				   &opts) || opts.retval) {
		fprintf(stderr, "softirq: the timer was not started: %d\n", (int)opts.retval);
		return 1;
	}
	values = bpf_object__find_map_fd_by_name(obj, ".bss");
	do {	/* the test that runs this has a limit of time */
		usleep(1000);
		if (bpf_map_lookup_elem(values, &zero, &seen))
			return 1;
	} while (!seen.done);
	printf("%llu %s\n", seen.sources,
	       seen.preempt_count & SOFTIRQ_MASK ? "softirq" : "elsewhere");
	bpf_object__close(obj);
	return 0;
}
