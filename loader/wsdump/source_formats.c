// SPDX-License-Identifier: GPL-2.0-only
/* The formats that sources can be printed in. */
#include "android.h"
#include "debugfs.h"
#include "openmetrics.h"
#include "snapshot_json.h"
#include "sources.h"
#include "common/csv.h"
#include "common/pairs.h"
#include "common/raw.h"
#include "common/table.h"

const struct format source_formats[] = {
	{ "table", table_print, .sorted = true },
	{ "raw", raw_print, .all = true },
	{ "json", snapshot_json_print, .all = true },
	{ "pairs", pairs_print, .all = true },
	{ "csv", csv_print, .all = true },
	{ "debugfs", debugfs_print, .fixed = true },
	{ "android", android_print, .fixed = true },
	{ "openmetrics", openmetrics_print, .fixed = true },
	{ "prometheus", prometheus_print, .fixed = true },
	{ 0 }
};
