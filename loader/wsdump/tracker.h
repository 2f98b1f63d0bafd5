/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Makes spans of events: which wakeup source was active from when to when. Has no part in
 * where events come from, or in what is printed of them.
 *
 * All times are on CLOCK_MONOTONIC. The trace is a window on it: totals are of what lies
 * in the window, the length of a span is of all of it.
 */
#ifndef WSDUMP_LOADER_TRACKER_H
#define WSDUMP_LOADER_TRACKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "libwakeup/libwakeup.h"

/**
 * struct span - a source was active
 * @from_ns: when it was activated, which may be before the trace
 * @to_ns: when it was released, or when the trace ended
 * @inexact: events were lost meanwhile, so it may have been several
 * @inferred: no event told of its end, but it must have come
 */
struct span {
	uint64_t from_ns;
	uint64_t to_ns;
	bool inexact, inferred;
};

/**
 * struct tracked - a wakeup source of the trace
 * @name: bytes of any value
 * @name_len: how many
 * @id: the kernel's number for it, -1 where that is not known
 * @index: counts sources in the order in which they were met
 * @cut: the name is longer than an event holds, and nothing else told it
 * @hidden: it is none that was asked for, so nothing else is known of it
 * @ambiguous: another source of the trace has the same name
 * @held_ns: time spent active in the window
 * @longest_ns: its longest span
 * @count: times activated in the window
 * @inexact: events were lost that may have been of it, so the three above may be off
 * @counted: but not @held_ns and @count, which are the kernel's own figures then
 * @still: it was active when the trace ended
 * @spans: all of them, where the tracker was told to keep them
 * @nr_spans: how many
 *
 * What follows is the tracker's own.
 */
struct tracked {
	char *name;
	uint32_t name_len;
	int id;
	uint32_t index;
	bool cut, hidden, ambiguous, inexact, counted, still;
	uint64_t held_ns, longest_ns, count;
	struct span *spans;
	size_t nr_spans;

	size_t room;		/* in @spans */
	uint64_t key;
	struct tracked *next;		/* of the same hash of the key */
	struct tracked *next_named;	/* of the same hash of the name */
	uint32_t sources;	/* that share the key, see wakeup_source_key() */
	uint32_t active;	/* of them */
	bool expected;		/* the next event may be one that the snapshot knew of */
	uint64_t changed_ns;	/* events before that are part of the snapshot */
	uint64_t from_ns;	/* of the current span */
	uint64_t lost;		/* events lost before it began */
	uint64_t base_time_ns, base_count;	/* what the kernel had counted at first */
};

/**
 * struct sleep - the system was suspended
 * @from_ns: when it went to sleep, on CLOCK_MONOTONIC
 * @to_ns: when it woke; the clock may have stood still meanwhile
 * @asleep_ns: for how long
 * @realtime_ns: when it woke, since 1970
 */
struct sleep {
	uint64_t from_ns;
	uint64_t to_ns;
	uint64_t asleep_ns;
	uint64_t realtime_ns;
};

/**
 * struct tracker_sink - who is told of changes, as they are found
 * @wanted: is a source to be traced? @known is NULL if only its name is
 * @held: a source is active as the trace begins
 * @activated: at @time_ns; @inferred when no event told so, but it must have come
 * @released: at @span->to_ns
 * @still: a source is active as the trace ends
 * @lost: so many events are missing before what comes next
 * @slept: the system was suspended
 */
struct tracker_sink {
	void *arg;
	bool (*wanted)(void *arg, const char *name, const struct wakeup_source *known);
	void (*held)(void *arg, const struct tracked *src, uint64_t from_ns);
	void (*activated)(void *arg, const struct tracked *src, uint64_t time_ns,
			  bool inferred);
	void (*released)(void *arg, const struct tracked *src, const struct span *span);
	void (*still)(void *arg, const struct tracked *src, const struct span *span);
	void (*lost)(void *arg, uint64_t nr, uint64_t time_ns);
	void (*slept)(void *arg, const struct sleep *sleep);
};

#define TRACKER_BUCKETS 1024

/**
 * struct tracker - a trace
 * @sink: see there
 * @keep_spans: fill tracked.spans
 * @sources: all of them, in the order in which they were met
 * @nr_sources: how many
 * @from_ns: when the window begins; 0 before that
 * @to_ns: when it ended
 * @awake_ns: time in the window in which at least one source was active
 * @awake: when that was, where spans are kept
 * @nr_awake: how many
 * @lost: events that are missing
 * @sleeps: when the system was suspended
 * @nr_sleeps: how many
 * @asleep_ns: and for how long in all
 * @still_ns: how much of the window the clock ran in nevertheless
 */
struct tracker {
	struct tracker_sink sink;
	bool keep_spans;
	struct tracked **sources;
	size_t nr_sources;
	uint64_t from_ns, to_ns;
	uint64_t awake_ns;
	struct span *awake;
	size_t nr_awake;
	uint64_t lost;
	struct sleep *sleeps;
	size_t nr_sleeps;
	uint64_t asleep_ns, still_ns;

	struct tracked *buckets[TRACKER_BUCKETS];
	struct tracked *names[TRACKER_BUCKETS];
	size_t room, awake_room, sleep_room;
	uint64_t suspend_ns, suspend_asleep_ns;	/* of the suspend under way */
	size_t nr_active;		/* sources, now */
	uint64_t awake_from_ns, awake_until_ns;
	uint64_t last_ns;		/* the latest event */
	uint64_t opened_ns;
	bool inferring;			/* what is found now was told by no event */
	bool no_memory;
};

/**
 * tracker_init() - begin
 * @opened_ns: since when events are being noted, to be told with a snapshot taken later
 */
void tracker_init(struct tracker *t, const struct tracker_sink *sink, bool keep_spans,
		  uint64_t opened_ns);

/** tracker_first() - what is active already; returns 0, or -1 when out of memory */
int tracker_first(struct tracker *t, const struct wakeup_snapshot *snap);

/** tracker_begin() - the window begins: from here on the sink is told */
void tracker_begin(struct tracker *t, uint64_t from_ns);

/** tracker_knows() - whether an event is of a source that was met before */
bool tracker_knows(const struct tracker *t, const struct wakeup_event *event);

/**
 * tracker_event() - the next event
 * @known: the source in a snapshot taken later, NULL where there is none
 *
 * Return: 0, or -1 when out of memory.
 */
int tracker_event(struct tracker *t, const struct wakeup_event *event,
		  const struct wakeup_source *known);

/**
 * tracker_end() - the window ends
 * @lost: events lost in all
 * @snap: taken after that
 *
 * Where events were lost, what the kernel has counted takes the place of what they
 * would have told.
 *
 * Return: 0, or -1 when out of memory.
 */
int tracker_end(struct tracker *t, uint64_t to_ns, uint64_t lost,
		const struct wakeup_snapshot *snap);

/** tracker_free() - free everything but @t itself */
void tracker_free(struct tracker *t);

#endif
