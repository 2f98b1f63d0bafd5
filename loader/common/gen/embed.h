/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_EMBED_H
#define WSDUMP_LOADER_EMBED_H

#include <stddef.h>
#include <stdint.h>

struct embed_counts {
	uint32_t btf_size, nr_funcs, nr_relos;
};

/**
 * embed_place() - where something of the object file is in the joined program
 * @name: of its section
 * @offset: in the section, in bytes
 *
 * Return: index of the instruction, -1 when the section is not part of it.
 */
int64_t embed_place(const char *name, uint32_t offset);

/**
 * embed_section() - the contents of a section of the object file
 *
 * Return: NULL where there is no such section; its size in bytes is in @size.
 */
const void *embed_section(const char *name, uint64_t *size);

/**
 * embed_add_to_id() - let the program's id depend on some data
 */
void embed_add_to_id(const void *data, size_t size);

/**
 * embed_btf() - write the types, functions and relocations of the program
 * @file: the object file
 * @prefix: of the C names
 */
struct embed_counts embed_btf(const char *file, const char *prefix);

#endif
