// SPDX-License-Identifier: GPL-2.0-only
#include "defer.h"

#include <errno.h>
#include <string.h>

#include <bpf/bpf.h>
#include <bpf/btf.h>

#define MEMBERS "nmi_defer_members"

/* Of struct nmi_defer_ops, up to what is written here. */
struct members_head {
	void *members[4];
	unsigned int nr_slots;
};

bool defer_in_kernel(void)
{
	struct btf *btf = btf__load_vmlinux_btf();
	bool is = btf && btf__find_by_name_kind(btf, "bpf_timer_cancel_async", BTF_KIND_FUNC) > 0;

	btf__free(btf);
	return is;
}

/* One of the kernel's half. */
static bool is_kernels(const struct bpf_map *map)
{
	static const char *const names[] = { "defer_timers", "defer_irqs", "defer_works" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(bpf_map__name(map), names[i]))
			return true;
	return false;
}

static bool is_member(const struct bpf_program *prog)
{
	return bpf_program__type(prog) == BPF_PROG_TYPE_STRUCT_OPS;
}

int defer_prepare(struct bpf_object *obj, unsigned int nr_slots)
{
	bool in_kernel = defer_in_kernel();
	struct members_head *ops;
	struct bpf_program *prog;
	struct bpf_map *map;
	size_t size;
	int err = 0;

	bpf_object__for_each_map(map, obj) {
		if (bpf_map__type(map) == BPF_MAP_TYPE_STRUCT_OPS) {
			/* a pointer to const before libbpf 1.4, which refuses the map later */
			ops = (struct members_head *)bpf_map__initial_value(map, &size);
			if (!ops || size < sizeof(*ops))
				return -EINVAL;
			ops->nr_slots = nr_slots;
			err = bpf_map__set_autocreate(map, !in_kernel);
		} else if (is_kernels(map)) {
			err = bpf_map__set_autocreate(map, in_kernel) ?:
			      bpf_map__set_max_entries(map, nr_slots);
		}
		if (err)
			return err;
	}
	bpf_object__for_each_program(prog, obj) {
		if (is_member(prog))
			err = bpf_program__set_autoload(prog, !in_kernel);
		else if (!strcmp(bpf_program__name(prog), "nmi_defer_setup"))
			err = bpf_program__set_autoload(prog, in_kernel);
		if (err)
			return err;
	}
	return 0;
}

int defer_begin(struct bpf_object *obj, struct bpf_link **link)
{
	struct bpf_program *setup = bpf_object__find_program_by_name(obj, "nmi_defer_setup");
	struct bpf_map *members = bpf_object__find_map_by_name(obj, MEMBERS);
	const struct members_head *ops = members ? bpf_map__initial_value(members, NULL) : NULL;
	LIBBPF_OPTS(bpf_test_run_opts, opts);
	int err;

	*link = NULL;
	if (!setup || !ops)
		return -ENOENT;
	if (!bpf_program__autoload(setup)) {
		*link = bpf_map__attach_struct_ops(members);
		return *link ? 0 : -errno;
	}
	opts.ctx_in = &ops->nr_slots;
	opts.ctx_size_in = sizeof(ops->nr_slots);
	err = bpf_prog_test_run_opts(bpf_program__fd(setup), &opts);
	return err ?: (int)opts.retval;
}
