// SPDX-License-Identifier: GPL-2.0-only
/*
 * Never loaded: a module with BTF ids of every kind, for tests/btf/run to resolve.
 * In each set the module's own functions, which have the highest ids, come first.
 */
#include <linux/btf.h>
#include <linux/btf_ids.h>
#include <linux/fs.h>
#include <linux/module.h>

struct ids_fixture { int one; };
union ids_fixture_union { int one; long two; };
typedef struct ids_fixture ids_fixture_t;

int ids_fixture_first(ids_fixture_t *s, union ids_fixture_union *u);
int ids_fixture_second(struct ids_fixture *s);

noinline int ids_fixture_first(ids_fixture_t *s, union ids_fixture_union *u)
{
	return s->one + u->one;
}

noinline int ids_fixture_second(struct ids_fixture *s)
{
	return s->one;
}

BTF_ID_LIST(ids_fixture_list)
BTF_ID(struct, ids_fixture)
BTF_ID(union, ids_fixture_union)
BTF_ID(typedef, ids_fixture_t)
BTF_ID_UNUSED
BTF_ID(struct, task_struct)
BTF_ID(typedef, pid_t)
BTF_ID(func, ids_fixture_first)

BTF_SET_START(ids_fixture_set)
BTF_ID(func, ids_fixture_second)
BTF_ID(func, ids_fixture_first)
BTF_ID(func, vfs_truncate)
BTF_ID(func, vfs_getattr)
BTF_SET_END(ids_fixture_set)

BTF_SET8_START(ids_fixture_set8)
BTF_ID_FLAGS(func, ids_fixture_second, KF_ACQUIRE)
BTF_ID_FLAGS(func, vfs_truncate, KF_RELEASE)
BTF_ID_FLAGS(func, ids_fixture_first)
BTF_ID_FLAGS(func, vfs_getattr, KF_RELEASE)
BTF_SET8_END(ids_fixture_set8)

BTF_SET8_START(ids_fixture_empty)
BTF_SET8_END(ids_fixture_empty)

static int __init ids_fixture_init(void)
{
	struct ids_fixture s = { };
	union ids_fixture_union u = { };

	return ids_fixture_list[0] + ids_fixture_set.cnt + ids_fixture_set8.cnt +
	       ids_fixture_empty.cnt + ids_fixture_first(&s, &u) + ids_fixture_second(&s);
}
module_init(ids_fixture_init);

MODULE_DESCRIPTION("BTF ids of every kind, never loaded");
MODULE_LICENSE("GPL");
