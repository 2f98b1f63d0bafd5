// SPDX-License-Identifier: GPL-2.0-only
/* wsdump why: what ended the last suspend, or the attempt. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/duration.h"
#include "finding.h"
#include "sysfs.h"
#include "wakers.h"

static bool has_irq(const struct device *d, int64_t irq)
{
	int64_t number;

	return sysfs_there("%s/msi_irqs/%" PRId64, d->path, irq) ||
	       (!sysfs_number(&number, "%s/irq", d->path) && number == irq);
}

/* Of all that may wake: what the interrupt is of. */
static int device_of_irq(struct device *dev, const struct suspends *s, const struct wakers *wakers)
{
	char path[SYSFS_PATH];

	snprintf(path, sizeof(path), "/sys/class/rtc/%.64s/device", s->irq_name);
	if (!strncmp(s->irq_name, "rtc", 3) && !device_read(dev, path))
		return 0;
	for (size_t i = 0; i < wakers->nr; i++)
		if (has_irq(&wakers->v[i], s->irq) ||
		    /* its keyboard has this interrupt, its mouse another */
		    (!strcmp(s->irq_name, "i8042") && !strcmp(wakers->v[i].subsystem, "serio") &&
		     !strstr(wakers->v[i].what, s->irq == 1 ? "AUX" : "KBD"))) {
			*dev = wakers->v[i];
			return 0;
		}
	return -1;
}

static int add_irq(struct why *w, const struct wakers *wakers, struct fail *why)
{
	const struct suspends *s = &w->suspends;
	struct finding *f;
	char name[32];

	if (s->irq_error || !s->irq)
		return 0;
	snprintf(name, sizeof(name), "IRQ %" PRId64, s->irq);
	f = finding_add(w, FOUND_WOKE, name);
	if (!f)
		return finding_no_memory(why);
	snprintf(f->evidence, sizeof(f->evidence), "named by /sys/power/pm_wakeup_irq");
	if (device_of_irq(&f->device, s, wakers)) {
		snprintf(f->what, sizeof(f->what), "%s", s->irq_name);
		return 0;
	}
	finding_say_device(f);
	if (f->device.may_wake == WAKE_ENABLED)
		finding_command_disarm(f);
	return 0;
}

/* The device that the kernel's log names beside the error. */
static int add_failed_device(struct why *w, struct fail *why)
{
	const struct suspend_attempt *last = &w->suspends.last;
	const char *name = strchr(last->device, ':');
	char path[SYSFS_PATH];
	struct finding *f;

	if (last->outcome != SUSPEND_FAILED || !name)
		return 0;
	f = finding_add(w, FOUND_WOKE, name + 1);
	if (!f)
		return finding_no_memory(why);
	snprintf(f->evidence, sizeof(f->evidence), "the kernel's log: \"%s\"", last->said);
	snprintf(path, sizeof(path), "/sys/bus/%.*s/devices/%s", (int)(name - last->device),
		 last->device, name + 1);
	if (!device_read(&f->device, path)) {
		finding_say_device(f);
		finding_command_unbind(f);
	}
	return 0;
}

/* Sources in the order of time. */
static int earliest_first(const void *a, const void *b)
{
	const struct state *x = *(const struct state *const *)a;
	const struct state *y = *(const struct state *const *)b;

	return (x->n[LAST_CHANGE] > y->n[LAST_CHANGE]) - (x->n[LAST_CHANGE] < y->n[LAST_CHANGE]);
}

/*
 * Did it change while the system went to sleep or woke? Or was it active then already? Of each
 * source the kernel knows the last change only.
 */
static bool took_part(const struct state *s, const struct suspend_attempt *a, uint64_t slack)
{
	uint64_t changed = s->n[LAST_CHANGE];

	if (!changed || changed > a->exit_ns + slack)
		return false;
	return changed + slack >= a->entry_ns || (s->active && a->outcome == SUSPEND_FAILED);
}

static void say_when(struct finding *f, const struct state *s, const struct suspend_attempt *a)
{
	uint64_t changed = s->n[LAST_CHANGE];
	char span[DURATION_LEN];

	if (s->active && changed < a->entry_ns) {
		duration_format(span, a->entry_ns - changed);
		snprintf(f->evidence, sizeof(f->evidence),
			 "active since %s before the suspend began, and still", span);
	} else if (a->woke_ns && changed >= a->woke_ns) {
		duration_format(span, changed - a->woke_ns);
		snprintf(f->evidence, sizeof(f->evidence), "its event came %s after the wake-up",
			 span);
	} else {
		duration_format(span, changed > a->entry_ns ? changed - a->entry_ns : 0);
		snprintf(f->evidence, sizeof(f->evidence), "its event came %s after the suspend began",
			 span);
	}
}

static int add_sources(struct why *w, const char *locks, struct fail *why)
{
	const struct suspend_attempt *a = &w->suspends.last;
	const struct state **v;
	size_t nr = 0;
	int ret = 0;

	if (!a->exit_ns || w->suspends.clock_error)
		return 0;
	v = calloc(w->states->nr + 1, sizeof(*v));
	if (!v)
		return finding_no_memory(why);
	for (size_t i = 0; i < w->states->nr; i++)
		if (took_part(&w->states->v[i], a,
			      suspend_log_slack(a->exit_ns, w->states->monotonic_ns)))
			v[nr++] = &w->states->v[i];
	qsort(v, nr, sizeof(*v), earliest_first);
	for (size_t i = 0; i < nr && !ret; i++) {
		struct finding *f = why_add(w, FOUND_WOKE, v[i]->name, v[i]->name_len);

		if (!f) {
			ret = finding_no_memory(why);
			break;
		}
		finding_describe_source(w, f, v[i], locks);
		say_when(f, v[i], a);
	}
	free(v);
	return ret;
}

int woke_add(struct why *w, const char *locks, const struct wakers *wakers, struct fail *why)
{
	return add_irq(w, wakers, why) || add_failed_device(w, why) ||
	       add_sources(w, locks, why) ? -1 : 0;
}
