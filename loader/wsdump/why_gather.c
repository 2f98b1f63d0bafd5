// SPDX-License-Identifier: GPL-2.0-only
/* wsdump why: where the answers are. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/clock.h"
#include "finding.h"
#include "sysfs.h"
#include "wakers.h"

static int unknown(struct why *w, const char *name, struct fail *why, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

static int unknown(struct why *w, const char *name, struct fail *why, const char *fmt, ...)
{
	struct finding *f = finding_add(w, FOUND_UNKNOWN, name);
	va_list args;

	if (!f)
		return finding_no_memory(why);
	va_start(args, fmt);
	vsnprintf(f->evidence, sizeof(f->evidence), fmt, args);
	va_end(args);
	return 0;
}

/* --- what is active now ----------------------------------------------------------- */

static int longest_first(const void *a, const void *b)
{
	const struct state *x = *(const struct state *const *)a;
	const struct state *y = *(const struct state *const *)b;

	return (x->n[ACTIVE_TIME] < y->n[ACTIVE_TIME]) - (x->n[ACTIVE_TIME] > y->n[ACTIVE_TIME]);
}

static int add_active(struct why *w, const char *locks, struct fail *why)
{
	const struct state **v = calloc(w->states->nr + 1, sizeof(*v));
	size_t nr = 0;

	if (!v)
		return finding_no_memory(why);
	for (size_t i = 0; i < w->states->nr; i++)
		if (w->states->v[i].active)
			v[nr++] = &w->states->v[i];
	qsort(v, nr, sizeof(*v), longest_first);
	for (size_t i = 0; i < nr; i++) {
		struct finding *f = why_add(w, FOUND_ACTIVE, v[i]->name, v[i]->name_len);

		if (!f) {
			free(v);
			return finding_no_memory(why);
		}
		f->time_ns = v[i]->n[ACTIVE_TIME];
		finding_describe_source(w, f, v[i], locks);
	}
	free(v);
	return 0;
}

/* --- user space --------------------------------------------------------------------- */

static int add_inhibitors(struct why *w, struct fail *why)
{
	struct inhibitors all;
	struct fail reason;
	int ret = inhibitors_read(&all, &reason), err = 0;

	if (ret < 0)
		err = unknown(w, "systemd's inhibitors", why, "%s", reason.text);
	for (size_t i = 0; i < all.nr && !err; i++) {
		const struct inhibitor *in = &all.v[i];
		struct finding *f = finding_add(w, FOUND_FORBIDS, in->who);

		if (!f) {
			err = finding_no_memory(why);
			break;
		}
		snprintf(f->what, sizeof(f->what), "%s, PID %d, user %u", in->comm, in->pid, in->uid);
		snprintf(f->evidence, sizeof(f->evidence), "systemd-inhibit --list has it: %s %s, \"%s\"",
			 in->mode, in->what, in->why);
		inhibitor_release(in, f->command, sizeof(f->command));
	}
	inhibitors_free(&all);
	return err;
}

static bool is_found(const struct why *w, enum finding_kind kind, const char *name)
{
	for (size_t i = 0; i < w->nr; i++)
		if (w->v[i].kind == kind && !strcmp(w->v[i].name, name))
			return true;
	return false;
}

/* Those that no source was found for. */
static int add_wake_locks(struct why *w, char *locks, struct fail *why)
{
	char *rest, *name = strtok_r(locks, " ", &rest);

	for (; name; name = strtok_r(NULL, " ", &rest)) {
		struct finding *f;

		if (is_found(w, FOUND_ACTIVE, name))
			continue;
		f = finding_add(w, FOUND_FORBIDS, name);
		if (!f)
			return finding_no_memory(why);
		finding_command_unlock(f, name);
		snprintf(f->evidence, sizeof(f->evidence), "listed in /sys/power/wake_lock");
	}
	return 0;
}

/* --- what is to wake it, and what may ------------------------------------------------ */

/* A clock of the hardware has a time of its own, which may be local. */
static int add_alarms(struct why *w, struct fail *why)
{
	for (int i = 0; sysfs_there("/sys/class/rtc/rtc%d", i); i++) {
		int64_t alarm, now;
		struct finding *f;
		char name[32];

		if (sysfs_number(&alarm, "/sys/class/rtc/rtc%d/wakealarm", i) ||
		    sysfs_number(&now, "/sys/class/rtc/rtc%d/since_epoch", i) || alarm <= now)
			continue;
		snprintf(name, sizeof(name), "rtc%d", i);
		f = finding_add(w, FOUND_ALARM, name);
		if (!f)
			return finding_no_memory(why);
		f->time_ns = clock_ns(CLOCK_REALTIME) + (alarm - now) * NS_PER_S;
		snprintf(f->evidence, sizeof(f->evidence), "set in /sys/class/rtc/rtc%d/wakealarm", i);
		snprintf(f->command, sizeof(f->command),
			 "echo 0 >/sys/class/rtc/rtc%d/wakealarm", i);
	}
	return 0;
}

static int add_wakers(struct why *w, const struct wakers *wakers, struct fail *why)
{
	for (size_t i = 0; i < wakers->nr; i++) {
		struct finding *f = finding_add(w, FOUND_MAY_WAKE, wakers->v[i].name);

		if (!f)
			return finding_no_memory(why);
		f->device = wakers->v[i];
		finding_say_device(f);
		snprintf(f->evidence, sizeof(f->evidence), "its power/wakeup is enabled");
		finding_command_disarm(f);
	}
	return 0;
}

/* --- all of it ------------------------------------------------------------------------ */

static int add_unknown(struct why *w, const char *no_bpf, struct fail *why)
{
	const struct suspends *s = &w->suspends;

	if (no_bpf[0] && unknown(w, "wakeup sources by BPF", why, "%s%s", no_bpf,
				 w->by_sysfs ? "; sysfs was read instead" : ""))
		return -1;
	if (s->stats_error && unknown(w, "counts of suspends", why, "/sys/power/suspend_stats: %s",
				      strerror(-s->stats_error)))
		return -1;
	if (s->irq_error && unknown(w, "interrupt that woke", why, "/sys/power/pm_wakeup_irq: %s",
				    strerror(-s->irq_error)))
		return -1;
	if (s->log_error && unknown(w, "the last suspend", why, "/dev/kmsg, the kernel's log: %s",
				    strerror(-s->log_error)))
		return -1;
	if (s->clock_error && unknown(w, "the time of the last suspend", why,
				      "perf_event_open(), for the clock of the kernel's log: %s",
				      strerror(-s->clock_error)))
		return -1;
	if (!s->log_error && !s->last.entry_ns && !s->stats_error && s->success + s->fail &&
	    unknown(w, "the last suspend", why, "the kernel's log has lost it"))
		return -1;
	return 0;
}

static int gather(struct why *w, const char *no_bpf, char *locks, const struct wakers *wakers,
		  struct fail *why)
{
	if (no_bpf && add_active(w, locks, why))
		return -1;
	if (woke_add(w, locks, wakers, why))
		return -1;
	if (!no_bpf)	/* the short form */
		return 0;
	if (add_inhibitors(w, why) || add_wake_locks(w, locks, why) || add_alarms(w, why) ||
	    add_wakers(w, wakers, why) || add_unknown(w, no_bpf, why))
		return -1;
	return 0;
}

static int read_and_gather(struct why *w, const char *no_bpf, struct fail *why)
{
	struct wakers wakers;
	char locks[4096];
	int err;

	sysfs_read(locks, sizeof(locks), "/sys/power/wake_lock");
	err = wakers_read(&wakers) ? finding_no_memory(why) : gather(w, no_bpf, locks, &wakers, why);
	wakers_free(&wakers);
	return err;
}

int why_gather(struct why *w, const char *no_bpf, struct fail *why)
{
	return read_and_gather(w, no_bpf, why);
}

int why_woke(struct why *w, struct fail *why)
{
	return read_and_gather(w, NULL, why);
}

/* Clocks read one after the other are never quite even. */
uint64_t why_asleep_ns(const struct why *w)
{
	uint64_t now = w->suspends.asleep_ns, before = w->before.asleep_ns;

	return now > before + 1000000 ? now - before : 0;
}

bool why_slept(const struct why *w)
{
	const struct suspends *now = &w->suspends, *before = &w->before;

	return now->attempts || why_asleep_ns(w) || now->success != before->success ||
	       now->fail != before->fail;
}

void why_free(struct why *w)
{
	processes_free(&w->processes);
	free(w->v);
	*w = (struct why) { 0 };
}
