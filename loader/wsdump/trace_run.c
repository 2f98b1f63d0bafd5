// SPDX-License-Identifier: GPL-2.0-only
/*
 * wsdump trace - every activation and release of a wakeup source, as it happens
 *
 * The window of the trace begins when the programs are attached and a snapshot has told
 * what is active already, and ends with a signal, after a time, with a command, or when nobody
 * reads the lines any more. All of these end it in the same way, so what was asked for is
 * written in each case.
 */
#include "trace_run.h"

#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "libwakeup/libwakeup.h"
#include "common/child.h"
#include "common/clock.h"
#include "common/newfile.h"
#include "common/out.h"
#include "common/privileges.h"
#include "perfetto.h"
#include "timeline.h"
#include "trace_lines.h"
#include "tracker.h"

#define TOP		10
#define AT_ONCE		4096

/* A source that was not met before is looked up, unless that was done just now. */
#define LOOKUP_NS	(100 * 1000000ULL)

struct trace {
	struct trace_options opt;
	struct wakeup_events *events;
	struct wakeup_reader *reader;
	struct tracker tracker;
	struct trace_lines lines;
	struct newfile perfetto_file, svg_file;
	struct perfetto *perfetto;
	const struct wakeup_snapshot *snap;	/* what the reader read last, or NULL */
	uint64_t realtime_ns;		/* when the trace began */
	bool begun;			/* what is met from here on is new */
	int end_fd;			/* can be read from when the trace is to end, or -1 */
};

/* --- what the tracker tells -------------------------------------------------------- */

static void put_line(struct trace *tr, const char *event, uint64_t time_ns,
		     const struct tracked *src, const uint64_t *held_ns, bool inexact)
{
	if (tr->opt.quiet)
		return;
	/* so that no line is cut in two where lines are written */
	if (out.n > OUT_SIZE / 2)
		out_flush();
	trace_lines_change(&tr->lines, event, time_ns, src, held_ns, held_ns ? *held_ns : 0,
			   inexact);
}

static bool is_wanted(void *arg, const char *name, const struct wakeup_source *known)
{
	struct trace *tr = arg;
	struct filter *filter = &tr->opt.filter;

	if (filter_has_names(filter) && !filter_matches(filter, &(struct subject) {
			.name = name,
			.device = known ? wakeup_source_device(known, NULL) : NULL,
			.id = known ? (int64_t)wakeup_source_id(known) : -1 }))
		return false;
	if (!filter->active && !filter->since)
		return true;
	/* these ask for what had happened when the trace began */
	return known && !tr->begun && (!filter->active || wakeup_source_is_active(known)) &&
	       filter_is_lately(filter, wakeup_source_last_change_ns(known),
				wakeup_snapshot_monotonic_ns(tr->snap));
}

static void on_held(void *arg, const struct tracked *src, uint64_t from_ns)
{
	struct trace *tr = arg;
	uint64_t begin = tr->tracker.from_ns, held = begin > from_ns ? begin - from_ns : 0;

	put_line(tr, "active", begin, src, &held, false);
	if (tr->perfetto)
		perfetto_activated(tr->perfetto, src, begin, held);
}

static void on_activated(void *arg, const struct tracked *src, uint64_t time_ns, bool inferred)
{
	struct trace *tr = arg;

	put_line(tr, inferred ? "activate?" : "activate", time_ns, src, NULL, inferred);
	if (tr->perfetto)
		perfetto_activated(tr->perfetto, src, time_ns, 0);
}

static void on_released(void *arg, const struct tracked *src, const struct span *span)
{
	struct trace *tr = arg;
	uint64_t held = span->to_ns - span->from_ns;

	put_line(tr, span->inferred ? "release?" : "release", span->to_ns, src, &held,
		 span->inexact);
	if (tr->perfetto)
		perfetto_released(tr->perfetto, src, span, false);
}

static void on_still(void *arg, const struct tracked *src, const struct span *span)
{
	struct trace *tr = arg;
	uint64_t held = span->to_ns - span->from_ns;

	put_line(tr, "still", span->to_ns, src, &held, span->inexact);
	if (tr->perfetto)
		perfetto_released(tr->perfetto, src, span, true);
}

static void on_lost(void *arg, uint64_t nr, uint64_t time_ns)
{
	struct trace *tr = arg;

	if (!tr->opt.quiet)
		trace_lines_lost(&tr->lines, nr, time_ns);
	if (tr->perfetto)
		perfetto_lost(tr->perfetto, nr, time_ns);
}

static void on_slept(void *arg, const struct sleep *sleep)
{
	struct trace *tr = arg;

	if (!tr->opt.quiet)
		trace_lines_slept(&tr->lines, sleep);
	if (tr->perfetto)
		perfetto_slept(tr->perfetto, sleep);
}

/* --- the trace --------------------------------------------------------------------- */

/* The source of an event, by a look at the kernel's list; NULL if it is gone already. */
static const struct wakeup_source *look_up(struct trace *tr, const struct wakeup_event *event)
{
	const struct wakeup_source *src = NULL;
	uint64_t now = clock_ns(CLOCK_MONOTONIC);

	if (!tr->snap || now - wakeup_snapshot_monotonic_ns(tr->snap) > LOOKUP_NS)
		tr->snap = wakeup_snapshot_take(tr->reader);
	while (tr->snap && (src = wakeup_snapshot_next(tr->snap, src)))
		if (wakeup_source_key(src) == wakeup_event_key(event))
			return src;
	return NULL;
}

static int take(struct trace *tr, const struct wakeup_event *event, struct fail *why)
{
	const struct wakeup_source *known = NULL;

	if (!tracker_knows(&tr->tracker, event))
		known = look_up(tr, event);
	return tracker_event(&tr->tracker, event, known) ? fail(why, "out of memory") : 0;
}

/* What waits to be read, or as much of it as keeps neither the clock nor a signal waiting. */
static int take_some(struct trace *tr, struct fail *why)
{
	const struct wakeup_event *event;

	for (int i = 0; i < AT_ONCE && !out.error && (event = wakeup_events_next(tr->events)); i++)
		if (take(tr, event, why))
			return -1;
	out_flush();
	return 0;
}

static int begin(struct trace *tr, struct fail *why)
{
	const struct tracker_sink sink = {
		.arg = tr,
		.wanted = is_wanted,
		.held = on_held,
		.activated = on_activated,
		.released = on_released,
		.still = on_still,
		.lost = on_lost,
		.slept = on_slept,
	};
	unsigned int flags = tr->opt.verbose ? WAKEUP_VERBOSE : 0;
	const struct wakeup_event *event;
	uint64_t opened, from;

	tr->reader = wakeup_open(flags);
	if (!tr->reader)
		return fail(why, "%s", wakeup_error());
	opened = clock_ns(CLOCK_MONOTONIC);
	tr->events = wakeup_events_open(flags | WAKEUP_SUSPENDS);
	if (!tr->events)
		return fail(why, "%s", wakeup_error());
	tr->snap = wakeup_snapshot_take(tr->reader);
	if (!tr->snap)
		return fail(why, "%s", wakeup_error());
	from = clock_ns(CLOCK_MONOTONIC);
	tr->realtime_ns = wakeup_snapshot_realtime_ns(tr->snap) +
			  (from - wakeup_snapshot_monotonic_ns(tr->snap));

	tracker_init(&tr->tracker, &sink, tr->opt.svg, opened);
	if (tracker_first(&tr->tracker, tr->snap))
		return fail(why, "out of memory");
	tr->begun = true;
	if (filter_check(&tr->opt.filter, why))
		return -1;
	if (tr->opt.perfetto) {
		tr->perfetto = perfetto_begin(tr->perfetto_file.f, from);
		if (!tr->perfetto)
			return fail(why, "out of memory");
	}
	/* what happened while the snapshot was taken is from before the window */
	while ((event = wakeup_events_next(tr->events)) && wakeup_event_time_ns(event) < from)
		if (take(tr, event, why))
			return -1;
	tr->lines = (struct trace_lines) {
		.raw = tr->opt.raw, .json = tr->opt.json, .from_ns = from,
	};
	if (!tr->opt.quiet)
		trace_lines_heading(&tr->lines);
	tracker_begin(&tr->tracker, from);
	return event ? take(tr, event, why) : 0;
}

static int follow(struct trace *tr, struct fail *why)
{
	struct pollfd fds[] = {
		{ .fd = wakeup_events_fd(tr->events), .events = POLLIN },
		{ .fd = tr->end_fd, .events = POLLIN },
		/* without events, only errors: the reader of a pipe is gone */
		{ .fd = STDOUT_FILENO },
	};
	uint64_t end = tr->opt.limit_ns ? tr->tracker.from_ns + tr->opt.limit_ns : 0, now;

	for (;;) {
		struct timespec left;

		if (take_some(tr, why))
			return -1;
		now = clock_ns(CLOCK_MONOTONIC);
		if (out.error || (fds[1].revents & POLLIN) ||
		    (fds[2].revents & (POLLERR | POLLHUP)) || (end && now >= end))
			return 0;
		if (end)
			left = timespec_of(end - now);
		if (ppoll(fds, 3, end ? &left : NULL, NULL) < 0 && errno != EINTR)
			return fail_errno(why, STEP_OTHER, errno, "can't wait for events");
	}
}

static int end(struct trace *tr, struct fail *why)
{
	const struct wakeup_event *event;
	uint64_t to, lost;

	wakeup_events_stop(tr->events);
	to = clock_ns(CLOCK_MONOTONIC);
	/* what is in the buffer belongs to the trace, whether or not anyone reads the lines */
	while ((event = wakeup_events_next(tr->events)))
		if (take(tr, event, why))
			return -1;
	lost = wakeup_events_lost(tr->events);
	if (lost) {
		tr->snap = wakeup_snapshot_take(tr->reader);
		if (!tr->snap)
			return fail(why, "%s", wakeup_error());
	}
	if (tracker_end(&tr->tracker, to, lost, tr->snap))
		return fail(why, "out of memory");
	if (!tr->opt.raw && !tr->opt.json && trace_lines_summary(&tr->tracker, TOP))
		return fail(why, "out of memory");
	return 0;
}

static int write_files(struct trace *tr, struct fail *why)
{
	int err = perfetto_end(tr->perfetto);

	tr->perfetto = NULL;
	if (err || (tr->opt.svg &&
		    timeline_write(tr->svg_file.f, &tr->tracker, tr->realtime_ns)))
		return fail(why, "out of memory");
	if (tr->opt.perfetto && newfile_finish(&tr->perfetto_file, true, why))
		return -1;
	if (tr->opt.svg && newfile_finish(&tr->svg_file, true, why))
		return -1;
	return 0;
}

static int open_files(struct trace *tr, struct fail *why)
{
	if (tr->opt.perfetto &&
	    newfile_open(&tr->perfetto_file, tr->opt.perfetto, 0600, why))
		return -1;
	if (tr->opt.svg && newfile_open(&tr->svg_file, tr->opt.svg, 0600, why))
		return -1;
	return 0;
}

/* To write where nobody reads, or too much, is an error and not the end. */
static void hold_write_signals(void)
{
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
}

/* Signals that end a program end the trace instead, from here on. */
static int hold_signals(struct trace *tr, struct fail *why)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	hold_write_signals();
	tr->end_fd = signalfd(-1, &set, SFD_CLOEXEC);
	return tr->end_fd < 0 ?
	       fail_errno(why, STEP_OTHER, errno, "can't wait for signals") : 0;
}

/* The command runs: see child_run(). */
static int follow_command(void *arg, pid_t pid, struct fail *why)
{
	struct trace *tr = arg;

	hold_write_signals();
	tr->end_fd = syscall(SYS_pidfd_open, pid, 0);
	if (tr->end_fd < 0)
		return fail_errno(why, STEP_PROCESS, errno, "can't wait for the command");
	if (dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
		return fail_errno(why, STEP_FILE, errno, "can't print on standard error");
	return become_nobody(STILL_LOAD | STILL_KILL, why) || follow(tr, why) || end(tr, why) ?
	       -1 : 0;
}

static int trace_command(struct trace *tr, int *status, struct fail *why)
{
	enum run_status failed;
	int ret;

	if (begin(tr, why))
		return -1;
	ret = child_run(tr->opt.command, follow_command, tr, &failed, why);
	*status = ret < 0 ? (int)failed : ret;
	return ret < 0 ? -1 : 0;
}

static int trace_alone(struct trace *tr, struct fail *why)
{
	return hold_signals(tr, why) || begin(tr, why) || become_nobody(STILL_LOAD, why) ||
	       follow(tr, why) || end(tr, why) ? -1 : 0;
}

int trace_run(const struct trace_options *opt, int *status, struct fail *why)
{
	struct trace *tr = calloc(1, sizeof(*tr));
	int ret = -1;

	if (!tr)
		return fail(why, "out of memory");
	tr->opt = *opt;
	tr->end_fd = -1;
	*status = opt->command ? RUN_FAILED : 0;
	if (!open_files(tr, why) &&
	    !(opt->command ? trace_command(tr, status, why) : trace_alone(tr, why)) &&
	    !write_files(tr, why))
		ret = 0;
	perfetto_end(tr->perfetto);
	newfile_drop(&tr->perfetto_file);
	newfile_drop(&tr->svg_file);
	tracker_free(&tr->tracker);
	wakeup_events_close(tr->events);
	wakeup_close(tr->reader);
	if (tr->end_fd >= 0)
		close(tr->end_fd);
	free(tr);
	/* the lines are worth having when the files could not be written */
	out_flush();
	/* to read no more of them is a way to end the trace */
	if (out.error == EPIPE) {
		out.error = 0;
		out.n = 0;
	}
	return ret;
}
