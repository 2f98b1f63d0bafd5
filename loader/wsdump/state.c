// SPDX-License-Identifier: GPL-2.0-only
#include "state.h"

#include <stdlib.h>
#include <string.h>

#define COUNTER(field) { #field, wakeup_source_##field }

const struct counter_of counters[NR_COUNTERS] = {
	[TOTAL_TIME] = COUNTER(total_time_ns),
	[PREVENT_TIME] = COUNTER(prevent_sleep_time_ns),
	[ACTIVE_COUNT] = COUNTER(active_count),
	[RELAX_COUNT] = COUNTER(relax_count),
	[EVENT_COUNT] = COUNTER(event_count),
	[WAKEUP_COUNT] = COUNTER(wakeup_count),
	[EXPIRE_COUNT] = COUNTER(expire_count),
	[MAX_TIME] = COUNTER(max_time_ns),
	[LAST_CHANGE] = COUNTER(last_change_ns),
	[ACTIVE_TIME] = COUNTER(active_time_ns),
};

int states_room(struct states *states, size_t sources, size_t text)
{
	states->nr = 0;
	if (!states->v || sources > states->size) {
		free(states->v);
		states->size = sources + sources / 8 + 1;
		states->v = calloc(states->size, sizeof(*states->v));
	}
	if (!states->text || text > states->text_size) {
		free(states->text);
		states->text_size = text + text / 8 + 1;
		states->text = malloc(states->text_size);
	}
	return states->v && states->text ? 0 : -1;
}

static char *put(char *to, const char *s, size_t len)
{
	memcpy(to, s, len);
	to[len] = '\0';
	return to + len + 1;
}

int states_copy(struct states *states, const struct wakeup_snapshot *snap, struct fail *why)
{
	const struct wakeup_source *src = NULL;
	size_t bytes = 0, name_len, device_len;
	const char *from;
	char *text;

	while ((src = wakeup_snapshot_next(snap, src))) {
		wakeup_source_name(src, &name_len);
		wakeup_source_device(src, &device_len);
		bytes += name_len + device_len + 2;
	}
	if (states_room(states, wakeup_snapshot_size(snap), bytes))
		return fail(why, "no memory for %zu wakeup sources", wakeup_snapshot_size(snap));

	text = states->text;
	while ((src = wakeup_snapshot_next(snap, src))) {
		struct state *s = &states->v[states->nr++];

		from = wakeup_source_name(src, &s->name_len);
		s->name = text;
		text = put(text, from, s->name_len);
		from = wakeup_source_device(src, &s->device_len);
		s->device = from ? text : NULL;
		if (from)
			text = put(text, from, s->device_len);
		s->id = wakeup_source_id(src);
		s->active = wakeup_source_is_active(src);
		s->autosleep = wakeup_source_is_autosleep(src);
		for (int i = 0; i < NR_COUNTERS; i++)
			s->n[i] = counters[i].get(src);
	}
	states->monotonic_ns = wakeup_snapshot_monotonic_ns(snap);
	states->realtime_ns = wakeup_snapshot_realtime_ns(snap);
	return 0;
}

void states_free(struct states *states)
{
	free(states->v);
	free(states->text);
	*states = (struct states) { 0 };
}
