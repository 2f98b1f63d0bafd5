// SPDX-License-Identifier: GPL-2.0-only
#include "snapshot_json.h"

#include <sys/utsname.h>

#include "common/boot_id.h"
#include "common/json.h"
#include "common/out.h"
#include "libwakeup/libwakeup.h"

int snapshot_json_print(const struct rows *rows, struct fail *why)
{
	const struct wakeup_snapshot *snap = rows->whole;
	char boot_id[64];
	struct utsname uts;

	uname(&uts);
	boot_id_read(boot_id, sizeof(boot_id));
	out_char('{');
	json_put_version(JSON_FORMAT);
	out_char(',');
	json_put_text("kernel", uts.release);
	out_char(',');
	json_put_text("boot_id", boot_id);
	out_char(',');
	json_put_number("realtime_ns", wakeup_snapshot_realtime_ns(snap));
	out_char(',');
	json_put_number("monotonic_ns", wakeup_snapshot_monotonic_ns(snap));
	out_char(',');
	/* more than there are rows where only some were asked for */
	json_put_number("sources", wakeup_snapshot_size(snap));
	out_char(',');
	if (json_put_rows("wakeup_sources", rows, why))
		return -1;
	out_string("}\n");
	return 0;
}
