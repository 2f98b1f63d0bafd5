// SPDX-License-Identifier: GPL-2.0-only
#include "saved.h"

#include <json-c/json.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "common/json_read.h"
#include "common/saved_file.h"
#include "saved_text.h"
#include "snapshot_json.h"

static int get_source(struct json_place *p, struct json_object *from, struct state *s)
{
	uint64_t id;

	if (json_get_name(p, from, "name", false, &s->name, &s->name_len) ||
	    json_get_name(p, from, "device", true, &s->device, &s->device_len) ||
	    json_get_number(p, from, "id", INT_MAX, &id) ||
	    json_get_flag(p, from, "active", &s->active) ||
	    json_get_flag(p, from, "autosleep", &s->autosleep))
		return -1;
	s->id = id;
	for (size_t i = 0; i < NR_COUNTERS; i++)
		if (json_get_number(p, from, counters[i].key, INT64_MAX, &s->n[i]))
			return -1;
	return 0;
}

static int get_sources(struct json_place *p, struct json_object *list, size_t text,
		       struct states *states)
{
	size_t n = json_object_array_length(list);

	/* names are shorter than what stands for them in the file, quotes included */
	if (states_room(states, n, text))
		return fail(p->why, "%s: no memory for %zu wakeup sources", p->file, n);
	p->text = states->text;
	for (size_t i = 0; i < n; i++) {
		struct json_object *from = json_object_array_get_idx(list, i);

		if (!json_object_is_type(from, json_type_object))
			return fail(p->why, "%s: wakeup_sources[%zu] is of type %s, not object",
				    p->file, i, json_type_to_name(json_object_get_type(from)));
		p->list = "wakeup_sources";
		p->index = i;
		if (get_source(p, from, &states->v[i]))
			return -1;
	}
	states->nr = n;
	return 0;
}

static int by_id(const void *a, const void *b)
{
	const struct state *x = *(const struct state *const *)a;
	const struct state *y = *(const struct state *const *)b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return (x > y) - (x < y);
}

/* The kernel has no number twice at one time. */
int saved_check_ids(const struct states *states, const char *file, struct fail *why)
{
	const struct state **v = calloc(states->nr + 1, sizeof(*v));
	int ret = 0;

	if (!v)
		return fail(why, "%s: out of memory", file);
	for (size_t i = 0; i < states->nr; i++)
		v[i] = &states->v[i];
	qsort(v, states->nr, sizeof(*v), by_id);
	for (size_t i = 1; i < states->nr && !ret; i++)
		if (v[i]->id == v[i - 1]->id)
			ret = fail(why, "%s: wakeup_sources[%zu].id is also that of wakeup_sources[%zu]",
				   file, v[i] - states->v, v[i - 1] - states->v);
	free(v);
	return ret;
}

/* How many sources there were in all; earlier versions did not write it. */
static int get_left_out(const struct json_place *p, struct json_object *root, struct json_object *list,
			struct states *states)
{
	size_t nr = json_object_array_length(list);
	uint64_t all;

	if (!json_object_object_get_ex(root, "sources", NULL))
		return 0;
	if (json_get_number(p, root, "sources", INT_MAX, &all))
		return -1;
	states->left_out = all > nr ? all - nr : 0;
	return 0;
}

static int get_all(struct json_place *p, struct json_object *root, size_t text, struct saved *saved)
{
	struct json_object *list;

	if (json_check_format(p, root, JSON_FORMAT))
		return -1;
	if (json_get_boot_id(p, root, saved->boot_id) ||
	    json_get_number(p, root, "realtime_ns", INT64_MAX, &saved->states.realtime_ns) ||
	    json_get_number(p, root, "monotonic_ns", INT64_MAX, &saved->states.monotonic_ns) ||
	    json_get(p, root, "wakeup_sources", json_type_array, &list))
		return -1;
	if (get_left_out(p, root, list, &saved->states))
		return -1;
	return get_sources(p, list, text, &saved->states) ||
	       saved_check_ids(&saved->states, p->file, p->why) ? -1 : 0;
}

int saved_parse(const char *text, size_t len, const char *file, struct saved *saved,
		struct fail *why)
{
	struct json_place p = { .file = file, .why = why };
	struct json_object *root;
	int ret;

	*saved = (struct saved) { 0 };
	if (saved_is_table(text, len))
		return saved_parse_table(text, len, file, saved, why);
	root = json_read_text(text, len, &p);
	if (!root)
		return -1;
	ret = get_all(&p, root, len, saved);
	json_object_put(root);
	if (ret)
		saved_free(saved);
	return ret;
}

void saved_free(struct saved *saved)
{
	states_free(&saved->states);
}
