// SPDX-License-Identifier: GPL-2.0-only
/* wsdump why: findings, and what there is to do about the things that they are about. */
#include "finding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct finding *why_add(struct why *w, enum finding_kind kind, const char *name, size_t len)
{
	struct finding *f;

	if (w->nr == w->size) {
		size_t size = w->size * 2 + 16;

		f = realloc(w->v, size * sizeof(*f));
		if (!f)
			return NULL;
		w->v = f;
		w->size = size;
	}
	f = &w->v[w->nr++];
	*f = (struct finding) { .kind = kind };
	snprintf(f->name, sizeof(f->name), "%.*s", (int)len, name);
	return f;
}

struct finding *finding_add(struct why *w, enum finding_kind kind, const char *name)
{
	return why_add(w, kind, name, strlen(name));
}

int finding_no_memory(struct fail *why)
{
	return fail(why, "out of memory");
}

/* --- what a thing is, and what there is to do ------------------------------------- */

/* For a shell: what is between single quotes is as it is. */
static void quote(char *buf, size_t size, const char *s)
{
	size_t n = 0;

	for (; *s && n + 6 < size; s++) {
		if (*s == '\'')
			n += snprintf(buf + n, size - n, "'\\''");
		else
			buf[n++] = *s;
	}
	buf[n] = '\0';
}

void finding_say_device(struct finding *f)
{
	const struct device *d = &f->device;

	snprintf(f->what, sizeof(f->what), "%s%s%s", d->what,
		 d->what[0] && d->driver[0] ? ", driver " : d->driver[0] ? "driver " : "", d->driver);
}

/* Its driver lets go of it: that ends whatever it does. */
void finding_command_unbind(struct finding *f)
{
	const struct device *d = &f->device;

	if (d->driver[0] && d->subsystem[0])
		snprintf(f->command, sizeof(f->command),
			 "echo %s >/sys/bus/%s/drivers/%s/unbind", d->name, d->subsystem,
			 d->driver);
}

void finding_command_disarm(struct finding *f)
{
	device_disarm(&f->device, f->command, sizeof(f->command));
	device_rule(&f->device, f->rule, sizeof(f->rule));
}

/* Is it one of the names in /sys/power/wake_lock? Blanks are between them. */
static bool is_wake_lock(const char *locks, const char *name)
{
	size_t len = strlen(name);

	for (const char *s = locks; (s = strstr(s, name)); s += len)
		if ((s == locks || s[-1] == ' ') && (!s[len] || s[len] == ' '))
			return len;
	return false;
}

void finding_command_unlock(struct finding *f, const char *name)
{
	char quoted[256];

	quote(quoted, sizeof(quoted), name);
	snprintf(f->what, sizeof(f->what), "wake lock of user space");
	snprintf(f->command, sizeof(f->command), "echo '%s' >/sys/power/wake_unlock",
		 quoted);
}

/* The device's own source has its name, and goes when the device may not wake any more. */
void finding_describe_source(const struct why *w, struct finding *f, const struct state *s,
			    const char *locks)
{
	if (is_wake_lock(locks, s->name)) {
		finding_command_unlock(f, s->name);
		return;
	}
	if (device_of_source(&f->device, s->id)) {
		char names[WHY_TEXT - 16];

		processes_find(&w->processes, s->name, names, sizeof(names));
		if (names[0])
			snprintf(f->what, sizeof(f->what), "epoll of %s", names);
		else
			snprintf(f->what, sizeof(f->what), "of no device");
		return;
	}
	finding_say_device(f);
	if (!f->what[0])
		snprintf(f->what, sizeof(f->what), "device %s", f->device.name);
	if (f->device.may_wake == WAKE_ENABLED && !strcmp(f->device.name, s->name))
		finding_command_disarm(f);
	else
		finding_command_unbind(f);
}
