// SPDX-License-Identifier: GPL-2.0-only
/*
 * lock_layout LAYOUT OBJECT PROGRAM BUFFER - load the walk as a kernel would whose spinlocks are
 * others, and pin what it is made of at these two paths, where wsdump looks for it.
 *
 * LAYOUT is "same", "other" for a word that has another name, as that of PowerPC, or "none" for
 * no word, as on a kernel for one processor. libbpf fits the program to a copy of the kernel's BTF
 * that says so; the kernel's own locks are what they are.
 */
#include <stdio.h>
#include <string.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>

#define CHANGED_BTF "/tmp/lock_layout.btf"

/* The named member of a type, which may be in a union without a name. */
static struct btf_member *find_member(const struct btf *btf, const struct btf_type *t,
				      const char *name)
{
	struct btf_member *m = btf_members(t), *inner;

	for (int i = 0; i < btf_vlen(t); i++, m++) {
		const struct btf_type *type = btf__type_by_id(btf, m->type);

		if (!strcmp(btf__name_by_offset(btf, m->name_off), name))
			return m;
		if (m->name_off || !btf_is_composite(type))
			continue;
		inner = find_member(btf, type, name);
		if (inner)
			return inner;
	}
	return NULL;
}

/* Change each of these structs; returns how many there are. */
static int change(struct btf *btf, const char *structure, const char *member,
		  int name_off, int type)
{
	int found = 0;

	for (__u32 id = 1; id < btf__type_cnt(btf); id++) {
		const struct btf_type *t = btf__type_by_id(btf, id);
		struct btf_member *m;

		if (!btf_is_struct(t) || strcmp(btf__name_by_offset(btf, t->name_off), structure))
			continue;
		m = find_member(btf, t, member);
		if (!m)
			continue;
		if (name_off > 0)
			m->name_off = name_off;
		if (type > 0)
			m->type = type;
		found++;
	}
	return found;
}

static int change_layout(struct btf *btf, const char *layout)
{
	if (!strcmp(layout, "same"))
		return 1;
	if (!strcmp(layout, "other"))
		return change(btf, "qspinlock", "val", btf__add_str(btf, "slock"), 0);
	if (!strcmp(layout, "none"))
		return change(btf, "raw_spinlock", "raw_lock", 0,
			      btf__add_struct(btf, "no_lock", 0));
	return 0;
}

static int write_btf(const struct btf *btf)
{
	FILE *f = fopen(CHANGED_BTF, "w");
	const void *data;
	__u32 size;

	data = btf__raw_data(btf, &size);
	if (!f || !data || fwrite(data, size, 1, f) != 1)
		return -1;
	return fclose(f);
}

int main(int argc, char **argv)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts, .btf_custom_path = CHANGED_BTF);
	struct bpf_program *prog;
	struct bpf_object *obj;
	struct bpf_map *map;
	struct btf *btf;

	if (argc != 5) {
		fputs("usage: lock_layout LAYOUT OBJECT PROGRAM BUFFER\n", stderr);
		return 2;
	}
	btf = btf__parse_raw("/sys/kernel/btf/vmlinux");
	if (!btf || !change_layout(btf, argv[1]) || write_btf(btf)) {
		fprintf(stderr, "lock_layout: no BTF with layout '%s' could be made\n", argv[1]);
		return 1;
	}
	obj = bpf_object__open_file(argv[2], &opts);
	if (!obj || bpf_object__load(obj))
		return 1;
	prog = bpf_object__next_program(obj, NULL);
	map = bpf_object__find_map_by_name(obj, "buffer");
	return bpf_program__pin(prog, argv[3]) || bpf_map__pin(map, argv[4]);
}
