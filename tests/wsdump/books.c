// SPDX-License-Identifier: GPL-2.0-only
/* Compare snapshots with the fixture's own books, see books.h. */
#include <stdbool.h>
#include <stdio.h>

#include "books.h"

#define MAX_BOOKS 4

/* At some instant; see fixture/ws_books.c */
struct books {
	unsigned long long active_least, active_most, relax_least, relax_most;
	unsigned long long total_least_ns, total_most_ns, change_ns;
};

/* Of this snapshot, and of the last one in which the source was compared. */
static struct moment {
	struct books before, after;
	unsigned long long total_ns;
} now[MAX_BOOKS], last[MAX_BOOKS];
static bool compared[MAX_BOOKS];

unsigned long books_compared;

static bool read_books(bool after)
{
	FILE *f = fopen("/sys/kernel/debug/ws_books", "r");
	struct books b;
	unsigned int i;

	if (!f)
		return false;
	while (fscanf(f, "%u %llu %llu %llu %llu %llu %llu %llu", &i, &b.active_least,
		      &b.active_most, &b.relax_least, &b.relax_most, &b.total_least_ns,
		      &b.total_most_ns, &b.change_ns) == 8)
		if (i < MAX_BOOKS)
			*(after ? &now[i].after : &now[i].before) = b;
	fclose(f);
	return true;
}

bool books_before(void)
{
	return read_books(false);
}

void books_after(void)
{
	read_books(true);
}

static bool between(unsigned long long least, unsigned long long x, unsigned long long most)
{
	return least <= x && x <= most;
}

/*
 * All numbers in the books grow. So one of a record is at least what was the least before
 * the snapshot, and at most what was the most after it. The more often it was activated the
 * further the two times are apart; but not from one snapshot to the next, in which a span
 * that is counted twice, or not at all, shows.
 */
static const char *check(const struct wakeup_source *src, const struct moment *m,
			 const struct moment *old)
{
	unsigned long long more = m->total_ns - old->total_ns;

	if (!between(m->before.active_least, wakeup_source_active_count(src), m->after.active_most) ||
	    wakeup_source_event_count(src) != wakeup_source_active_count(src))
		return "not activated as often as in the books";
	if (!between(m->before.relax_least, wakeup_source_relax_count(src), m->after.relax_most))
		return "not released as often as in the books";
	if (wakeup_source_last_change_ns(src) < m->before.change_ns)
		return "changed earlier than in the books";
	if (!between(m->before.total_least_ns, m->total_ns, m->after.total_most_ns))
		return "not active for as long as in the books";
	if (m->total_ns < old->total_ns ||
	    more > m->after.total_most_ns - old->before.total_most_ns)
		return "active for longer than in the books, since the last snapshot";
	if (m->before.total_least_ns > old->after.total_least_ns &&
	    more < m->before.total_least_ns - old->after.total_least_ns)
		return "active for shorter than in the books, since the last snapshot";
	return NULL;
}

const char *books_check(const struct wakeup_source *src)
{
	const char *wrong;
	unsigned int i;

	if (sscanf(wakeup_source_name(src, NULL), "books-%u", &i) != 1 || i >= MAX_BOOKS)
		return NULL;
	now[i].total_ns = wakeup_source_total_time_ns(src);
	wrong = check(src, &now[i], compared[i] ? &last[i] : &now[i]);
	last[i] = now[i];
	compared[i] = true;
	books_compared++;
	return wrong;
}
