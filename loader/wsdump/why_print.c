// SPDX-License-Identifier: GPL-2.0-only
/* wsdump why for people: a label on the left, and what was found beside it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/clock.h"
#include "common/duration.h"
#include "common/out.h"
#include "common/text.h"
#include "why.h"

#define LABEL_WIDTH 13		/* columns before the text */
#define LINE_MAX_BYTES 2048
#define EARLY_NS (2 * NS_PER_S)	/* clocks of the hardware count whole seconds */

/* Lines that wait, as some may have to be left out. */
struct page {
	size_t width;
	size_t lines;
	bool count_only;
	const char *label;	/* of the next line, once */
	bool rule;		/* one was shown: others are like it */
};

static void put_start(struct page *p, size_t indent)
{
	const char *label = indent == LABEL_WIDTH && p->label ? p->label : "";

	p->lines++;
	if (p->count_only)
		return;
	out_string(label);
	out_spaces(indent - strlen(label));
	if (*label)
		p->label = NULL;
}

static void put_end(const struct page *p)
{
	if (!p->count_only)
		out_char('\n');
}

/* Words, broken where the line would be too wide; what comes on the next line stands further in. */
static void put_words(struct page *p, const char *words)
{
	size_t at = LABEL_WIDTH, len;
	char safe[LINE_MAX_BYTES];
	const char *s = safe;

	text_fit(safe, sizeof(safe), words, strlen(words), SIZE_MAX);
	put_start(p, LABEL_WIDTH);
	for (; *s; s += len, s += *s == ' ') {
		size_t columns;

		len = strcspn(s, " ");
		columns = text_width(s, len);
		if (at > LABEL_WIDTH + 2 && at + 1 + columns > p->width) {
			put_end(p);
			put_start(p, LABEL_WIDTH + 2);
			at = LABEL_WIDTH + 2;
		} else if (s != safe) {
			if (!p->count_only)
				out_char(' ');
			at++;
		}
		if (!p->count_only)
			out_bytes(s, len);
		at += columns;
	}
	put_end(p);
}

/* What is to be typed stays in one piece: a terminal breaks it, and copies it whole. */
static void put_command(struct page *p, const char *command)
{
	size_t columns = text_width(command, strlen(command)), indent = LABEL_WIDTH + 2;

	if (!*command)
		return;
	put_start(p, indent);
	p->lines += (indent + columns - 1) / p->width;	/* more of the terminal's */
	if (!p->count_only)
		text_put(command, strlen(command), SIZE_MAX);
	put_end(p);
}

static void put_finding(struct page *p, const struct finding *f, const char *before)
{
	char line[3 * WHY_TEXT + 64];

	snprintf(line, sizeof(line), "%s%s%s%s%s%s", f->name, before, f->what[0] ? ": " : "", f->what,
		 f->evidence[0] ? "; " : "", f->evidence);
	put_words(p, line);
	put_command(p, f->command);
	if (f->rule[0] && !p->rule) {
		put_words(p, "and for good, in a file such as /etc/udev/rules.d/90-wakeup.rules:");
		put_command(p, f->rule);
		p->rule = true;
	}
}

/* --- the sections -------------------------------------------------------------- */

#define AT_MOST 4	/* findings of one kind on a screen */

static size_t count(const struct why *w, enum finding_kind kind)
{
	size_t nr = 0;

	for (size_t i = 0; i < w->nr; i++)
		nr += w->v[i].kind == kind;
	return nr;
}

static void put_more(struct page *p, size_t shown, size_t nr)
{
	char line[64];

	if (shown >= nr)
		return;
	snprintf(line, sizeof(line), "and %zu more: wsdump why --all", nr - shown);
	put_words(p, line);
}

/* In local time; with the date where that is not today's. */
static void format_time(char *buf, size_t size, uint64_t realtime_ns, uint64_t now_ns)
{
	time_t then = realtime_ns / NS_PER_S, now = now_ns / NS_PER_S;
	struct tm tm, today;

	localtime_r(&then, &tm);
	localtime_r(&now, &today);
	strftime(buf, size, tm.tm_yday == today.tm_yday && tm.tm_year == today.tm_year ?
		 "%H:%M:%S" : "%Y-%m-%d %H:%M:%S", &tm);
}

static void put_active(struct page *p, const struct why *w, size_t max)
{
	size_t nr = count(w, FOUND_ACTIVE), shown = 0;
	char span[DURATION_LEN], before[DURATION_LEN + 16];

	p->label = "Active now";
	if (!nr)
		put_words(p, w->states->v ? "no wakeup source: none keeps the machine from suspending" :
			  "not known");
	for (size_t i = 0; i < w->nr && shown < max; i++) {
		if (w->v[i].kind != FOUND_ACTIVE)
			continue;
		duration_format(span, w->v[i].time_ns);
		snprintf(before, sizeof(before), ", for %s", span);
		put_finding(p, &w->v[i], before);
		shown++;
	}
	put_more(p, shown, nr);
}

static void put_kind(struct page *p, const struct why *w, enum finding_kind kind,
		     const char *label, size_t max)
{
	size_t nr = count(w, kind), shown = 0;

	p->label = label;
	for (size_t i = 0; i < w->nr && shown < max; i++)
		if (w->v[i].kind == kind) {
			put_finding(p, &w->v[i], "");
			shown++;
		}
	put_more(p, shown, nr);
}

static void put_woke(struct page *p, const struct why *w, size_t max)
{
	const struct suspend_attempt *last = &w->suspends.last;
	const char *label = last->outcome == SUSPEND_FAILED ? "Aborted by" : "Woken by";

	if (!count(w, FOUND_WOKE) && last->entry_ns) {
		p->label = label;
		put_words(p, last->outcome == SUSPEND_FAILED ?
			  "not known: no device failed, and no source has its last change then" :
			  "not known: no interrupt was noted, and no source has its last change then, as when the firmware handles a key or the lid");
	}
	put_kind(p, w, FOUND_WOKE, label, max);
}

static void put_last(struct page *p, const struct why *w)
{
	static const char *const outcomes[] = {
		"", ", the machine slept", ", the machine did not sleep",
	};
	const struct suspend_attempt *a = &w->suspends.last;
	uint64_t now_ns = w->states->realtime_ns, ago_ns;
	char when[32], ago[DURATION_LEN], slept[DURATION_LEN], line[256];
	int len;

	if (!a->entry_ns)
		return;
	ago_ns = w->states->monotonic_ns > (a->exit_ns ?: a->entry_ns) ?
		 w->states->monotonic_ns - (a->exit_ns ?: a->entry_ns) : 0;
	duration_format(ago, ago_ns);
	format_time(when, sizeof(when), now_ns - ago_ns, now_ns);
	p->label = "Last suspend";
	len = snprintf(line, sizeof(line), "%s%s", a->kind, outcomes[a->outcome]);
	if (!w->suspends.clock_error)
		len += snprintf(line + len, sizeof(line) - len, ", %s %s (%s ago)",
				a->exit_ns ? "over at" : "begun at", when, ago);
	if (w->suspends.hw_sleep_us >= 0 && a->outcome != SUSPEND_FAILED) {
		duration_format(slept, w->suspends.hw_sleep_us * 1000);
		snprintf(line + len, sizeof(line) - len, ", %s in hardware sleep", slept);
	}
	put_words(p, line);
}

static void put_failure(struct page *p, const struct why *w, const char *label)
{
	const struct suspends *s = &w->suspends;
	char line[512];
	int len;

	p->label = label;
	len = snprintf(line, sizeof(line), "%sstep %s", label ? "" : "last failure: ",
		       s->last_step[0] ? s->last_step : "not noted");
	if (s->last_errno)
		len += snprintf(line + len, sizeof(line) - len, ", error -%d, %s", s->last_errno,
				strerror(s->last_errno));
	if (s->last_device[0] && strcmp(s->last_step, "freeze"))
		snprintf(line + len, sizeof(line) - len, "; the last device that failed: %s",
			 s->last_device);
	put_words(p, line);
}

static void put_suspends(struct page *p, const struct why *w)
{
	const struct suspends *s = &w->suspends;
	char slept[DURATION_LEN], line[512];
	int len;

	p->label = "Suspends";
	duration_format(slept, s->asleep_ns);
	if (!s->stats_error) {
		len = snprintf(line, sizeof(line), "%lld succeeded, %lld failed since the boot",
			       (long long)s->success, (long long)s->fail);
		if (s->success || s->asleep_ns)
			snprintf(line + len, sizeof(line) - len, "; asleep for %s in all", slept);
		put_words(p, line);
	}
	if (!s->stats_error && s->fail)
		put_failure(p, w, NULL);
}

static void put_alarms(struct page *p, const struct why *w)
{
	char when[32], span[DURATION_LEN], before[96];

	p->label = "Alarm";
	for (size_t i = 0; i < w->nr; i++) {
		const struct finding *f = &w->v[i];

		if (f->kind != FOUND_ALARM)
			continue;
		format_time(when, sizeof(when), f->time_ns, w->states->realtime_ns);
		duration_format(span, f->time_ns > w->states->realtime_ns ?
				f->time_ns - w->states->realtime_ns : 0);
		snprintf(before, sizeof(before), " at %s, in %s", when, span);
		put_finding(p, f, before);
	}
}

/* One line each, as far as that goes: there may be many. */
static void put_may_wake(struct page *p, const struct why *w, size_t lines)
{
	size_t nr = count(w, FOUND_MAY_WAKE), shown = 0, end = p->lines + lines;
	char line[3 * WHY_TEXT];

	p->label = "May wake";
	if (!nr)
		put_words(p, "no device is allowed to");
	for (size_t i = 0; i < w->nr; i++) {
		const struct finding *f = &w->v[i];

		if (f->kind != FOUND_MAY_WAKE)
			continue;
		if (p->lines + 2 + (shown + 1 < nr) > end)
			break;
		snprintf(line, sizeof(line), "%s%s%s", f->name, f->what[0] ? ": " : "", f->what);
		put_words(p, line);
		put_command(p, f->command);
		shown++;
	}
	put_more(p, shown, nr);
}

static void put_above(struct page *p, const struct why *w, size_t max)
{
	put_active(p, w, max);
	put_last(p, w);
	put_woke(p, w, max);
	put_suspends(p, w);
	put_kind(p, w, FOUND_FORBIDS, "Forbidden by", max);
	put_alarms(p, w);
}

void why_print(const struct why *w, size_t rows, size_t width)
{
	struct page dry = { .width = width, .count_only = true }, p = { .width = width };
	size_t max = rows ? AT_MOST : SIZE_MAX, left = SIZE_MAX / 2;

	/* what may wake it takes what room there is */
	put_above(&dry, w, max);
	put_kind(&dry, w, FOUND_UNKNOWN, "Not read", SIZE_MAX);
	if (rows)
		left = rows > dry.lines + 3 ? rows - dry.lines : 3;
	put_above(&p, w, max);
	put_may_wake(&p, w, left);
	put_kind(&p, w, FOUND_UNKNOWN, "Not read", SIZE_MAX);
}

/* One suspend may have gone on for some time, and the machine may have been told how long. */
static void put_run(struct page *p, const struct why *w)
{
	const struct suspends *now = &w->suspends, *before = &w->before;
	const struct suspend_attempt *last = &now->last;
	char asleep[DURATION_LEN], passed[DURATION_LEN], told[DURATION_LEN], span[DURATION_LEN];
	uint64_t asleep_ns = why_asleep_ns(w);
	char line[512];
	/* in suspend to idle some machines' clock goes on, and nothing counts the time */
	bool counted = asleep_ns || last->outcome != SUSPEND_SUCCEEDED ||
		       last->exit_ns <= last->entry_ns;
	int len;

	p->label = "Slept";
	duration_format(asleep, counted ? asleep_ns : last->exit_ns - last->entry_ns);
	duration_format(passed, w->passed_ns);
	duration_format(told, w->told_ns);
	len = snprintf(line, sizeof(line), "%s %s", asleep,
		       counted ? "in suspend" : "by the log, as the clock went on");
	if (!now->stats_error)
		len += snprintf(line + len, sizeof(line) - len, ": %lld succeeded, %lld failed",
				(long long)(now->success - before->success),
				(long long)(now->fail - before->fail));
	if (w->told_ns > w->passed_ns + EARLY_NS) {
		duration_format(span, w->told_ns - w->passed_ns);
		snprintf(line + len, sizeof(line) - len, "; woke %s early, after %s of %s", span,
			 passed, told);
	} else if (w->told_ns) {
		snprintf(line + len, sizeof(line) - len, "; woke on time, after %s of %s", passed,
			 told);
	}
	put_words(p, line);
}

void why_print_run(const struct why *w, size_t width)
{
	struct page p = { .width = width };

	if (!why_slept(w))
		return;
	put_run(&p, w);
	put_woke(&p, w, AT_MOST);
	if (w->suspends.fail != w->before.fail)
		put_failure(&p, w, "Failure");
}
