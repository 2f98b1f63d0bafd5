// SPDX-License-Identifier: GPL-2.0-only
#include "about.h"

#include <stdio.h>
#include <string.h>

#include "processes.h"

/* Of the last two sources: the columns of a row come together, and two rows are compared. */
static struct known {
	bool valid;
	unsigned int id;
	char name[64];		/* an id may be given again, to another source */
	struct device device;
	char processes[256];
} known[2];

static int last;

static struct process_sources processes;

static bool is_of(const struct known *k, unsigned int id, const char *name)
{
	return k->valid && k->id == id && !strncmp(k->name, name, sizeof(k->name) - 1);
}

static struct known *look_at(unsigned int id, const char *name)
{
	struct known *k = &known[last];

	if (is_of(k, id, name))
		return k;
	last = !last;
	k = &known[last];
	if (is_of(k, id, name))
		return k;
	*k = (struct known) { .valid = true, .id = id };
	snprintf(k->name, sizeof(k->name), "%s", name);
	device_of_source(&k->device, id);
	return k;
}

const char *about_text(enum about about, unsigned int id, const char *name, size_t *len)
{
	struct known *k = look_at(id, name);
	const struct device *d = &k->device;
	const char *text = NULL;

	switch (about) {
	case ABOUT_WHAT:
		text = d->what;
		break;
	case ABOUT_DRIVER:
		text = d->driver;
		break;
	case ABOUT_SUBSYSTEM:
		text = d->subsystem;
		break;
	case ABOUT_PATH:
		text = d->path;
		break;
	case ABOUT_MAY_WAKE:
		text = d->path[0] ? may_wake_words[d->may_wake] : "";
		break;
	case ABOUT_PROCESS:
		/* a source of a device is a driver's */
		if (!d->path[0])
			processes_find(&processes, name, k->processes, sizeof(k->processes));
		text = k->processes;
		break;
	}
	*len = text ? strlen(text) : 0;
	return *len ? text : NULL;
}

int about_processes(struct fail *why)
{
	processes_free(&processes);
	return processes_read(&processes) ? fail(why, "out of memory") : 0;
}

int about_prepare(const struct column *const *columns, size_t nr, struct fail *why)
{
	for (size_t i = 0; i < nr; i++)
		if (!strcmp(columns[i]->key, ABOUT_PROCESS_KEY))
			return about_processes(why);
	return 0;
}
