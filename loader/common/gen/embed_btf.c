// SPDX-License-Identifier: GPL-2.0-only
/*
 * The BTF half of embed: of all types in the object only those that a CO-RE
 * relocation starts from and what they hold by value. What a pointer points to
 * decides nothing, so it becomes void; so does the prototype of every function.
 */
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/btf.h>
#include <linux/bpf.h>

#include "embed.h"

/* The layout of .BTF.ext, which no header of libbpf has. */
struct ext_header {
	__u16 magic;
	__u8 version, flags;
	__u32 hdr_len, func_off, func_len, line_off, line_len, relo_off, relo_len;
};

struct ext_section {
	__u32 name_off, nr;
	char data[];
};

struct func_record {
	__u32 insn_off, type_id;
};

static struct btf *from, *to;
static int *made;		/* ids in @to by ids in @from */

static int check(int id, const char *what)
{
	if (id < 0)
		errx(1, "can't make BTF: %s: %s", what, strerror(-id));
	return id;
}

static int copy_type(__u32 id)
{
	const struct btf_type *src = btf__type_by_id(from, id);
	int new, n;

	if (!id)
		return 0;
	if (!src)
		errx(1, "the object's BTF has no type %u", id);
	if (made[id])
		return made[id];
	if (btf_is_ptr(src))
		return made[id] = check(btf__add_ptr(to, 0), "pointer");

	n = btf_vlen(src);
	new = made[id] = check(btf__add_type(to, from, src), "type");
	/* From here on by index: adding a type moves the others. */
	switch (btf_kind(src)) {
	case BTF_KIND_INT:
	case BTF_KIND_FLOAT:
	case BTF_KIND_FWD:
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64:
		break;
	case BTF_KIND_TYPEDEF:
	case BTF_KIND_CONST:
	case BTF_KIND_VOLATILE:
	case BTF_KIND_RESTRICT: {
		int type = copy_type(src->type);

		((struct btf_type *)btf__type_by_id(to, new))->type = type;
		break;
	}
	case BTF_KIND_ARRAY: {
		int type = copy_type(btf_array(src)->type);
		int index = copy_type(btf_array(src)->index_type);
		struct btf_array *array = btf_array(btf__type_by_id(to, new));

		array->type = type;
		array->index_type = index;
		break;
	}
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		for (int i = 0; i < n; i++) {
			int type = copy_type(btf_members(src)[i].type);

			btf_members(btf__type_by_id(to, new))[i].type = type;
		}
		break;
	default:
		errx(1, "type %u of kind %u in a relocation is not supported", id, btf_kind(src));
	}
	return new;
}

static const char *string_at(__u32 off)
{
	const char *s = btf__str_by_offset(from, off);

	if (!s)
		errx(1, "the object's BTF has no string %u", off);
	return s;
}

/* Call @put for each record of one part of .BTF.ext; returns how many it took. */
static uint32_t each(const void *part, uint32_t len, bool (*put)(uint32_t, const void *))
{
	const char *p = part, *end = p + len;
	uint32_t size, count = 0;

	if (!len)
		return 0;
	size = *(const __u32 *)p;
	p += sizeof(__u32);
	while (p < end) {
		const struct ext_section *sec = (const void *)p;
		const char *section = string_at(sec->name_off);

		for (uint32_t i = 0; i < sec->nr; i++) {
			const char *record = sec->data + i * size;
			int64_t place = embed_place(section, *(const __u32 *)record);

			if (place >= 0)
				count += put(place, record);
		}
		p = sec->data + sec->nr * size;
	}
	return count;
}

static bool put_func(uint32_t place, const void *record)
{
	static int proto;
	const struct func_record *func = record;
	const struct btf_type *t = btf__type_by_id(from, func->type_id);
	int id;

	if (!proto)
		proto = check(btf__add_func_proto(to, 0), "prototype");
	id = check(btf__add_func(to, string_at(t->name_off),
				 (enum btf_func_linkage)btf_vlen(t), proto), "function");
	printf("\t{ %u, %d },\n", place, id);
	return true;
}

static bool put_relo(uint32_t place, const void *record)
{
	const struct bpf_core_relo *relo = record;
	struct bpf_core_relo new = {
		.insn_off = place * sizeof(struct bpf_insn),
		.type_id = copy_type(relo->type_id),
		.access_str_off = check(btf__add_str(to, string_at(relo->access_str_off)), "string"),
		.kind = relo->kind,
	};

	embed_add_to_id(&new, sizeof(new));
	printf("\t{ %u, %u, %u, %u },\n", new.insn_off, new.type_id, new.access_str_off, new.kind);
	return true;
}

struct embed_counts embed_btf(const char *file, const char *prefix)
{
	const struct ext_header *ext;
	struct embed_counts n = { 0 };
	const unsigned char *raw;
	uint64_t size;

	from = btf__parse_elf(file, NULL);
	to = btf__new_empty();
	if (!from || !to)
		errx(1, "%s: no BTF", file);
	made = calloc(btf__type_cnt(from), sizeof(*made));
	if (!made)
		err(1, "calloc");
	/* libbpf 1.1 has a function for this in its header, and not in the library */
	ext = embed_section(".BTF.ext", &size);
	if (size < sizeof(*ext) || ext->hdr_len < sizeof(*ext))
		errx(1, "%s: .BTF.ext of an unknown version", file);

	printf("static const struct bpf_func_info %s_funcs[] = {\n", prefix);
	n.nr_funcs = each((const char *)ext + ext->hdr_len + ext->func_off, ext->func_len, put_func);
	printf("};\n\nstatic const struct bpf_core_relo %s_relos[] = {\n", prefix);
	n.nr_relos = each((const char *)ext + ext->hdr_len + ext->relo_off, ext->relo_len, put_relo);
	printf("};\n\nstatic const unsigned char %s_btf[] __attribute__((aligned(8))) = {", prefix);
	raw = btf__raw_data(to, &n.btf_size);
	if (!raw)
		errx(1, "out of memory");
	embed_add_to_id(raw, n.btf_size);
	for (__u32 i = 0; i < n.btf_size; i++)
		printf("%s%u,", i % 16 ? " " : "\n\t", raw[i]);
	puts("\n};\n");
	return n;
}
