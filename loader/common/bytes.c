// SPDX-License-Identifier: GPL-2.0-only
#include "bytes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char units[] = "KMGTPE";

size_t bytes_format(char buf[BYTES_LEN], uint64_t bytes)
{
	unsigned int shift = 0, whole, hundredths;

	while (bytes >> shift >= 1024)
		shift += 10;
	if (!shift)
		return snprintf(buf, BYTES_LEN, "%u", (unsigned int)bytes);
	whole = bytes >> shift;
	/* what is below the unit, to 10 bits, so that the product fits */
	hundredths = (bytes >> (shift - 10) & 1023) * 100 / 1024;
	if (whole >= 100)
		return snprintf(buf, BYTES_LEN, "%u%c", whole, units[shift / 10 - 1]);
	if (whole >= 10)
		return snprintf(buf, BYTES_LEN, "%u.%u%c", whole, hundredths / 10,
				units[shift / 10 - 1]);
	return snprintf(buf, BYTES_LEN, "%u.%02u%c", whole, hundredths, units[shift / 10 - 1]);
}

int bytes_parse(const char *s, uint64_t *bytes)
{
	const char *unit;
	long double number, place = 1, factor = 1;
	char *end;

	/* strtold() knows more than digits and a point, and the locale's point */
	if (*s < '0' || *s > '9')
		return -1;
	number = strtoull(s, &end, 10);
	if (*end == '.')
		while (*++end >= '0' && *end <= '9')
			number += (*end - '0') / (place *= 10);
	if (*end && strcasecmp(end, "B")) {
		unit = strchr(units, *end & ~0x20);
		if (!unit || (end[1] && strcasecmp(end + 1, "B") && strcasecmp(end + 1, "iB")))
			return -1;
		for (; unit >= units; unit--)
			factor *= 1024;
	}
	if (number * factor >= 0x1p64L)
		return -1;
	*bytes = number * factor;
	return 0;
}
