// SPDX-License-Identifier: GPL-2.0-only
/* wsdump why for programs; wsdump(8) documents the keys. */
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "common/boot_id.h"
#include "common/json.h"
#include "common/out.h"
#include "snapshot_json.h"
#include "why.h"

static const char *const keys[NR_FINDINGS] = {
	[FOUND_ACTIVE] = "active", [FOUND_WOKE] = "woken_by", [FOUND_FORBIDS] = "forbidden_by",
	[FOUND_ALARM] = "alarms", [FOUND_MAY_WAKE] = "may_wake", [FOUND_UNKNOWN] = "unknown",
};

/* The key of a finding's time, which differs in what it means. */
static const char *const times[NR_FINDINGS] = {
	[FOUND_ACTIVE] = "active_time_ns", [FOUND_ALARM] = "realtime_ns",
};

/* Text that may be none, and then is null. */
static int put_text(const char *key, const char *s)
{
	out_char(',');
	json_put_key(key);
	if (*s)
		return json_put_bytes(key, s, strlen(s));
	out_string("null");
	return 0;
}

static void put_signed(const char *key, int64_t number, bool known)
{
	out_char(',');
	json_put_key(key);
	if (!known) {
		out_string("null");
		return;
	}
	if (number < 0)
		out_char('-');
	out_number(number < 0 ? -number : number);
}

static int put_finding(const struct finding *f)
{
	const struct device *d = &f->device;

	out_string("{");
	json_put_key("name");
	if (json_put_bytes("name", f->name, strlen(f->name)) || put_text("what", f->what) ||
	    put_text("evidence", f->evidence) || put_text("command", f->command) ||
	    put_text("udev_rule", f->rule) || put_text("device", d->path) ||
	    put_text("subsystem", d->subsystem) || put_text("driver", d->driver))
		return -1;
	if (times[f->kind])
		put_signed(times[f->kind], f->time_ns, true);
	out_char('}');
	return 0;
}

static int put_findings(const struct why *w, enum finding_kind kind)
{
	bool first = true;

	out_string(",\n");
	json_put_key(keys[kind]);
	out_char('[');
	for (size_t i = 0; i < w->nr; i++) {
		if (w->v[i].kind != kind)
			continue;
		out_string(first ? "\n" : ",\n");
		if (put_finding(&w->v[i]))
			return -1;
		first = false;
	}
	out_char(']');
	return 0;
}

static int put_suspends(const struct why *w)
{
	static const char *const outcomes[] = { "", "succeeded", "failed" };
	const struct suspends *s = &w->suspends;
	const struct suspend_attempt *a = &s->last;
	bool stats = !s->stats_error;
	char key[64];
	int err;

	out_string(",\n\"suspends\":{\"asleep_ns\":");
	out_number(s->asleep_ns);
	put_signed("success", s->success, stats);
	put_signed("fail", s->fail, stats);
	for (int i = 0; i < NR_SUSPEND_STEPS; i++) {
		snprintf(key, sizeof(key), "failed_%s", suspend_steps[i]);
		put_signed(key, s->failed[i], stats);
	}
	err = put_text("last_failed_step", s->last_step) ||
	      put_text("last_failed_dev", s->last_device);
	put_signed("last_failed_errno", -s->last_errno, s->last_errno);
	put_signed("last_hw_sleep_us", s->hw_sleep_us, s->hw_sleep_us >= 0);
	put_signed("wakeup_irq", s->irq, !s->irq_error && s->irq);
	out_string(",\"last\":");
	if (!a->entry_ns) {
		out_string("null}");
		return err;
	}
	out_string("{\"entry_ns\":");
	out_number(a->entry_ns);
	put_signed("exit_ns", a->exit_ns, a->exit_ns);
	err |= put_text("kind", a->kind) || put_text("outcome", outcomes[a->outcome]) ||
	       put_text("log", a->said);
	out_string("}}");
	return err;
}

int why_json_print(const struct why *w, struct fail *why)
{
	char boot_id[64];
	struct utsname uts;
	int err;

	uname(&uts);
	boot_id_read(boot_id, sizeof(boot_id));
	out_char('{');
	json_put_version(JSON_FORMAT);
	err = put_text("kernel", uts.release) || put_text("boot_id", boot_id);
	put_signed("realtime_ns", w->states->realtime_ns, true);
	put_signed("monotonic_ns", w->states->monotonic_ns, true);
	put_signed("sources", w->states->nr, w->states->v);
	err |= put_suspends(w);
	for (enum finding_kind kind = 0; kind < NR_FINDINGS && !err; kind++)
		err = put_findings(w, kind);
	out_string("}\n");
	return err ? fail(why, "out of memory") : 0;
}

int why_json_put_run(const struct why *w, struct fail *why)
{
	int err = put_suspends(w) || put_findings(w, FOUND_WOKE);

	put_signed("passed_ns", w->passed_ns, true);
	put_signed("told_ns", w->told_ns, w->told_ns);
	return err ? fail(why, "out of memory") : 0;
}
