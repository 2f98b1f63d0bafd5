// SPDX-License-Identifier: GPL-2.0-only
/* freqext list: the governors that there are, ours and those that are loaded. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "governor.h"
#include "show.h"
#include "sysfs.h"
#include "verbs.h"

struct row {
	char governor[GOVERNOR_NAME];
	char policies[256];
	uint64_t loaded, pinned;
	const char *about;
};

TEXT_OF(struct row, governor)
TEXT_OF(struct row, policies)
TEXT_OF(struct row, about)
NUMBER_OF(struct row, loaded)
NUMBER_OF(struct row, pinned)

static const struct column columns[] = {
	TEXT("GOVERNOR", governor, true, "its name"),
	NUMBER("LOADED", loaded, FLAG, true, "can policies select it?"),
	NUMBER("PINNED", pinned, FLAG, true, "does it stay till 'freqext unload'?"),
	TEXT("POLICIES", policies, true, "the policies that have it: policyN in sysfs"),
	TEXT("ABOUT", about, true, "what it does, of those that come with freqext"),
	{ 0 }
};

static int order(const void *x, const void *y)
{
	const struct row *a = x, *b = y;

	return strcmp(a->governor, b->governor);
}

struct list {
	struct row *v;
	size_t nr;
};

static struct row *add(struct list *list, const char *name)
{
	struct row *v;

	for (size_t i = 0; i < list->nr; i++)
		if (!strcmp(list->v[i].governor, name))
			return &list->v[i];
	v = reallocarray(list->v, list->nr + 1, sizeof(*v));
	if (!v)
		return NULL;
	list->v = v;
	v += list->nr++;
	*v = (struct row){ .about = "" };
	snprintf(v->governor, sizeof(v->governor), "%.15s", name);
	return v;
}

/* Those that a policy could select, and those that one has still whose author is gone. */
static int add_known(struct list *list, const struct policies *policies)
{
	DIR *dir = opendir(EXT_DIR);
	struct dirent *entry;
	struct row *row;

	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		row = add(list, entry->d_name);
		if (!row) {
			closedir(dir);
			return -1;
		}
		sysfs_read(row->policies, sizeof(row->policies), EXT_DIR "/%s/policies",
			   entry->d_name);
		row->pinned = governor_is_pinned(entry->d_name);
		/* without a policy that could tell, it is here as long as somebody keeps it */
		row->loaded = !policies->nr || policy_offers(&policies->v[0], entry->d_name);
	}
	if (dir)
		closedir(dir);
	return 0;
}

static int read_rows(void **v, size_t *nr, const char **none, struct fail *why)
{
	struct list list = { 0 };
	struct policies policies;
	struct row *row = NULL;
	int err;

	(void)none;
	err = policies_read(&policies, why);
	for (const struct shipped *s = shipped_governors; !err && s->name; s++) {
		row = add(&list, s->name);
		if (!row)
			err = fail(why, "out of memory");
		else
			row->about = s->help;
	}
	if (!err && add_known(&list, &policies))
		err = fail(why, "out of memory");
	policies_free(&policies);
	*v = list.v;
	*nr = err ? 0 : list.nr;
	return err;
}

int list_main(int argc, char **argv)
{
	static const struct shown what = {
		.name = "freqext list",
		.about = "Print the BPF governors that there are: those of freqext, and all that are loaded.\n",
		.examples = " freqext list\n",
		.key = "governors",
		.columns = columns,
		.size = sizeof(struct row),
		.order = order,
		.read = read_rows,
	};

	return show_main(&what, NULL, argc, argv);
}
