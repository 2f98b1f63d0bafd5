// SPDX-License-Identifier: GPL-2.0-only
/* duration - check both ways of durations; prints TAP lines without a plan */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "common/duration.h"

#define S 1000000000ULL

static const struct {
	uint64_t ns;
	const char *text;
} cases[] = {
	{ 0, "0" },
	{ 1, "1ns" },
	{ 999, "999ns" },
	{ 1000, "1.00us" },
	{ 9999, "9.99us" },
	{ 12345, "12.3us" },
	{ 999999, "999us" },
	{ 1000000, "1.00ms" },
	{ 4500000, "4.50ms" },
	{ S - 1, "999ms" },
	{ S, "1.00s" },
	{ 60 * S - 1, "59.9s" },
	{ 60 * S, "1m00s" },
	{ 192 * S, "3m12s" },
	{ 3600 * S - 1, "59m59s" },
	{ 3600 * S, "1h00m" },
	{ 7500 * S, "2h05m" },
	{ 86400 * S - 1, "23h59m" },
	{ 86400 * S, "1d00h" },
	{ 86400 * S * 41 + 7 * 3600 * S, "41d07h" },
	{ UINT64_MAX, "213503d23h" },
};

static const struct {
	const char *text;
	int ret;
	uint64_t ns;
} parsed[] = {
	{ "0", 0, 0 },
	{ "90", 0, 90 * S },
	{ "1.5", 0, 1500000000 },
	{ "1ns", 0, 1 },
	{ "2us", 0, 2000 },
	{ "3ms", 0, 3000000 },
	{ "4s", 0, 4 * S },
	{ "5m", 0, 300 * S },
	{ "6h", 0, 21600 * S },
	{ "7d", 0, 604800 * S },
	{ "3m12s", 0, 192 * S },
	{ "41d07h", 0, 86400 * S * 41 + 7 * 3600 * S },
	{ "0.5ns", 0, 0 },
	{ "0.000000001", 0, 1 },
	{ "1.9999999999999999999999s", 0, 1999999999 },
	{ "0.1d", 0, 8640 * S },
	{ "18446744073709551615ns", 0, UINT64_MAX },
	{ "18446744073709551616ns", -1, 0 },
	{ "18446744073.709551615s", 0, UINT64_MAX },
	{ "18446744073.709551616s", -1, 0 },
	{ "18446744073.7095516159s", 0, UINT64_MAX },	/* the tenth digit is not read */
	{ "18446744074s", -1, 0 },
	{ "213504d", -1, 0 },
	{ "213503d23h34m33.709551615s1ns", -1, 0 },
	{ "", -1, 0 },
	{ "s", -1, 0 },
	{ "5x", -1, 0 },
	{ "5 s", -1, 0 },
	{ "-5", -1, 0 },
	{ "+5", -1, 0 },
	{ ".5s", -1, 0 },
	{ "5.", -1, 0 },
	{ "5.s", -1, 0 },
	{ "3m12", -1, 0 },
	{ "12 3m", -1, 0 },
};

int main(void)
{
	size_t n = sizeof(cases) / sizeof(cases[0]);

	for (size_t i = 0; i < n; i++) {
		char got[DURATION_LEN];

		duration_format(got, cases[i].ns);
		printf("%sok %zu - %llu ns is %s\n", strcmp(got, cases[i].text) ? "not " : "",
		       i + 1, (unsigned long long)cases[i].ns, got);
	}
	for (size_t i = 0; i < sizeof(parsed) / sizeof(parsed[0]); i++) {
		uint64_t ns;
		int ret = duration_parse(parsed[i].text, &ns);

		printf("%sok %zu - '%s' is read as %d, %llu ns\n",
		       ret != parsed[i].ret || (!ret && ns != parsed[i].ns) ? "not " : "",
		       n + i + 1, parsed[i].text, ret, (unsigned long long)ns);
	}
	return 0;
}
