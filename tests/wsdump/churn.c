// SPDX-License-Identifier: GPL-2.0-only
/*
 * churn SECONDS - take snapshots for so long, and until there were enough, while others change
 * the sources, and check each by itself and against the one before
 *
 * Expects the fixture's sources fixture-0 and so on, of which none comes or goes, and
 * any others; those of ws_books.ko, if it is loaded, are compared with its books. Enough are
 * SNAPSHOTS; if there are books, as many must have been compared with them. If that takes longer
 * than PATIENCE, the machine is too slow. Prints what is wrong, then a line with counts; fails
 * if anything was.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "libwakeup/libwakeup.h"
#include "books.h"

#define MAX_FIXTURES 1000
#define SNAPSHOTS 20
#define PATIENCE 600		/* seconds */
#define STAYING "fixture-"

struct state {
	bool known, active;
	unsigned long long active_count, relax_count, event_count, wakeup_count, expire_count;
	unsigned long long total_time_ns, max_time_ns, last_change_ns, active_time_ns;
};

static struct state before[MAX_FIXTURES];	/* of the last snapshot, by number */
static unsigned long wrong;
static unsigned long renewed;	/* snapshots with another source in front than the last */

static struct state state_of(const struct wakeup_source *src)
{
	return (struct state) {
		.known = true,
		.active = wakeup_source_is_active(src),
		.active_count = wakeup_source_active_count(src),
		.relax_count = wakeup_source_relax_count(src),
		.event_count = wakeup_source_event_count(src),
		.wakeup_count = wakeup_source_wakeup_count(src),
		.expire_count = wakeup_source_expire_count(src),
		.total_time_ns = wakeup_source_total_time_ns(src),
		.max_time_ns = wakeup_source_max_time_ns(src),
		.last_change_ns = wakeup_source_last_change_ns(src),
		.active_time_ns = wakeup_source_active_time_ns(src),
	};
}

static void complain(const struct wakeup_source *src, const struct state *r, const char *what)
{
	if (wrong++ < 10)
		printf("%s: %s: active %u, counts %llu %llu %llu, times %llu %llu %llu %llu\n",
		       wakeup_source_name(src, NULL), what, r->active, r->active_count,
		       r->relax_count, r->event_count, r->total_time_ns, r->max_time_ns,
		       r->last_change_ns, r->active_time_ns);
}

static unsigned long long clock_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000ULL + ts.tv_nsec;
}

/* What holds for any source at any one instant before @now_ns. */
static void check_instant(const struct wakeup_source *src, const struct state *r,
			  unsigned long long now_ns)
{
	size_t len;

	if (r->active_count - r->relax_count != r->active)
		complain(src, r, "released more or less than it was activated");
	if (r->active_count > r->event_count || r->wakeup_count > r->event_count)
		complain(src, r, "fewer events than they caused");
	if (r->expire_count > r->relax_count)
		complain(src, r, "expired more often than released");
	if (r->max_time_ns > r->total_time_ns || r->active_time_ns > r->max_time_ns)
		complain(src, r, "a part is longer than the whole");
	if (r->last_change_ns + r->active_time_ns > now_ns)
		complain(src, r, "changed in the future, or active until then");
	if (!r->active && r->active_time_ns)
		complain(src, r, "idle, and active for a while");
	if (strlen(wakeup_source_name(src, &len)) != len)
		complain(src, r, "its name is cut");
}

/* What never shrinks, of a source that is there all the time. */
static void check_progress(const struct wakeup_source *src, const struct state *r,
			   struct state *old)
{
	if (r->total_time_ns < old->total_time_ns || r->max_time_ns < old->max_time_ns ||
	    r->last_change_ns < old->last_change_ns)
		complain(src, r, "its times went back");
	if (r->active_count < old->active_count || r->event_count < old->event_count ||
	    r->relax_count < old->relax_count || r->expire_count < old->expire_count)
		complain(src, r, "its counts went back");
	/* active time counted twice, or not at all, shows as a change with no reason */
	if (r->active_count == old->active_count && r->relax_count == old->relax_count &&
	    !r->active && r->total_time_ns != old->total_time_ns)
		complain(src, r, "its total changed while it was idle");
	/* activation and release within it can't take longer than the time between */
	if (old->known && r->total_time_ns - old->total_time_ns >
	    r->last_change_ns + r->active_time_ns - (old->last_change_ns + old->active_time_ns) &&
	    r->active_count != old->active_count)
		complain(src, r, "active for longer than time has passed");
	*old = *r;
}

static void note_newest(const struct wakeup_source *src)
{
	static char last[64];
	const char *name = src ? wakeup_source_name(src, NULL) : "";

	if (*last && strncmp(last, name, sizeof(last) - 1))
		renewed++;
	snprintf(last, sizeof(last), "%s", name);
}

static size_t check(const struct wakeup_snapshot *snap, unsigned long long now_ns)
{
	const struct wakeup_source *src = NULL;
	size_t fixtures = 0, sources = 0;

	note_newest(wakeup_snapshot_next(snap, NULL));
	while ((src = wakeup_snapshot_next(snap, src))) {
		struct state state = state_of(src);
		const char *unlike_books = books_check(src);
		unsigned int number;

		sources++;
		check_instant(src, &state, now_ns);
		if (unlike_books)
			complain(src, &state, unlike_books);
		if (sscanf(wakeup_source_name(src, NULL), STAYING "%u", &number) == 1 &&
		    number < MAX_FIXTURES) {
			check_progress(src, &state, &before[number]);
			fixtures++;
		}
	}
	if (sources != wakeup_snapshot_size(snap)) {
		printf("%zu sources of %zu\n", sources, wakeup_snapshot_size(snap));
		wrong++;
	}
	return fixtures;
}

int main(int argc, char **argv)
{
	unsigned long snapshots = 0, least = -1UL, most = 0;
	const struct wakeup_snapshot *snap;
	struct wakeup_reader *reader;
	bool has_books = false;
	size_t fixtures = 0;
	time_t end;

	reader = wakeup_open(0);
	if (!reader) {
		printf("%s\n", wakeup_error());
		return 1;
	}
	/* loading may have taken seconds */
	end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 0);
	do {
		size_t n, size;

		has_books = books_before();
		snap = wakeup_snapshot_take(reader);
		if (!snap) {
			printf("%s\n", wakeup_error());
			wrong++;
			continue;
		}
		books_after();
		n = check(snap, clock_ns());
		if (snapshots++ && n != fixtures) {
			printf("%zu sources that stay, then %zu\n", fixtures, n);
			wrong++;
		}
		fixtures = n;
		size = wakeup_snapshot_size(snap);
		least = size < least ? size : least;
		most = size > most ? size : most;
		if (time(NULL) > end + PATIENCE) {
			printf("too slow: not enough snapshots in %d seconds\n", PATIENCE);
			wrong++;
			break;
		}
	} while (time(NULL) < end || snapshots < SNAPSHOTS ||
		 (has_books && books_compared < SNAPSHOTS));
	wakeup_close(reader);

	printf("snapshots %lu wrong %lu staying %zu least %lu most %lu renewed %lu compared %lu\n",
	       snapshots, wrong, fixtures, least, most, renewed, books_compared);
	return wrong != 0;
}
