// SPDX-License-Identifier: GPL-2.0-only
#include "duration.h"

#include <stdbool.h>
#include <string.h>

#include "clock.h"
#include "out.h"

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

	p = number_put(p, whole);
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
	p = number_put(p, big);
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
		p = word(number_put(p, ns), "ns");
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

/* The unit at *@s, in nanoseconds; 0 for none. */
static uint64_t unit(const char **s)
{
	static const struct {
		const char *name;
		uint64_t ns;
	} units[] = {
		{ "ns", 1 }, { "us", 1000 }, { "ms", 1000000 }, { "s", NS_PER_S },
		{ "m", 60 * NS_PER_S }, { "h", 3600 * NS_PER_S }, { "d", 86400 * NS_PER_S },
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		size_t len = strlen(units[i].name);

		if (!strncmp(*s, units[i].name, len)) {
			*s += len;
			return units[i].ns;
		}
	}
	return 0;
}

/* Add @n * @by to *@sum, unless that is too much. */
static bool add(uint64_t *sum, uint64_t n, uint64_t by)
{
	return __builtin_mul_overflow(n, by, &n) || __builtin_add_overflow(*sum, n, sum);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

int duration_parse(const char *s, uint64_t *ns)
{
	const char *begin = s;

	*ns = 0;
	do {
		uint64_t whole = 0, part = 0, parts = 1, of;

		if (!is_digit(*s))
			return -1;
		for (; is_digit(*s); s++)
			if (__builtin_mul_overflow(whole, 10, &whole) ||
			    __builtin_add_overflow(whole, *s - '0', &whole))
				return -1;
		if (*s == '.') {
			if (!is_digit(*++s))
				return -1;
			/* nobody means more than nine digits */
			for (; is_digit(*s); s++) {
				if (parts < NS_PER_S) {
					part = part * 10 + *s - '0';
					parts *= 10;
				}
			}
		}
		of = *s ? unit(&s) : begin ? NS_PER_S : 0;
		begin = NULL;	/* only a number that stands alone needs no unit */
		if (!of || add(ns, whole, of) ||
		    add(ns, (unsigned __int128)part * of / parts, 1))
			return -1;
	} while (*s);
	return 0;
}
