// SPDX-License-Identifier: GPL-2.0-only
#include "watch_look.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "asleep.h"
#include "common/duration.h"
#include "common/text.h"
#include "diff.h"

/* What woke it the log and the newest states tell, as far as that can be told. */
static int note_sleep(struct watch *w, uint64_t asleep_ns, struct fail *why)
{
	struct why found = { .states = &w->states[w->newest] };
	char span[DURATION_LEN];
	int err, len;

	suspends_read(&found.suspends, &w->log);
	err = why_woke(&found, why);
	duration_format(span, asleep_ns - w->asleep_ns);
	len = snprintf(w->slept, sizeof(w->slept), "slept %s", span);
	if (found.nr)
		snprintf(w->slept + len, sizeof(w->slept) - len, ", woken by %.40s%s%.40s",
			 found.v[0].name, found.v[0].what[0] ? ": " : "", found.v[0].what);
	why_free(&found);
	w->asleep_ns = asleep_ns;
	return err;
}

int watch_look(struct watch *w, struct fail *why)
{
	struct states *now = &w->states[!w->newest], *before = &w->states[w->newest];
	bool first = !before->v;
	uint64_t asleep = asleep_ns();

	if (states_now(w->reader, now, why))
		return -1;
	/* there is nothing to compare the first with, so nothing has changed */
	if (compare(first ? now : before, now, false, &w->cmp))
		return fail(why, "no memory for %zu wakeup sources", now->nr);
	w->newest = !w->newest;
	if (first)
		w->asleep_ns = asleep;
	else if (asleep > w->asleep_ns + 1000000)
		return note_sleep(w, asleep, why);
	return 0;
}

void watch_summary(const struct watch *w, char line[WATCH_SUMMARY_LEN])
{
	const struct states *now = &w->states[w->newest];
	time_t seconds = now->realtime_ns / 1000000000;
	char interval[DURATION_LEN], clock[32] = "";
	size_t active = 0, used;
	struct tm tm;

	for (size_t i = 0; i < now->nr; i++)
		active += now->v[i].active;
	if (localtime_r(&seconds, &tm))
		strftime(clock, sizeof(clock), "%F %T", &tm);
	duration_format(interval, w->cmp.interval_ns);
	used = snprintf(line, WATCH_SUMMARY_LEN, "wsdump %s, last %s: %zu sources, %zu active",
			clock, interval, now->nr, active);
	for (enum change_kind k = CHANGE_CAME; k < NR_KINDS && used < WATCH_SUMMARY_LEN; k++)
		if (w->cmp.kinds[k])
			used += snprintf(line + used, WATCH_SUMMARY_LEN - used, ", %zu %s",
					 w->cmp.kinds[k], change_kinds[k]);
	/* of the kernel's log and of devices, whose names are anybody's */
	if (*w->slept && used + 4 < WATCH_SUMMARY_LEN) {
		used += snprintf(line + used, WATCH_SUMMARY_LEN - used, "; ");
		text_fit(line + used, WATCH_SUMMARY_LEN - used, w->slept, strlen(w->slept), SIZE_MAX);
	}
}

void watch_free(struct watch *w)
{
	compare_free(&w->cmp);
	states_free(&w->states[0]);
	states_free(&w->states[1]);
	wakeup_close(w->reader);
	suspend_log_close(&w->log);
}
