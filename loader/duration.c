// SPDX-License-Identifier: GPL-2.0-only
#include "duration.h"

#include <stdio.h>

/* Three digits of @ns in a unit of @unit nanoseconds, with a point where it falls. */
static void three_digits(char *buf, uint64_t ns, uint64_t unit, const char *name)
{
	unsigned int whole = ns / unit;
	unsigned int thousandths = ns % unit * 1000 / unit;

	if (whole >= 100)
		snprintf(buf, DURATION_LEN, "%u%s", whole, name);
	else if (whole >= 10)
		snprintf(buf, DURATION_LEN, "%u.%u%s", whole, thousandths / 100, name);
	else
		snprintf(buf, DURATION_LEN, "%u.%02u%s", whole, thousandths / 10, name);
}

void duration_format(char buf[DURATION_LEN], uint64_t ns)
{
	uint64_t s = ns / 1000000000;

	if (!ns)
		snprintf(buf, DURATION_LEN, "0");
	else if (ns < 1000)
		snprintf(buf, DURATION_LEN, "%uns", (unsigned int)ns);
	else if (ns < 1000000)
		three_digits(buf, ns, 1000, "us");
	else if (!s)
		three_digits(buf, ns, 1000000, "ms");
	else if (s < 60)
		three_digits(buf, ns, 1000000000, "s");
	else if (s < 3600)
		snprintf(buf, DURATION_LEN, "%um%02us", (unsigned int)(s / 60),
			 (unsigned int)(s % 60));
	else if (s < 86400)
		snprintf(buf, DURATION_LEN, "%uh%02um", (unsigned int)(s / 3600),
			 (unsigned int)(s / 60 % 60));
	else
		snprintf(buf, DURATION_LEN, "%ud%02uh", (unsigned int)(s / 86400),
			 (unsigned int)(s / 3600 % 24));
}
