// SPDX-License-Identifier: GPL-2.0-only
/*
 * churn SECONDS - take snapshots for so long while others change the sources, and
 * check each by itself and against the one before
 *
 * Expects the fixture's sources fixture-0 and so on, of which none comes or goes, and
 * any others. Prints what is wrong, then a line with counts; fails if anything was.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../loader/snapshot.h"

#define MAX_FIXTURES 1000
#define STAYING "fixture-"

static struct ws_record before[MAX_FIXTURES];	/* of the last snapshot, by number */
static unsigned long wrong;

static void complain(const struct wakeup_source *src, const char *what)
{
	const struct ws_record *r = src->rec;

	if (wrong++ < 10)
		printf("%s: %s: active %u, counts %llu %llu %llu, times %llu %llu %llu %llu\n",
		       src->name, what, r->flags & WS_ACTIVE,
		       (unsigned long long)r->active_count, (unsigned long long)r->relax_count,
		       (unsigned long long)r->event_count,
		       (unsigned long long)r->total_time_ns, (unsigned long long)r->max_time_ns,
		       (unsigned long long)r->last_change_ns,
		       (unsigned long long)r->active_time_ns);
}

/* What holds for any source at any one instant. */
static void check_instant(const struct wakeup_source *src)
{
	const struct ws_record *r = src->rec;

	if (r->active_count - r->relax_count != !!(r->flags & WS_ACTIVE))
		complain(src, "released more or less than it was activated");
	if (r->active_count > r->event_count || r->wakeup_count > r->event_count)
		complain(src, "fewer events than they caused");
	if (r->expire_count > r->relax_count)
		complain(src, "expired more often than released");
	if (r->max_time_ns > r->total_time_ns || r->active_time_ns > r->max_time_ns)
		complain(src, "a part is longer than the whole");
	if (!(r->flags & WS_ACTIVE) && r->active_time_ns)
		complain(src, "idle, and active for a while");
	if (strlen(src->name) != src->name_len)
		complain(src, "its name is cut");
}

/* What never shrinks, of a source that is there all the time. */
static void check_progress(const struct wakeup_source *src, struct ws_record *old)
{
	const struct ws_record *r = src->rec;

	if (r->total_time_ns < old->total_time_ns || r->max_time_ns < old->max_time_ns ||
	    r->last_change_ns < old->last_change_ns)
		complain(src, "its times went back");
	if (r->active_count < old->active_count || r->event_count < old->event_count ||
	    r->relax_count < old->relax_count || r->expire_count < old->expire_count)
		complain(src, "its counts went back");
	/* active time counted twice, or not at all, shows as a change with no reason */
	if (r->active_count == old->active_count && r->relax_count == old->relax_count &&
	    !(r->flags & WS_ACTIVE) && r->total_time_ns != old->total_time_ns)
		complain(src, "its total changed while it was idle");
	/* activation and release within it can't take longer than the time between */
	if (old->id && r->total_time_ns - old->total_time_ns >
	    r->last_change_ns + r->active_time_ns - (old->last_change_ns + old->active_time_ns) &&
	    r->active_count != old->active_count)
		complain(src, "active for longer than time has passed");
	*old = *r;
}

static size_t check(const struct snapshot *snap)
{
	size_t fixtures = 0;

	for (size_t i = 0; i < snap->nr_sources; i++) {
		const struct wakeup_source *src = &snap->sources[i];
		unsigned int number;

		check_instant(src);
		if (sscanf(src->name, STAYING "%u", &number) == 1 && number < MAX_FIXTURES) {
			check_progress(src, &before[number]);
			fixtures++;
		}
	}
	return fixtures;
}

int main(int argc, char **argv)
{
	time_t end = time(NULL) + (argc == 2 ? atoi(argv[1]) : 0);
	unsigned long snapshots = 0, least = -1UL, most = 0;
	struct snapshot snap;
	struct reader *reader;
	size_t fixtures = 0;
	struct fail why;

	reader = reader_open(false, &why);
	if (!reader) {
		printf("%s\n", why.text);
		return 1;
	}
	do {
		size_t n;

		if (reader_snapshot(reader, &snap, &why)) {
			printf("%s\n", why.text);
			wrong++;
			continue;
		}
		n = check(&snap);
		if (snapshots++ && n != fixtures) {
			printf("%zu sources that stay, then %zu\n", fixtures, n);
			wrong++;
		}
		fixtures = n;
		least = snap.nr_sources < least ? snap.nr_sources : least;
		most = snap.nr_sources > most ? snap.nr_sources : most;
	} while (time(NULL) < end);
	reader_close(reader);

	printf("snapshots %lu wrong %lu staying %zu least %lu most %lu\n", snapshots, wrong,
	       fixtures, least, most);
	return wrong != 0;
}
