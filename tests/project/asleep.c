// SPDX-License-Identifier: GPL-2.0-only
/*
 * asleep - check asleep_ns() with clocks between which others have the processor; prints TAP lines
 * without a plan
 */
#include <stdio.h>
#include <time.h>

#include "common/clock.h"
#include "wsdump/asleep.h"

#define MS (NS_PER_S / 1000)

static uint64_t now_ns, slept_ns, pause_ns;
static int pauses, reads;

/* What the C library's would be. Each second look is late, as long as there are pauses. */
int clock_gettime(clockid_t clock, struct timespec *ts)
{
	now_ns += 1000;
	if (++reads % 3 == 2 && pauses) {
		now_ns += pause_ns;
		pauses--;
	}
	*ts = timespec_of(now_ns + (clock == CLOCK_BOOTTIME ? slept_ns : 0));
	return 0;
}

static void check(const char *what, uint64_t slept, int nr_pauses, uint64_t least, uint64_t most)
{
	static int n;
	uint64_t got;

	now_ns = 1000 * NS_PER_S;
	slept_ns = slept;
	pauses = nr_pauses;
	reads = 0;
	got = asleep_ns();
	printf("%sok %d - %s: %llu ns\n", got < least || got > most ? "not " : "", ++n, what,
	       (unsigned long long)got);
}

int main(void)
{
	pause_ns = 5 * MS;
	check("no sleep", 0, 0, 0, 0);
	check("no sleep, and one pause", 0, 1, 0, 0);
	check("no sleep, and a pause at each look", 0, 1000, 0, 0);
	check("a sleep", 1500 * MS, 0, 1499 * MS, 1500 * MS);
	check("a sleep, and one pause", 1500 * MS, 1, 1499 * MS, 1500 * MS);
	check("a sleep, and a pause at each look", 1500 * MS, 1000, 1494 * MS, 1500 * MS);
	return 0;
}
