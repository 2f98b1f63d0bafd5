/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A module's file, its BTF, and the BTF ids that its source names.
 *
 * The compiler leaves a zero and a symbol for every BTF_ID(), and for every set of
 * them a header whose count is zero too, in section .BTF_ids.
 */
#ifndef WSDUMP_MODULE_BTF_MODULE_H
#define WSDUMP_MODULE_BTF_MODULE_H

#include "btf_blob.h"
#include "file.h"

#include <elf.h>

static const char id_prefix[] = "__BTF_ID__";

static const struct id_kind {
	const char *word;
	enum btf_kind kind;	/* 0 for sets */
	unsigned int entry;	/* size of a set's entries; the header has the same */
} id_kinds[] = {
	{ "func__", BTF_FUNC, 0 },
	{ "struct__", BTF_STRUCT, 0 },
	{ "union__", BTF_UNION, 0 },
	{ "typedef__", BTF_TYPEDEF, 0 },
	{ "set8__", 0, 8 },
	{ "set__", 0, 4 },
};

struct module {
	const char *path;
	char *data;
	size_t size;
	const Elf64_Shdr *sections;
	unsigned int nr_sections;
	const char *section_names;
};

static inline const Elf64_Shdr *section(const struct module *mod, const char *name)
{
	for (unsigned int i = 0; i < mod->nr_sections; i++)
		if (!strcmp(mod->section_names + mod->sections[i].sh_name, name))
			return &mod->sections[i];
	return NULL;
}

static inline struct module open_module(const char *path, bool writable)
{
	struct module mod = { .path = path };
	const Elf64_Ehdr *elf;

	mod.data = map_file(path, writable, &mod.size);
	elf = (const void *)mod.data;
	if (mod.size < sizeof(*elf) || memcmp(elf->e_ident, ELFMAG, SELFMAG) ||
	    elf->e_ident[EI_CLASS] != ELFCLASS64 || elf->e_ident[EI_DATA] != ELFDATA2LSB)
		die("%s is not a little-endian 64-bit ELF file", path);
	mod.sections = (const void *)(mod.data + elf->e_shoff);
	mod.nr_sections = elf->e_shnum;
	if (elf->e_shoff + (uint64_t)elf->e_shnum * sizeof(*mod.sections) > mod.size ||
	    elf->e_shstrndx >= elf->e_shnum)
		die("%s is cut off", path);
	for (unsigned int i = 0; i < mod.nr_sections; i++)
		if (mod.sections[i].sh_type != SHT_NOBITS &&
		    mod.sections[i].sh_offset + mod.sections[i].sh_size > mod.size)
			die("%s is cut off", path);
	mod.section_names = mod.data + mod.sections[elf->e_shstrndx].sh_offset;
	return mod;
}

static inline struct btf_blob blob(const char *path, const char *data, size_t size)
{
	struct btf_blob b;

	if (!btf_blob_at(&b, data, size))
		die("%s: its BTF is damaged, or of a later format than this program knows", path);
	return b;
}

/*
 * Call found(type, its name, its id) for all types of @base, then of @split, until it
 * returns true; @split may be NULL. Split BTF goes on counting where its base ends, ids and
 * bytes of strings alike.
 */
static inline bool each_type(const struct btf_blob *base, const struct btf_blob *split,
			     bool (*found)(const struct btf_type *, const char *, uint32_t, void *),
			     void *arg)
{
	const struct btf_blob *blobs[] = { base, split };
	uint32_t id = 1;

	for (int i = 0; i < 2 && blobs[i]; i++) {
		const struct btf_type *t = (const void *)blobs[i]->types;

		for (; (const char *)t != blobs[i]->types_end; t = btf_next(t), id++) {
			const struct btf_blob *names = base;
			uint32_t off = t->name_off;

			if (off >= base->strings_len) {
				off -= base->strings_len;
				names = split;
			}
			if (!names || off >= names->strings_len)
				die("BTF type %u has its name nowhere", id);
			if (found(t, names->strings + off, id, arg))
				return true;
		}
	}
	return false;
}

struct wanted {
	enum btf_kind kind;
	const char *name;
	size_t len;
	uint32_t id;
	uint32_t size;
};

static inline bool is_wanted(const struct btf_type *t, const char *name, uint32_t id, void *arg)
{
	struct wanted *w = arg;

	if (btf_kind(t) != w->kind || strncmp(name, w->name, w->len) || name[w->len])
		return false;
	w->id = id;
	w->size = t->size;
	return true;
}

/*
 * The module was compiled from the headers, its BTF is about the kernel BASE is of.
 * They have to agree on the one structure that the kernel shares with every module.
 */
static inline void check_base(const struct module *mod, const struct btf_blob *base,
			      const struct btf_blob *split)
{
	const Elf64_Shdr *own = section(mod, ".gnu.linkonce.this_module");
	struct wanted w = { BTF_STRUCT, "module", strlen("module"), 0, 0 };

	if (!own)
		die("%s is not a kernel module", mod->path);
	if (!each_type(base, split, is_wanted, &w) || w.size != own->sh_size)
		die("%s was compiled for another kernel than its BTF would be for: struct module has %llu bytes here, %u there",
		    mod->path, (unsigned long long)own->sh_size, w.size);
}

/* What they are in, and what they are ids of. */
struct ids {
	const struct module *mod;
	const Elf64_Shdr *section;	/* NULL: it names none */
	const Elf64_Sym *sym, *end;
	const char *names;		/* of symbols */
	struct btf_blob base, split;
};

/* What a symbol's name behind the prefix says it is for; moves @name on behind that. */
static inline const struct id_kind *kind_of(const struct ids *ids, const char **name)
{
	for (size_t i = 0; i < sizeof(id_kinds) / sizeof(*id_kinds); i++) {
		size_t len = strlen(id_kinds[i].word);

		if (!strncmp(*name, id_kinds[i].word, len)) {
			*name += len;
			return &id_kinds[i];
		}
	}
	die("%s: symbol %s is of no known kind", ids->mod->path, *name);
}

/*
 * The next symbol from @s on that stands for ids, or NULL; its kind, and its name without
 * what says that.
 */
static inline const Elf64_Sym *next_id(const struct ids *ids, const Elf64_Sym *s,
				       const struct id_kind **kind, const char **name)
{
	const Elf64_Shdr *sec = ids->section;

	for (; s < ids->end; s++) {
		uint64_t size;

		*name = ids->names + s->st_name;
		if (s->st_shndx != sec - ids->mod->sections ||
		    strncmp(*name, id_prefix, strlen(id_prefix)))
			continue;
		*name += strlen(id_prefix);
		*kind = kind_of(ids, name);
		size = (*kind)->entry ? s->st_size : sizeof(uint32_t);
		if (s->st_value % 4 || size < (*kind)->entry || size > sec->sh_size ||
		    s->st_value > sec->sh_size - size)
			die("%s: symbol %s points out of its section", ids->mod->path, *name);
		return s;
	}
	return NULL;
}

/* Where the kernel looks for the id, or for the count of a set, that @sym stands for. */
static inline char *place_of(const struct ids *ids, const Elf64_Sym *sym)
{
	return ids->mod->data + ids->section->sh_offset + sym->st_value;
}

/* The type that a symbol asks for: a number behind the name tells several uses of it apart. */
static inline struct wanted wanted_type(const struct ids *ids, const struct id_kind *kind,
					const char *name)
{
	const char *number = NULL;

	for (const char *p = name; (p = strstr(p, "__")); p++)
		number = p;
	if (!number)
		die("%s: symbol %s is of no known form", ids->mod->path, name);
	return (struct wanted){ .kind = kind->kind, .name = name, .len = number - name };
}

/* What is in @mod, with the BTF in @base_path for its base. */
static inline struct ids open_ids(const struct module *mod, const char *base_path)
{
	const Elf64_Shdr *btf = section(mod, ".BTF"), *symtab = section(mod, ".symtab");
	struct ids ids = { .mod = mod, .section = section(mod, ".BTF_ids") };
	size_t size;
	char *data = map_file(base_path, false, &size);

	if (!btf)
		die("%s has no BTF", mod->path);
	ids.base = blob(base_path, data, size);
	ids.split = blob(mod->path, mod->data + btf->sh_offset, btf->sh_size);
	if (!ids.section)
		return ids;
	if (!symtab || symtab->sh_link >= mod->nr_sections)
		die("%s has no symbols", mod->path);
	ids.sym = (const void *)(mod->data + symtab->sh_offset);
	ids.end = ids.sym + symtab->sh_size / sizeof(*ids.sym);
	ids.names = mod->data + mod->sections[symtab->sh_link].sh_offset;
	return ids;
}

#endif
