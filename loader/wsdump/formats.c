// SPDX-License-Identifier: GPL-2.0-only
#include "formats.h"

#include <stdio.h>
#include <string.h>

#include "android.h"
#include "csv.h"
#include "debugfs.h"
#include "json.h"
#include "openmetrics.h"
#include "pairs.h"
#include "raw.h"
#include "table.h"

const struct format formats[] = {
	{ "table", table_print, .sorted = true },
	{ "raw", raw_print, .all = true },
	{ "json", json_print, .all = true },
	{ "pairs", pairs_print, .all = true },
	{ "csv", csv_print, .all = true },
	{ "debugfs", debugfs_print, .fixed = true },
	{ "android", android_print, .fixed = true },
	{ "openmetrics", openmetrics_print, .fixed = true },
	{ "prometheus", prometheus_print, .fixed = true },
	{ 0 }
};

const struct format *format_find(const char *name)
{
	for (const struct format *f = formats; f->name; f++)
		if (!strcmp(f->name, name))
			return f;
	return NULL;
}

void formats_help(void)
{
	fputs("Formats:", stdout);
	for (const struct format *f = formats; f->name; f++)
		printf(" %s%s", f->name, f[1].name ? "," : "\n");
}
