/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Step through the types of a BTF blob. As little of the format as the programs
 * in this directory need, so that building a module takes no libbpf and no libelf.
 *
 * Blobs are read in this machine's byte order: both architectures that the module
 * is for are little endian.
 */
#ifndef WSDUMP_MODULE_BTF_BTF_BLOB_H
#define WSDUMP_MODULE_BTF_BTF_BLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define BTF_MAGIC 0xeb9f

enum btf_kind {
	BTF_STRUCT = 4,
	BTF_UNION = 5,
	BTF_TYPEDEF = 8,
	BTF_FUNC = 12,
	BTF_KINDS = 20,
};

/* What later kernels append to the header is behind hdr_len and of no use here. */
struct btf_header {
	uint16_t magic;
	uint8_t version;
	uint8_t flags;
	uint32_t hdr_len;
	uint32_t type_off, type_len;
	uint32_t str_off, str_len;
};

struct btf_type {
	uint32_t name_off;
	uint32_t info;
	uint32_t size;
};

struct btf_blob {
	const char *types, *types_end;
	const char *strings;
	uint32_t strings_len;
	uint32_t size;		/* of the whole blob */
};

static inline enum btf_kind btf_kind(const struct btf_type *t)
{
	return t->info >> 24 & 0x7f;
}

/* The type behind @t, or NULL for a kind that is not known. */
static inline const struct btf_type *btf_next(const struct btf_type *t)
{
	/* bytes behind the three words of every type: fixed, and for each member */
	static const struct { uint8_t fixed, member; } extra[BTF_KINDS] = {
		[1] = { 4, 0 },		/* int */
		[3] = { 12, 0 },	/* array */
		[BTF_STRUCT] = { 0, 12 },
		[BTF_UNION] = { 0, 12 },
		[6] = { 0, 8 },		/* enum */
		[13] = { 0, 8 },	/* function prototype */
		[14] = { 4, 0 },	/* variable */
		[15] = { 0, 12 },	/* section of variables */
		[17] = { 4, 0 },	/* tag of a declaration */
		[19] = { 0, 12 },	/* enum of 64 bits */
	};
	unsigned int kind = btf_kind(t);

	if (!kind || kind >= BTF_KINDS)
		return NULL;
	return (const void *)((const char *)(t + 1) + extra[kind].fixed +
			      (size_t)extra[kind].member * (t->info & 0xffffff));
}

/*
 * Is there a whole and sound blob at @data? Strings of split BTF continue those of
 * its base, so the names can't be checked here.
 */
static inline bool btf_blob_at(struct btf_blob *b, const char *data, size_t avail)
{
	const struct btf_type *t;
	struct btf_header h;
	uint64_t end;

	if (avail < sizeof(h))
		return false;
	memcpy(&h, data, sizeof(h));
	if (h.magic != BTF_MAGIC || h.version != 1 || h.flags || h.hdr_len < sizeof(h) ||
	    h.type_off % 4 || h.type_len % 4 || !h.str_len)
		return false;
	end = (uint64_t)h.hdr_len + h.str_off + h.str_len;
	if (end > avail || (uint64_t)h.type_off + h.type_len > h.str_off)
		return false;

	b->types = data + h.hdr_len + h.type_off;
	b->types_end = b->types + h.type_len;
	b->strings = data + h.hdr_len + h.str_off;
	b->strings_len = h.str_len;
	b->size = end;
	if (b->strings[h.str_len - 1])
		return false;

	for (t = (const void *)b->types; (const char *)t != b->types_end; ) {
		if ((const char *)(t + 1) > b->types_end)
			return false;
		t = btf_next(t);
		if (!t || (const char *)t > b->types_end)
			return false;
	}
	return true;
}

#endif
