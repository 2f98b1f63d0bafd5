// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>
#include <sys/utsname.h>

#include "freqext/formats.h"
#include "common/csv.h"
#include "common/json.h"
#include "common/out.h"
#include "common/pairs.h"
#include "common/raw.h"
#include "common/table.h"

#define JSON_FORMAT 1	/* rises when a program that reads it would have to change */

static void put_string(const char *key, const char *s)
{
	json_put_key(key);
	json_put_string(s, strlen(s));
	out_char(',');
}

static int print_json(const struct rows *rows, struct fail *why)
{
	struct utsname uts;

	uname(&uts);
	out_char('{');
	json_put_number("format", JSON_FORMAT);
	out_char(',');
	put_string("version", WSDUMP_VERSION);
	put_string("kernel", uts.release);
	if (json_put_rows(rows->whole, rows, why))
		return -1;
	out_string("}\n");
	return 0;
}

const struct format freqext_formats[] = {
	{ "table", table_print, .sorted = true },
	{ "raw", raw_print, .all = true },
	{ "json", print_json, .all = true },
	{ "pairs", pairs_print, .all = true },
	{ "csv", csv_print, .all = true },
	{ 0 }
};
