// SPDX-License-Identifier: GPL-2.0-only
#include "tracker.h"

#include <stdlib.h>
#include <string.h>

#include "common/clock.h"

void tracker_init(struct tracker *t, const struct tracker_sink *sink, bool keep_spans,
		  uint64_t opened_ns)
{
	*t = (struct tracker) { .sink = *sink, .keep_spans = keep_spans, .opened_ns = opened_ns };
}

/* 2^64 divided by the golden ratio: the top ten bits of the product are spread well */
static size_t hash(uint64_t n)
{
	return n * 0x9e3779b97f4a7c15 >> 54;
}

static size_t hash_name(const char *name, uint32_t len)
{
	uint64_t n = len;

	while (len--)
		n = n * 31 + (unsigned char)*name++;
	return hash(n);
}

/* Is what an event says of the name, perhaps cut, how the source is called? */
static bool same_name(const struct wakeup_event *event, const char *name, size_t len)
{
	size_t told;
	const char *tells = wakeup_event_name(event, &told);

	return (told == len || (told == WAKEUP_EVENT_NAME_MAX && len > told)) &&
	       !memcmp(tells, name, told);
}

static struct tracked *find(const struct tracker *t, uint64_t key)
{
	struct tracked *src = t->buckets[hash(key)];

	while (src && src->key != key)
		src = src->next;
	return src;
}

/* A source that was met before, not one that had its key before. */
static struct tracked *find_event(const struct tracker *t, const struct wakeup_event *event)
{
	struct tracked *src = find(t, wakeup_event_key(event));

	return src && same_name(event, src->name, src->name_len) ? src : NULL;
}

bool tracker_knows(const struct tracker *t, const struct wakeup_event *event)
{
	return wakeup_event_kind(event) > WAKEUP_EVENT_RELEASE || find_event(t, event);
}

/* Make room for one more element in an array; returns NULL when out of memory. */
static void *one_more(void *array, size_t nr, size_t *room, size_t size)
{
	if (nr < *room)
		return array;
	array = reallocarray(array, *room ? 2 * *room : 16, size);
	if (array)
		*room = *room ? 2 * *room : 16;
	return array;
}

/* In front of its bucket, so that it is found before one that had the key earlier. */
static struct tracked *add(struct tracker *t, uint64_t key, const char *name, uint32_t len)
{
	struct tracked **list = one_more(t->sources, t->nr_sources, &t->room, sizeof(*list));
	struct tracked *src, **named;

	if (!list)
		return NULL;
	t->sources = list;
	src = calloc(1, sizeof(*src));
	if (!src)
		return NULL;
	src->name = malloc(len + 1);
	if (!src->name) {
		free(src);
		return NULL;
	}
	memcpy(src->name, name, len);
	src->name[len] = '\0';
	src->name_len = len;
	src->key = key;
	src->id = -1;
	src->sources = 1;
	src->index = t->nr_sources;
	src->next = t->buckets[hash(key)];
	t->buckets[hash(key)] = src;

	named = &t->names[hash_name(name, len)];
	for (struct tracked *other = *named; other; other = other->next_named)
		if (other->name_len == len && !memcmp(other->name, name, len))
			src->ambiguous = other->ambiguous = true;
	src->next_named = *named;
	*named = src;
	list[t->nr_sources++] = src;
	return src;
}

static uint64_t max(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* How much of a span lies in the window, which begins at @t->from_ns. */
static uint64_t in_window(const struct tracker *t, uint64_t from_ns, uint64_t to_ns)
{
	from_ns = max(from_ns, t->from_ns);
	return to_ns > from_ns ? to_ns - from_ns : 0;
}

static void keep(struct tracker *t, struct span **spans, size_t *nr, size_t *room,
		 const struct span *span)
{
	struct span *more;

	if (!t->keep_spans || !t->from_ns)
		return;
	more = one_more(*spans, *nr, room, sizeof(*more));
	if (!more) {
		t->no_memory = true;
		return;
	}
	*spans = more;
	more[(*nr)++] = *span;
}

static void end_awake(struct tracker *t, uint64_t now)
{
	struct span span = {
		.from_ns = t->awake_from_ns,
		.to_ns = max(now, t->awake_from_ns),
	};

	t->awake_until_ns = span.to_ns;
	if (t->from_ns)
		t->awake_ns += in_window(t, span.from_ns, span.to_ns);
	keep(t, &t->awake, &t->nr_awake, &t->awake_room, &span);
}

static void begin_span(struct tracker *t, struct tracked *src, uint64_t now)
{
	if (!t->nr_active++)
		/* events of several processors may be a little out of order */
		t->awake_from_ns = max(now, t->awake_until_ns);
	src->active = 1;
	src->from_ns = now;
	src->lost = t->lost;
	if (!t->from_ns)
		return;
	src->count++;
	t->sink.activated(t->sink.arg, src, now, t->inferring);
}

static struct span end_span(struct tracker *t, struct tracked *src, uint64_t now)
{
	struct span span = {
		.from_ns = src->from_ns,
		.to_ns = max(now, src->from_ns),
		.inexact = src->lost != t->lost,
		.inferred = t->inferring,
	};

	src->active = 0;
	if (t->from_ns) {
		src->held_ns += in_window(t, span.from_ns, span.to_ns);
		src->longest_ns = max(src->longest_ns, span.to_ns - span.from_ns);
		src->inexact |= span.inexact;
	}
	keep(t, &src->spans, &src->nr_spans, &src->room, &span);
	if (!--t->nr_active)
		end_awake(t, now);
	return span;
}

static void release(struct tracker *t, struct tracked *src, uint64_t now)
{
	struct span span = end_span(t, src, now);

	if (t->from_ns)
		t->sink.released(t->sink.arg, src, &span);
}

/* The same for changes that events have not told of, as these were lost. */
static void infer_activation(struct tracker *t, struct tracked *src, uint64_t now)
{
	t->inferring = true;
	begin_span(t, src, now);
	t->inferring = false;
}

static void infer_release(struct tracker *t, struct tracked *src, uint64_t now)
{
	t->inferring = true;
	release(t, src, now);
	t->inferring = false;
}

static struct tracked *add_source(struct tracker *t, const struct wakeup_source *s)
{
	size_t len;
	const char *name = wakeup_source_name(s, &len);
	struct tracked *src = add(t, wakeup_source_key(s), name, len);

	if (src) {
		src->id = wakeup_source_id(s);
		src->hidden = !t->sink.wanted(t->sink.arg, src->name, s);
	}
	return src;
}

int tracker_first(struct tracker *t, const struct wakeup_snapshot *snap)
{
	const struct wakeup_source *s = NULL;

	while ((s = wakeup_snapshot_next(snap, s))) {
		struct tracked *src = find(t, wakeup_source_key(s));
		uint64_t changed = wakeup_source_last_change_ns(s);

		if (src)
			src->sources++;		/* of a constant name */
		else
			src = add_source(t, s);
		if (!src)
			return -1;
		if (src->hidden)
			continue;
		src->base_time_ns += wakeup_source_total_time_ns(s);
		src->base_count += wakeup_source_active_count(s);
		if (changed >= t->opened_ns) {
			src->changed_ns = max(src->changed_ns, changed);
			src->expected = true;
		}
		if (!wakeup_source_is_active(s))
			continue;
		if (!src->active) {
			begin_span(t, src, changed);
		} else {
			src->active++;
			if (changed < src->from_ns)
				src->from_ns = changed;
		}
	}
	return 0;
}

void tracker_begin(struct tracker *t, uint64_t from_ns)
{
	t->from_ns = from_ns;
	for (size_t i = 0; i < t->nr_sources; i++)
		if (t->sources[i]->active)
			t->sink.held(t->sink.arg, t->sources[i], t->sources[i]->from_ns);
}

static void note_lost(struct tracker *t, uint64_t lost, uint64_t now)
{
	if (lost <= t->lost)
		return;
	if (t->from_ns)
		t->sink.lost(t->sink.arg, lost - t->lost, now);
	t->lost = lost;
}

/* A source not met before: as @known says, if that is the one, else as the event does. */
static struct tracked *add_event(struct tracker *t, const struct wakeup_event *event,
				 const struct wakeup_source *known)
{
	struct tracked *src;
	const char *name;
	size_t len;

	if (known) {
		name = wakeup_source_name(known, &len);
		if (same_name(event, name, len))
			return add_source(t, known);
	}
	name = wakeup_event_name(event, &len);
	src = add(t, wakeup_event_key(event), name, len);
	if (src) {
		src->cut = len == WAKEUP_EVENT_NAME_MAX;
		src->hidden = !t->sink.wanted(t->sink.arg, src->name, NULL);
	}
	return src;
}

/* The clock of the events stands still while the system sleeps, or, on some, goes on. */
static int note_suspend(struct tracker *t, const struct wakeup_event *event)
{
	uint64_t now = wakeup_event_time_ns(event), asleep = wakeup_event_asleep_ns(event);
	struct sleep *more, sleep;

	if (wakeup_event_kind(event) == WAKEUP_EVENT_SUSPEND) {
		t->suspend_ns = now;
		t->suspend_asleep_ns = asleep;
		return 0;
	}
	if (!t->from_ns || t->suspend_ns < t->from_ns)
		return 0;
	sleep = (struct sleep) { .from_ns = t->suspend_ns, .to_ns = now };
	sleep.asleep_ns = asleep - t->suspend_asleep_ns + (now - t->suspend_ns);
	sleep.realtime_ns = clock_ns(CLOCK_REALTIME) - (clock_ns(CLOCK_MONOTONIC) - now);
	more = one_more(t->sleeps, t->nr_sleeps, &t->sleep_room, sizeof(*more));
	if (!more)
		return -1;
	t->sleeps = more;
	more[t->nr_sleeps++] = sleep;
	t->asleep_ns += sleep.asleep_ns;
	t->still_ns += now - t->suspend_ns;
	t->suspend_ns = 0;
	t->sink.slept(t->sink.arg, &sleep);
	return 0;
}

int tracker_event(struct tracker *t, const struct wakeup_event *event,
		  const struct wakeup_source *known)
{
	uint64_t now = wakeup_event_time_ns(event), before = t->last_ns;
	struct tracked *src;
	bool expected;

	note_lost(t, wakeup_event_lost(event), now);
	if (wakeup_event_kind(event) > WAKEUP_EVENT_RELEASE)
		return note_suspend(t, event);
	src = find_event(t, event);
	t->last_ns = max(t->last_ns, now);
	if (!src) {
		/* what had the name at this address is gone, and its release was lost */
		src = find(t, wakeup_event_key(event));
		if (src && src->active)
			infer_release(t, src, before);
		src = add_event(t, event, known);
		if (!src)
			return -1;
	}
	if (src->hidden || now < src->changed_ns)
		return 0;
	expected = src->expected;
	src->expected = false;

	if (wakeup_event_is_activation(event)) {
		if (!src->active) {
			begin_span(t, src, now);
		} else if (expected) {
			; /* the snapshot had this one */
		} else if (src->active < src->sources || src->lost == t->lost) {
			/* another source whose name is the same constant */
			src->active++;
			src->sources = max(src->sources, src->active);
			src->count += !!t->from_ns;
		} else {
			infer_release(t, src, before);
			begin_span(t, src, now);
		}
	} else if (src->active > 1) {
		src->active--;
	} else if (src->active) {
		release(t, src, now);
	} else if (!expected && t->from_ns) {
		/* its activation was lost; that it was held at all is what is known */
		src->inexact = true;
		infer_activation(t, src, now);
		src->lost = t->lost - 1;
		release(t, src, now);
	}
	return t->no_memory ? -1 : 0;
}

/* The source in a later snapshot, if it is the one that was met. */
static struct tracked *find_source(const struct tracker *t, const struct wakeup_source *s)
{
	struct tracked *src = find(t, wakeup_source_key(s));
	size_t len;
	const char *name = wakeup_source_name(s, &len);

	return src && src->name_len == len && !memcmp(src->name, name, len) ? src : NULL;
}

/* What the kernel counted, for a source of which events may be missing. */
static int take_kernels(struct tracker *t, const struct wakeup_source *s)
{
	struct tracked *src = find_source(t, s);
	uint64_t changed = wakeup_source_last_change_ns(s), count;

	if (!src)
		src = add_source(t, s);
	if (!src)
		return -1;
	if (src->hidden)
		return 0;
	if (changed > t->to_ns)
		changed = t->to_ns;
	if (src->active && !wakeup_source_is_active(s))
		infer_release(t, src, changed);
	else if (!src->active && wakeup_source_is_active(s) && changed < t->to_ns)
		infer_activation(t, src, max(changed, t->from_ns));
	if (src->sources > 1)
		return 0;	/* this is one of several */

	count = wakeup_source_active_count(s) - src->base_count;
	src->inexact |= src->count != count;
	src->counted = src->inexact;
	if (src->counted)
		src->count = count;
	return 0;
}

int tracker_end(struct tracker *t, uint64_t to_ns, uint64_t lost,
		const struct wakeup_snapshot *snap)
{
	const struct wakeup_source *s = NULL;

	t->to_ns = max(to_ns, t->from_ns + 1);
	note_lost(t, lost, t->to_ns);
	while (t->lost && (s = wakeup_snapshot_next(snap, s)))
		if (take_kernels(t, s))
			return -1;
	for (size_t i = 0; i < t->nr_sources; i++) {
		struct tracked *src = t->sources[i];

		if (src->active) {
			struct span span = end_span(t, src, t->to_ns);

			src->still = true;
			t->sink.still(t->sink.arg, src, &span);
		}
	}
	/* not before the spans have ended, which adds to it */
	while (t->lost && (s = wakeup_snapshot_next(snap, s))) {
		struct tracked *src = find_source(t, s);

		if (src && src->counted)
			src->held_ns = wakeup_source_total_time_ns(s) - src->base_time_ns;
	}
	/* lost events may have been of that time as well: it is no less than any one's */
	for (size_t i = 0; t->lost && i < t->nr_sources; i++)
		t->awake_ns = max(t->awake_ns, t->sources[i]->held_ns);
	if (t->awake_ns > t->to_ns - t->from_ns)
		t->awake_ns = t->to_ns - t->from_ns;
	return t->no_memory ? -1 : 0;
}

void tracker_free(struct tracker *t)
{
	for (size_t i = 0; i < t->nr_sources; i++) {
		free(t->sources[i]->name);
		free(t->sources[i]->spans);
		free(t->sources[i]);
	}
	free(t->sources);
	free(t->awake);
	free(t->sleeps);
}
