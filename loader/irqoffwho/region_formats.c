// SPDX-License-Identifier: GPL-2.0-only
/* The formats that regions can be printed in. */
#include <stdio.h>
#include <string.h>

#include "regions.h"
#include "common/csv.h"
#include "common/duration.h"
#include "common/json.h"
#include "common/out.h"
#include "common/pairs.h"
#include "common/raw.h"
#include "common/table.h"
#include "common/text.h"

/* The number rises when a key goes or means something else. */
#define JSON_FORMAT 1

static int json_print(const struct rows *rows, struct fail *why)
{
	const struct regions *all = rows->whole;
	const struct {
		const char *key;
		uint64_t value;
	} numbers[] = {
		{ "format", JSON_FORMAT },
		{ "looked_ns", all->looked_ns },
		{ "cpus", all->cpus },
		{ "sample_period_ns", all->period_ns },
		{ "min_length_ns", all->min_ns },
		{ "samples", all->counts.samples },
		{ "samples_off", all->counts.off },
		{ "regions_seen", all->counts.regions },
		{ "regions_lost", all->counts.lost },
	};

	out_char('{');
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		json_put_number(numbers[i].key, numbers[i].value);
		out_char(',');
	}
	if (json_put_rows("regions", rows, why))
		return -1;
	out_string("}\n");
	return 0;
}

/* --- a histogram -------------------------------------------------------------- */

#define BAR_WIDTH	40
#define BITS		64

static void put_duration(uint64_t ns, size_t width)
{
	char buf[DURATION_LEN];
	size_t len = duration_format(buf, ns);

	out_spaces(len < width ? width - len : 0);
	out_bytes(buf, len);
}

static int histogram_print(const struct rows *rows, struct fail *why)
{
	uint64_t counts[BITS] = { 0 }, most = 0;
	int first = BITS, last = -1;
	const size_t nr = rows->nr;

	(void)why;
	for (size_t i = 0; i < nr; i++) {
		const struct region *region = rows->v[i];
		int bit = 0;

		while (bit < BITS - 1 && region->length_ns >> (bit + 1))
			bit++;
		counts[bit]++;
		most = counts[bit] > most ? counts[bit] : most;
		first = bit < first ? bit : first;
		last = bit > last ? bit : last;
	}
	if (!rows->no_headings)
		out_string("    FROM       TO   REGIONS\n");
	if (!nr)
		return 0;
	for (int bit = first; bit <= last; bit++) {
		char number[32];
		int len = snprintf(number, sizeof(number), "%9llu ",
				   (unsigned long long)counts[bit]);

		put_duration(1ULL << bit, 8);
		put_duration(bit + 1 < BITS ? 1ULL << (bit + 1) : UINT64_MAX, 9);
		out_bytes(number, len);
		/* what is there at all has a mark */
		for (uint64_t n = (counts[bit] * BAR_WIDTH + most - 1) / most; n; n--)
			out_char('#');
		out_char('\n');
	}
	return 0;
}

/* --- folded stacks ------------------------------------------------------------ */

/* A name in which nothing separates: a thread has any, of any bytes. */
static void put_frame(const char *s, size_t n)
{
	for (; n; n--, s++)
		out_char(*s > ' ' && *s < 0x7f && *s != ';' ? *s : '_');
}

/* For flame graphs: a line for each region, with its length in microseconds behind. */
static int folded_print(const struct rows *rows, struct fail *why)
{
	(void)why;
	for (size_t i = 0; i < rows->nr; i++) {
		const struct region *region = rows->v[i];

		put_frame(region->r.comm, strnlen(region->r.comm, sizeof(region->r.comm)));
		out_char(';');
		out_string(region->stack);
		out_char(' ');
		out_number(region->length_ns / 1000);
		out_char('\n');
	}
	return 0;
}

const struct format region_formats[] = {
	{ "table", table_print, .sorted = true },
	{ "raw", raw_print, .all = true },
	{ "json", json_print, .all = true },
	{ "pairs", pairs_print, .all = true },
	{ "csv", csv_print, .all = true },
	{ "histogram", histogram_print, .fixed = true },
	{ "folded", folded_print, .fixed = true },
	{ 0 }
};
