// SPDX-License-Identifier: GPL-2.0-only
#include "wakers.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "sysfs.h"

static bool is_enabled(const char *file)
{
	char word[16];

	return sysfs_read(word, sizeof(word), "%s", file) > 0 && !strcmp(word, "enabled");
}

static int add(struct wakers *all, char *path)
{
	struct device *v, dev;

	*strstr(path, "/power/wakeup") = '\0';
	if (device_read(&dev, path))
		return 0;	/* gone meanwhile */
	for (size_t i = 0; i < all->nr; i++)
		if (!strcmp(all->v[i].path, dev.path))
			return 0;
	v = realloc(all->v, (all->nr + 1) * sizeof(*v));
	if (!v)
		return -1;
	all->v = v;
	v[all->nr++] = dev;
	return 0;
}

/* What stands further up is more than what hangs on it; else by the path, which is an order. */
static int by_path(const void *a, const void *b)
{
	const struct device *x = a, *y = b;

	return strcmp(x->path, y->path);
}

int wakers_read(struct wakers *all)
{
	glob_t found;
	int ret = 0;

	*all = (struct wakers) { 0 };
	/* a device is on a bus, or of a class, or both */
	if (glob("/sys/bus/*/devices/*/power/wakeup", GLOB_NOSORT, NULL, &found) == GLOB_NOSPACE ||
	    glob("/sys/class/*/*/power/wakeup", GLOB_NOSORT | GLOB_APPEND, NULL, &found) ==
	    GLOB_NOSPACE)
		ret = -1;
	for (size_t i = 0; i < found.gl_pathc && !ret; i++)
		if (is_enabled(found.gl_pathv[i]))
			ret = add(all, found.gl_pathv[i]);
	globfree(&found);
	qsort(all->v, all->nr, sizeof(*all->v), by_path);
	return ret;
}

void wakers_free(struct wakers *all)
{
	free(all->v);
	*all = (struct wakers) { 0 };
}
