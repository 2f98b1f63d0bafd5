// SPDX-License-Identifier: GPL-2.0-only
/*
 * resolve_ids - fill in the BTF ids that a module's source names
 *
 * usage: resolve_ids BASE MODULE.ko
 *
 * This puts the ids there, as numbered in BASE followed by the module's own BTF, and
 * the counts of sets, and sorts each set by id, because the kernel searches it by
 * bisection. BASE is bare BTF, the same that the module's was made against.
 *
 * Does what the kernel's resolve_btfids does, for the targets whose headers come
 * without it, but is less patient: an id that can't be found is an error.
 */
#include "module.h"

static int compare_ids(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* Put one id in its place, or finish one set. */
static void resolve(const struct ids *ids, const struct id_kind *kind, const char *name,
		    const Elf64_Sym *sym)
{
	char *at = place_of(ids, sym);
	uint32_t count, before;
	struct wanted w;

	/* A sorted set has entries that are no longer where their symbols are. */
	memcpy(&before, at, sizeof(before));
	if (before)
		die("%s has its ids already: link it again", ids->mod->path);

	if (kind->entry) {
		count = sym->st_size / kind->entry - 1;
		memcpy(at, &count, sizeof(count));
		qsort(at + kind->entry, count, kind->entry, compare_ids);
		return;
	}

	w = wanted_type(ids, kind, name);
	if (!each_type(&ids->base, &ids->split, is_wanted, &w))
		die("%s: no BTF for %.*s", ids->mod->path, (int)w.len, name);
	memcpy(at, &w.id, sizeof(w.id));
}

int main(int argc, char **argv)
{
	const struct id_kind *kind;
	struct module mod;
	const char *name;
	struct ids ids;

	if (argc != 3)
		die("usage: %s BASE MODULE.ko", argv[0]);
	mod = open_module(argv[2], true);
	ids = open_ids(&mod, argv[1]);
	check_base(&mod, &ids.base, &ids.split);

	/* Ids before sets: a set is sorted by them. */
	for (int sets = 0; sets < 2; sets++) {
		const Elf64_Sym *s = ids.sym;

		for (; (s = next_id(&ids, s, &kind, &name)); s++)
			if (!kind->entry == !sets)
				resolve(&ids, kind, name, s);
	}
	return 0;
}
