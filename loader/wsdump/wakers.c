// SPDX-License-Identifier: GPL-2.0-only
#include "wakers.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sysfs.h"

static int add(struct wakers *all, const char *path)
{
	struct device *v, dev;
	char word[16];

	if (sysfs_read(word, sizeof(word), "%s/power/wakeup", path) <= 0 ||
	    strcmp(word, "enabled") || device_read(&dev, path))
		return 0;	/* it may not wake, or has gone meanwhile */
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

/* Of one bus or class. */
static int add_all(struct wakers *all, const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	char path[SYSFS_PATH];
	int ret = 0;

	while (d && !ret && (entry = readdir(d))) {
		snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name);
		if (entry->d_name[0] != '.')
			ret = add(all, path);
	}
	if (d)
		closedir(d);
	return ret;
}

/*
 * Of all in a folder of buses or classes. (glob() would link a static program with all that looks
 * up users, for the sake of ~.)
 */
static int add_subsystems(struct wakers *all, const char *dir, const char *below)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	char path[512];
	int ret = 0;

	while (d && !ret && (entry = readdir(d))) {
		snprintf(path, sizeof(path), "%s/%s%s", dir, entry->d_name, below);
		if (entry->d_name[0] != '.')
			ret = add_all(all, path);
	}
	if (d)
		closedir(d);
	return ret;
}

/* What stands further up is more than what hangs on it; else by the path, which is an order. */
static int by_path(const void *a, const void *b)
{
	const struct device *x = a, *y = b;

	return strcmp(x->path, y->path);
}

int wakers_read(struct wakers *all)
{
	int ret;

	*all = (struct wakers) { 0 };
	/* a device is on a bus, or of a class, or both */
	ret = add_subsystems(all, "/sys/bus", "/devices") || add_subsystems(all, "/sys/class", "") ?
	      -1 : 0;
	if (all->nr)
		qsort(all->v, all->nr, sizeof(*all->v), by_path);
	return ret;
}

void wakers_free(struct wakers *all)
{
	free(all->v);
	*all = (struct wakers) { 0 };
}
