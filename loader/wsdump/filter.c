// SPDX-License-Identifier: GPL-2.0-only
#include "filter.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/duration.h"
#include "verbs.h"

static int add(struct wanted *w, const char *arg, const char *what, struct fail *why)
{
	if (w->nr == MAX_WANTED)
		return fail(why, "more than %d %s", MAX_WANTED, what);
	w->v[w->nr++] = arg;
	return 0;
}

static int set_name(void *to, const char *arg, struct fail *why)
{
	return add(to, arg, "times --name", why);
}

static int set_device(void *to, const char *arg, struct fail *why)
{
	return add(to, arg, "times --device", why);
}

static int set_id(void *to, const char *arg, struct fail *why)
{
	if (!*arg || arg[strspn(arg, "0123456789")] || strlen(arg) > 9)
		return fail(why, "'%s' is no number of a source, as in the column ID", arg);
	return add(to, arg, "times --id", why);
}

static int set_since(void *to, const char *arg, struct fail *why)
{
	struct filter *filter = to;

	filter->since = true;
	if (duration_parse(arg, &filter->since_ns))
		return fail(why, "'%s' is no duration such as 90s, 1.5h or 3m12s", arg);
	return 0;
}

#define NAME(help) \
	{ "name", 0, "GLOB", help, set_name, offsetof(struct filter, names) }
#define DEVICE_AND_ID \
	{ "device", 0, "GLOB", "only what belongs to such devices", \
	  set_device, offsetof(struct filter, devices) }, \
	{ "id", 0, "N", "only the source with this number", \
	  set_id, offsetof(struct filter, ids) }

const struct option_row name_options[] = {
	NAME("only names that match; given again, more of them"), DEVICE_AND_ID, { 0 }
};

const struct option_row operand_options[] = { NAME(NULL), DEVICE_AND_ID, { 0 } };

const struct option_row state_options[] = {
	{ "active", 'a', NULL, "only what is active: it keeps the system awake",
	  option_flag, offsetof(struct filter, active) },
	{ "since", 0, "DURATION", "what was activated or released lately: 90s, 1.5h, 3m12s",
	  set_since, 0 },
	{ 0 }
};

int filter_add_names(struct filter *filter, char *const *names, size_t nr, struct fail *why)
{
	for (size_t i = 0; i < nr; i++)
		if (add(&filter->names, names[i], "names", why))
			return -1;
	return 0;
}

/* All of them are looked at, for filter_check() to know. */
static bool has(struct wanted *w, const char *text)
{
	bool found = !w->nr;

	for (size_t i = 0; i < w->nr; i++)
		if (text && !fnmatch(w->v[i], text, 0)) {
			w->met[i] = true;
			found = true;
		}
	return found;
}

bool filter_matches(struct filter *filter, const struct subject *s)
{
	char id[24];
	bool found = has(&filter->names, s->name), on = has(&filter->devices, s->device);

	if (!filter->ids.nr)
		return found && on;
	snprintf(id, sizeof(id), "%lld", (long long)s->id);
	return has(&filter->ids, id) && found && on;
}

bool filter_is_lately(const struct filter *filter, uint64_t changed_ns, uint64_t now_ns)
{
	if (!filter->since)
		return true;
	/* what changed after the reading had begun changed just now */
	return changed_ns && (changed_ns >= now_ns || now_ns - changed_ns <= filter->since_ns);
}

/* The first that matched nothing, or NULL. */
static const char *unmet(const struct wanted *w)
{
	for (size_t i = 0; i < w->nr; i++)
		if (!w->met[i])
			return w->v[i];
	return NULL;
}

int filter_check(const struct filter *filter, struct fail *why)
{
	const char *name = unmet(&filter->names);

	for (const struct verb *verb = filter->verbs; name && verb && verb->name; verb++)
		if (!strcmp(verb->name, name))
			return fail(why, "no wakeup source is called '%s'; as a verb it has to come first: wsdump %s",
				    name, name);
	if (name)
		return fail(why, "no wakeup source is called '%s'%s", name, filter->verbs ?
			    ", and it is no verb: try 'wsdump --help'" : "");
	name = unmet(&filter->devices);
	if (name)
		return fail(why, "no wakeup source belongs to a device called '%s'", name);
	name = unmet(&filter->ids);
	return name ? fail(why, "no wakeup source has the number %s", name) : 0;
}
