// SPDX-License-Identifier: GPL-2.0-only
/* duration - check duration_format(); prints TAP lines without a plan */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "../loader/duration.h"

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

int main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char got[DURATION_LEN];

		duration_format(got, cases[i].ns);
		printf("%sok %zu - %llu ns is %s\n", strcmp(got, cases[i].text) ? "not " : "",
		       i + 1, (unsigned long long)cases[i].ns, got);
	}
	return 0;
}
