/* SPDX-License-Identifier: GPL-2.0-only */
/* Walk over BTF as the kernel hands it out. */
#ifndef WSDUMP_LOADER_BTF_RAW_H
#define WSDUMP_LOADER_BTF_RAW_H

#include <stddef.h>
#include <stdint.h>

#include <linux/btf.h>

#include "fail.h"

#define BTF_RAW_KERNEL "/sys/kernel/btf/vmlinux"

/**
 * struct btf_raw - BTF in memory
 * @types: the first type; the next is at btf_raw_next()
 * @end: behind the last
 * @strings: names, by btf_type.name_off
 * @strings_len: their size in bytes
 */
struct btf_raw {
	const struct btf_type *types;
	const void *end;
	const char *strings;
	uint32_t strings_len;
};

/**
 * btf_raw_parse() - find the parts of BTF
 * @data: a whole BTF, aligned like malloc's memory
 * @size: in bytes
 *
 * Return: 0, or -1 when it is none.
 */
int btf_raw_parse(struct btf_raw *btf, const void *data, size_t size);

/**
 * btf_raw_next() - the type behind @t
 *
 * Return: the type, btf->end behind the last one, or NULL when @t is of a kind
 * that this program does not know, so that nobody can tell where the next begins.
 */
static inline const struct btf_type *btf_raw_next(const struct btf_raw *btf,
						  const struct btf_type *t)
{
	/*
	 * Bytes behind struct btf_type: as such, and for each of BTF_INFO_VLEN(). In words:
	 * with bytes here, gcc for arm64 multiplies by all of info, not by 16 bits of
	 * it (seen with Debian's 14.2.0-19, -O2).
	 */
	static const struct { uint32_t once, each; } size[32] = {
		[BTF_KIND_INT] = { 4, 0 },
		[BTF_KIND_ARRAY] = { 12, 0 },
		[BTF_KIND_STRUCT] = { 0, 12 },
		[BTF_KIND_UNION] = { 0, 12 },
		[BTF_KIND_ENUM] = { 0, 8 },
		[BTF_KIND_FUNC_PROTO] = { 0, 8 },
		[BTF_KIND_VAR] = { 4, 0 },
		[BTF_KIND_DATASEC] = { 0, 12 },
		[BTF_KIND_DECL_TAG] = { 4, 0 },
		[BTF_KIND_ENUM64] = { 0, 12 },
	};
	unsigned int kind = BTF_INFO_KIND(t->info);
	const char *next;

	if (!kind || kind > BTF_KIND_ENUM64)
		return NULL;
	next = (const char *)(t + 1) + size[kind].once + size[kind].each * BTF_INFO_VLEN(t->info);
	return next <= (const char *)btf->end ? (const void *)next : NULL;
}

#endif
