// SPDX-License-Identifier: GPL-2.0-only
#include "duration.h"

#include <string.h>

#include "out.h"

static char *number(char *p, uint64_t n)
{
	char digits[OUT_U64_LEN], *s = out_u64(digits + sizeof(digits), n);
	size_t len = digits + sizeof(digits) - s;

	memcpy(p, s, len);
	return p + len;
}

static char *two_digits(char *p, unsigned int n)
{
	*p++ = '0' + n / 10;
	*p++ = '0' + n % 10;
	return p;
}

static char *word(char *p, const char *s)
{
	while (*s)
		*p++ = *s++;
	return p;
}

/* Three digits of @ns in a unit of @unit nanoseconds, with a point where it falls. */
static char *three_digits(char *p, uint64_t ns, uint64_t unit, const char *name)
{
	unsigned int whole = ns / unit;
	unsigned int thousandths = ns % unit * 1000 / unit;

	p = number(p, whole);
	if (whole < 100)
		*p++ = '.';
	if (whole < 10)
		p = two_digits(p, thousandths / 10);
	else if (whole < 100)
		*p++ = '0' + thousandths / 100;
	return word(p, name);
}

/* Two units: @big of the one called @name, @small of the next. */
static char *two_units(char *p, uint64_t big, char name, unsigned int small, char next)
{
	p = number(p, big);
	*p++ = name;
	p = two_digits(p, small);
	*p++ = next;
	return p;
}

size_t duration_format(char buf[DURATION_LEN], uint64_t ns)
{
	uint64_t s = ns / 1000000000;
	char *p = buf;

	if (!ns)
		*p++ = '0';
	else if (ns < 1000)
		p = word(number(p, ns), "ns");
	else if (ns < 1000000)
		p = three_digits(p, ns, 1000, "us");
	else if (!s)
		p = three_digits(p, ns, 1000000, "ms");
	else if (s < 60)
		p = three_digits(p, ns, 1000000000, "s");
	else if (s < 3600)
		p = two_units(p, s / 60, 'm', s % 60, 's');
	else if (s < 86400)
		p = two_units(p, s / 3600, 'h', s / 60 % 60, 'm');
	else
		p = two_units(p, s / 86400, 'd', s / 3600 % 24, 'h');
	*p = '\0';
	return p - buf;
}
