// SPDX-License-Identifier: GPL-2.0-only
/* wsdump watch: look again and again, on a screen or in blocks of lines. */
#include "watch.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "changes_options.h"
#include "diff.h"
#include "common/out.h"
#include "common/privileges.h"
#include "verbs.h"

#define DEFAULT_NS	2000000000
#define MIN_NS		10000000	/* more often than that it would watch itself */

static const struct change_column watch_columns[] = {
	{ "NAME", "name", "name of the wakeup source", CHANGE_NAME, 0, true },
	{ "ID", "id", "the kernel's number: wakeup<id> in /sys/class/wakeup", CHANGE_ID, 0, false },
	{ "CHANGE", "change", "new, gone, reset: counts from 0 again; - for none of these",
	  CHANGE_FATE, 0, false },
	{ "ACTIVE", "active_time_ns", "for how long it has been active, - if it is not",
	  CHANGE_SPAN, ACTIVE_TIME, true },
	{ "SHARE", "active_ratio", "share of the interval for which it was active", CHANGE_SHARE,
	  0, true },
	{ "COUNT/s", "active_rate_hz", "times activated, a second", CHANGE_RATE, ACTIVE_COUNT,
	  true },
	{ "EVENTS/s", "event_rate_hz", "wakeup events signalled, a second", CHANGE_RATE,
	  EVENT_COUNT, true },
	{ "COUNT", "active_count", "times activated, in all", CHANGE_COUNT, ACTIVE_COUNT, true },
	{ "RELEASED", "relax_count", "times released", CHANGE_COUNT, RELAX_COUNT, false },
	{ "EVENTS", "event_count", "wakeup events signalled, in all", CHANGE_COUNT, EVENT_COUNT,
	  true },
	{ "WAKEUPS", "wakeup_count", "times it might have aborted a suspend", CHANGE_COUNT,
	  WAKEUP_COUNT, true },
	{ "EXPIRED", "expire_count", "times released by its timeout", CHANGE_COUNT, EXPIRE_COUNT,
	  false },
	{ "TOTAL", "total_time_ns", "time spent active, in all", CHANGE_TIME, TOTAL_TIME, true },
	{ "MAX", "max_time_ns", "longest time active", CHANGE_TIME, MAX_TIME, false },
	{ "CHANGED", "last_change_ns", "how long ago it was activated or released", CHANGE_MOMENT,
	  LAST_CHANGE, true },
	{ "PREVENT", "prevent_sleep_time_ns", "time spent keeping autosleep from suspending",
	  CHANGE_TIME, PREVENT_TIME, false },
	{ "DEVICE", "device", "the device it belongs to", CHANGE_DEVICE, 0, true },
	{ 0 }
};

uint64_t watch_now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000ULL + ts.tv_nsec;
}

int watch_look(struct watch *w, struct fail *why)
{
	struct states *now = &w->states[!w->newest], *before = &w->states[w->newest];
	bool first = !before->v;

	if (states_now(w->reader, now, why))
		return -1;
	/* there is nothing to compare the first with, so nothing has changed */
	if (compare(first ? now : before, now, false, &w->cmp))
		return fail(why, "no memory for %zu wakeup sources", now->nr);
	w->newest = !w->newest;
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
					 w->cmp.kinds[k], change_fate(k));
}

static int sleep_until(uint64_t ns)
{
	const struct timespec until = { .tv_sec = ns / 1000000000, .tv_nsec = ns % 1000000000 };
	int err;

	do {
		err = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
	} while (err == EINTR);
	return err;
}

/* Block by block, each of an interval. */
static int watch_blocks(struct watch *w, struct change_options *o, struct fail *why)
{
	char summary[WATCH_SUMMARY_LEN];
	struct change_meta meta = { .summary = summary };
	uint64_t next = watch_now_ns();

	if (watch_look(w, why))
		return -1;
	for (uint64_t blocks = 0; !w->count || blocks < w->count; blocks++) {
		next += w->interval_ns;
		/* those that were missed, in suspend for example, are not made up for */
		if (next < watch_now_ns())
			next = watch_now_ns();
		sleep_until(next);
		if (watch_look(w, why))
			return -1;
		watch_summary(w, summary);
		meta.old = &w->states[!w->newest];
		meta.new = &w->states[w->newest];
		if (blocks && o->print == changes_print_table)
			out_char('\n');
		if (change_options_print(o, &w->cmp, &meta, why))
			return -1;
		out_flush();
		if (out.error)
			break;
	}
	return out_finish(why);
}

static int set_count(void *to, const char *arg, struct fail *why)
{
	struct watch *w = to;
	char *end;

	errno = 0;
	w->count = strtoull(arg, &end, 10);
	if (errno || *end || *arg < '0' || *arg > '9' || !w->count)
		return fail(why, "'%s' is no number of looks", arg);
	return 0;
}

static const struct option_row watch_options[] = {
	{ "count", 'c', "N", "end after N intervals", set_count },
	{ 0 }
};

/* Seconds, with a fraction if need be; returns -1 if @arg is none. */
static int parse_seconds(const char *arg, uint64_t *ns)
{
	double seconds;
	char *end;

	/* strtod() knows more than that */
	if (!*arg || arg[strspn(arg, "0123456789.")])
		return -1;
	seconds = strtod(arg, &end);
	if (*end || seconds > 1e9)
		return -1;
	*ns = seconds * 1e9;
	return 0;
}

static void watch_help(void)
{
	change_columns_help(watch_columns);
}

int watch_main(int argc, char **argv)
{
	struct watch w = { .interval_ns = DEFAULT_NS };
	struct change_options o = { .view.all = watch_columns };
	unsigned int flags = 0;
	const struct option_group groups[] = {
		{ "What to show", change_what_options, &o },
		{ NULL, watch_options, &w },
		{ "How to show it", change_how_options, &o },
		{ NULL, verbose_options, &flags },
		{ 0 }
	};
	const struct command cmd = {
		.name = "wsdump watch",
		.operands = "[SEC]",
		.about =
			"Look at the wakeup sources every SEC seconds, 2 if not said, and show what they\n"
			"did since the last look; h on the screen explains its keys. If standard output\n"
			"is no terminal, print a block of lines for each interval, without idle sources.\n",
		.groups = groups,
		.more = watch_help,
		.examples =
			" sudo wsdump watch 0.5 --sort -EVENTS/s\n"
			" sudo wsdump watch 60 --count 60 --top 5 >hour.txt\n",
	};
	bool screen = isatty(STDOUT_FILENO);
	int first, status, ret;
	struct fail why;

	status = command_parse(&cmd, argc, argv, &first);
	if (status >= 0)
		return status;
	if (argc - first > 1)
		return usage_error(&cmd, "unexpected argument '%s'", argv[first + 1]);
	if (argc - first == 1 &&
	    (parse_seconds(argv[first], &w.interval_ns) || w.interval_ns < MIN_NS))
		return usage_error(&cmd, "'%s' is no number of seconds from 0.01 on", argv[first]);
	/* what is for programs, or was said to be without a screen's headings, is no screen */
	screen = screen && !o.print && !o.view.no_headings;
	o.view.idle |= screen;
	if (change_options_ready(&o, &why))
		return usage_error(&cmd, "%s", why.text);

	w.reader = wakeup_open(flags);
	if (!w.reader)
		return complain(wakeup_error());
	if (privileges_drop(0, &why)) {
		wakeup_close(w.reader);
		return complain(why.text);
	}
	if (screen) {
		w.view = o.view;
		ret = watch_screen(&w, &why);
		changes_free(&w.view);
	} else {
		ret = watch_blocks(&w, &o, &why);
		changes_free(&o.view);
	}
	compare_free(&w.cmp);
	states_free(&w.states[0]);
	states_free(&w.states[1]);
	wakeup_close(w.reader);
	if (ret > 0) {
		/* end by the signal, for the shell to know */
		signal(ret, SIG_DFL);
		raise(ret);
	}
	return ret < 0 ? complain(why.text) : STATUS_OK;
}
