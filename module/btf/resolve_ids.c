// SPDX-License-Identifier: GPL-2.0-only
/*
 * resolve_ids - fill in the BTF ids that a module's source names
 *
 * usage: resolve_ids BASE MODULE.ko
 *
 * The compiler leaves a zero and a symbol for every BTF_ID(), and for every set of
 * them a header whose count is zero too, in section .BTF_ids. This puts the ids
 * there, as numbered in BASE followed by the module's own BTF, and the counts, and
 * sorts each set by id, because the kernel searches it by bisection. BASE is bare
 * BTF, the same that the module's was made against.
 *
 * Does what the kernel's resolve_btfids does, for the targets whose headers come
 * without it, but is less patient: an id that can't be found is an error.
 */
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

static const Elf64_Shdr *section(const struct module *mod, const char *name)
{
	for (unsigned int i = 0; i < mod->nr_sections; i++)
		if (!strcmp(mod->section_names + mod->sections[i].sh_name, name))
			return &mod->sections[i];
	return NULL;
}

static struct module open_module(const char *path)
{
	struct module mod = { .path = path };
	const Elf64_Ehdr *elf;

	mod.data = map_file(path, true, &mod.size);
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

static struct btf_blob blob(const char *path, const char *data, size_t size)
{
	struct btf_blob b;

	if (!btf_blob_at(&b, data, size))
		die("%s: its BTF is damaged, or of a later format than this program knows", path);
	return b;
}

/*
 * Call found(type, its name, its id) for all types of @base, then of @split, until it
 * returns true. Split BTF goes on counting where its base ends, ids and bytes of
 * strings alike.
 */
static bool each_type(const struct btf_blob *base, const struct btf_blob *split,
		      bool (*found)(const struct btf_type *, const char *, uint32_t, void *),
		      void *arg)
{
	const struct btf_blob *blobs[] = { base, split };
	uint32_t id = 1;

	for (int i = 0; i < 2; i++) {
		const struct btf_type *t = (const void *)blobs[i]->types;

		for (; (const char *)t != blobs[i]->types_end; t = btf_next(t), id++) {
			const struct btf_blob *names = base;
			uint32_t off = t->name_off;

			if (off >= base->strings_len) {
				off -= base->strings_len;
				names = split;
			}
			if (off >= names->strings_len)
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

static bool is_wanted(const struct btf_type *t, const char *name, uint32_t id, void *arg)
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
static void check_base(const struct module *mod, const struct btf_blob *base,
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

static int compare_ids(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* All that resolving takes. */
struct ids {
	const struct module *mod;
	const Elf64_Shdr *section;
	struct btf_blob base, split;
};

/* What a symbol's name behind the prefix says it is for; moves @name on behind that. */
static const struct id_kind *kind_of(const struct ids *ids, const char **name)
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

/* Put one id in its place, or finish one set. */
static void resolve(const struct ids *ids, const struct id_kind *kind, const char *name,
		    const Elf64_Sym *sym)
{
	struct wanted w = { .kind = kind->kind, .name = name };
	char *at = ids->mod->data + ids->section->sh_offset + sym->st_value;
	uint64_t size = kind->entry ? sym->st_size : sizeof(uint32_t);
	const char *number = NULL;
	uint32_t count, before;

	if (sym->st_value % 4 || size < kind->entry ||
	    size > ids->section->sh_size || sym->st_value > ids->section->sh_size - size)
		die("%s: symbol %s points out of its section", ids->mod->path, name);

	/* A sorted set has entries that are no longer where their symbols are. */
	memcpy(&before, at, sizeof(before));
	if (before)
		die("%s has its ids already: link it again", ids->mod->path);

	if (kind->entry) {
		count = size / kind->entry - 1;
		memcpy(at, &count, sizeof(count));
		qsort(at + kind->entry, count, kind->entry, compare_ids);
		return;
	}

	/* a number behind the name tells several uses of it apart */
	for (const char *p = name; (p = strstr(p, "__")); p++)
		number = p;
	if (!number)
		die("%s: symbol %s is of no known form", ids->mod->path, name);
	w.len = number - name;
	if (!each_type(&ids->base, &ids->split, is_wanted, &w))
		die("%s: no BTF for %.*s", ids->mod->path, (int)w.len, name);
	memcpy(at, &w.id, sizeof(w.id));
}

static void resolve_all(const struct ids *ids, const Elf64_Shdr *symtab)
{
	const struct module *mod = ids->mod;
	const Elf64_Sym *sym = (const void *)(mod->data + symtab->sh_offset);
	const Elf64_Sym *end = sym + symtab->sh_size / sizeof(*sym);
	const char *names = mod->data + mod->sections[symtab->sh_link].sh_offset;

	/* Ids before sets: a set is sorted by them. */
	for (int sets = 0; sets < 2; sets++) {
		for (const Elf64_Sym *s = sym; s < end; s++) {
			const char *name = names + s->st_name;
			const struct id_kind *kind;

			if (s->st_shndx != ids->section - mod->sections ||
			    strncmp(name, id_prefix, strlen(id_prefix)))
				continue;
			name += strlen(id_prefix);
			kind = kind_of(ids, &name);
			if (!kind->entry == !sets)
				resolve(ids, kind, name, s);
		}
	}
}

int main(int argc, char **argv)
{
	const Elf64_Shdr *btf, *symtab;
	struct module mod;
	struct ids ids;
	size_t size;
	char *data;

	if (argc != 3)
		die("usage: %s BASE MODULE.ko", argv[0]);
	data = map_file(argv[1], false, &size);
	mod = open_module(argv[2]);
	btf = section(&mod, ".BTF");
	if (!btf)
		die("%s has no BTF", mod.path);
	ids.mod = &mod;
	ids.base = blob(argv[1], data, size);
	ids.split = blob(mod.path, mod.data + btf->sh_offset, btf->sh_size);
	check_base(&mod, &ids.base, &ids.split);

	ids.section = section(&mod, ".BTF_ids");
	symtab = section(&mod, ".symtab");
	if (!ids.section)
		return 0;	/* it names none */
	if (!symtab || symtab->sh_link >= mod.nr_sections)
		die("%s has no symbols", mod.path);
	resolve_all(&ids, symtab);
	return 0;
}
