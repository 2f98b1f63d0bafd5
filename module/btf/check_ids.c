// SPDX-License-Identifier: GPL-2.0-only
/*
 * check_ids - does a module have BTF that is good for a kernel, and the ids of what it names?
 *
 * usage: check_ids BASE MODULE.ko
 *
 * BASE is that kernel's bare BTF. Whoever made the module's: a build that goes on without BTF, or
 * with another kernel's, ends with success as well.
 *
 * A module can bring what it needs of its base, in section .BTF.base. The kernel then looks these
 * types up in its own BTF by name and size, and ids count on from them.
 */
#include "module.h"

static bool has_size(const struct btf_type *t, const char *name, uint32_t id, void *arg)
{
	const struct wanted *w = arg;

	(void)id;
	return btf_kind(t) == w->kind && t->size == w->size && !strcmp(name, w->name);
}

/* Whatever type the module brings has to be one of the kernel's. */
static bool check_type(const struct btf_type *t, const char *name, uint32_t id, void *arg)
{
	const struct ids *kernel = arg;
	struct wanted w = { .kind = btf_kind(t), .name = name, .size = t->size };

	if (*name && (w.kind == BTF_STRUCT || w.kind == BTF_UNION) &&
	    !each_type(&kernel->base, NULL, has_size, &w))
		die("%s was compiled for another kernel than its BTF would be for: %s, type %u of its base, has another size there",
		    kernel->mod->path, name, id);
	return false;
}

static bool has_id(const struct btf_type *t, const char *name, uint32_t id, void *arg)
{
	struct wanted *w = arg;

	return id == w->id && btf_kind(t) == w->kind && !strncmp(name, w->name, w->len) &&
	       !name[w->len];
}

/* Is the id at @at that of @w? */
static bool is_there(const struct ids *ids, struct wanted *w, const char *at)
{
	memcpy(&w->id, at, sizeof(w->id));
	return each_type(&ids->base, &ids->split, has_id, w);
}

/* The set that @sym is an entry of, or NULL. */
static const Elf64_Sym *set_of(const struct ids *ids, const Elf64_Sym *sym, uint64_t *entry)
{
	const Elf64_Sym *set = ids->sym;
	const struct id_kind *kind;
	const char *name;

	for (; (set = next_id(ids, set, &kind, &name)); set++) {
		if (kind->entry && sym->st_value > set->st_value &&
		    sym->st_value < set->st_value + set->st_size) {
			*entry = kind->entry;
			return set;
		}
	}
	return NULL;
}

/* One id, which in a set is anywhere: sets are sorted. */
static void check_id(const struct ids *ids, const struct id_kind *kind, const char *name,
		     const Elf64_Sym *sym)
{
	struct wanted w = wanted_type(ids, kind, name);
	uint64_t entry = 0;
	const Elf64_Sym *set = set_of(ids, sym, &entry);

	if (!set && is_there(ids, &w, place_of(ids, sym)))
		return;
	for (uint64_t i = entry; set && i < set->st_size; i += entry)
		if (is_there(ids, &w, place_of(ids, set) + i))
			return;
	die("%s: the BTF id of %.*s is missing or wrong", ids->mod->path, (int)w.len, name);
}

static void check_set(const struct ids *ids, const struct id_kind *kind, const char *name,
		      const Elf64_Sym *sym)
{
	const char *at = place_of(ids, sym);
	uint32_t count, id, last = 0;

	memcpy(&count, at, sizeof(count));
	if (count != sym->st_size / kind->entry - 1)
		die("%s: the BTF ids of set %s are missing", ids->mod->path, name);
	for (uint32_t i = 1; i <= count; i++, last = id) {
		memcpy(&id, at + i * kind->entry, sizeof(id));
		if (id <= last)
			die("%s: the BTF ids of set %s are not sorted", ids->mod->path, name);
	}
}

int main(int argc, char **argv)
{
	const struct id_kind *kind;
	const Elf64_Shdr *own_base;
	const Elf64_Sym *s;
	struct module mod;
	const char *name;
	struct ids ids;

	if (argc != 3)
		die("usage: %s BASE MODULE.ko", argv[0]);
	mod = open_module(argv[2], false);
	ids = open_ids(&mod, argv[1]);
	check_base(&mod, &ids.base, NULL);

	own_base = section(&mod, ".BTF.base");
	if (own_base) {
		struct btf_blob own = blob(mod.path, mod.data + own_base->sh_offset,
					   own_base->sh_size);

		each_type(&own, NULL, check_type, &ids);
		ids.base = own;
	}
	for (s = ids.sym; (s = next_id(&ids, s, &kind, &name)); s++) {
		if (kind->entry)
			check_set(&ids, kind, name, s);
		else
			check_id(&ids, kind, name, s);
	}
	return 0;
}
