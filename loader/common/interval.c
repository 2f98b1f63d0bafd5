// SPDX-License-Identifier: GPL-2.0-only
#include "interval.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clock.h"

#define MIN_NS		10000000	/* more often than that a watcher would watch itself */

int interval_parse(const char *arg, uint64_t *ns, struct fail *why)
{
	double seconds = 0;
	char *end = "";

	/* strtod() knows more than that */
	if (*arg && !arg[strspn(arg, "0123456789.")])
		seconds = strtod(arg, &end);
	if (*end || seconds * 1e9 < MIN_NS || seconds > 1e9)
		return fail(why, "'%s' is no number of seconds from 0.01 on", arg);
	*ns = seconds * 1e9;
	return 0;
}

void interval_wait(uint64_t until_ns)
{
	const struct timespec until = timespec_of(until_ns);

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR)
		;
}
