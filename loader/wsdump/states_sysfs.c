// SPDX-License-Identifier: GPL-2.0-only
#include "states_sysfs.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sysfs.h"

#define MS 1000000ULL

static const struct file_of {
	const char *name;
	enum counter counter;
	uint64_t unit;
} files[] = {
	{ "active_count", ACTIVE_COUNT, 1 },
	{ "event_count", EVENT_COUNT, 1 },
	{ "wakeup_count", WAKEUP_COUNT, 1 },
	{ "expire_count", EXPIRE_COUNT, 1 },
	{ "active_time_ms", ACTIVE_TIME, MS },
	{ "total_time_ms", TOTAL_TIME, MS },
	{ "max_time_ms", MAX_TIME, MS },
	{ "last_change_ms", LAST_CHANGE, MS },
	{ "prevent_suspend_time_ms", PREVENT_TIME, MS },
};

#define NAME_MAX_BYTES 4096	/* what a file of sysfs has at most */

/* A source that has gone meanwhile is left out, as one that went before. */
static int cant_read(int err, const char *dir, const char *node, const char *file,
		     struct fail *why)
{
	if (err == -ENOENT || err == -ENODEV)
		return 0;
	return fail(why, "can't read %s/%s/%s: %s", dir, node, file, strerror(-err));
}

static int read_one(struct states *states, char **text, const char *dir, const char *node,
		    struct fail *why)
{
	struct state *s = &states->v[states->nr];
	int64_t number;
	int len, err;

	*s = (struct state) { .id = strtoul(node + strlen("wakeup"), NULL, 10) };
	len = sysfs_read(*text, NAME_MAX_BYTES, "%s/%s/name", dir, node);
	if (len < 0)
		return cant_read(len, dir, node, "name", why);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		err = sysfs_number(&number, "%s/%s/%s", dir, node, files[i].name);
		if (!err && number < 0)
			err = -EINVAL;
		if (err)
			return cant_read(err, dir, node, files[i].name, why);
		s->n[files[i].counter] = number * files[i].unit;
	}
	s->active = s->n[ACTIVE_TIME];
	s->n[RELAX_COUNT] = s->n[ACTIVE_COUNT] - s->active;
	s->name = *text;
	s->name_len = len;
	*text += len + 1;
	if (!sysfs_link(*text, SYSFS_VALUE, "%s/%s/device", dir, node)) {
		s->device = *text;
		s->device_len = strlen(*text);
		*text += s->device_len + 1;
	}
	states->nr++;
	return 0;
}

static int newest_first(const void *a, const void *b)
{
	const struct state *x = a, *y = b;

	return (x->id < y->id) - (x->id > y->id);
}

int states_from_sysfs(struct states *states, const char *dir, struct fail *why)
{
	struct dirent **nodes = NULL;
	int nr = scandir(dir, &nodes, NULL, NULL), ret = 0;
	char *text;

	if (nr < 0)
		return fail(why, "can't read %s: %s", dir, strerror(errno));
	/* no more of it is used than there are names for */
	if (states_room(states, nr, nr * (size_t)(NAME_MAX_BYTES + SYSFS_VALUE)))
		ret = fail(why, "no memory for %d wakeup sources", nr);
	text = states->text;
	for (int i = 0; i < nr && !ret; i++)
		if (!strncmp(nodes[i]->d_name, "wakeup", 6) && strlen(nodes[i]->d_name) > 6)
			ret = read_one(states, &text, dir, nodes[i]->d_name, why);
	for (int i = 0; i < nr; i++)
		free(nodes[i]);
	free(nodes);
	states->unit_ns = MS;
	states->untimed = true;
	if (!ret)
		qsort(states->v, states->nr, sizeof(*states->v), newest_first);
	return ret;
}
