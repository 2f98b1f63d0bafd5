// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
/*
 * awake - what keeps this machine awake, and for how long already
 *
 *	cc awake.c $(pkg-config --cflags --libs libwakeup) -o awake
 */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>

#include <libwakeup.h>

int main(void)
{
	struct wakeup_reader *reader = wakeup_open(0);
	const struct wakeup_snapshot *snap = reader ? wakeup_snapshot_take(reader) : NULL;
	const struct wakeup_source *src = NULL;

	if (!snap)
		errx(1, "%s", wakeup_error());
	while ((src = wakeup_snapshot_next(snap, src)))
		if (wakeup_source_is_active(src))
			printf("%s %" PRIu64 " ms\n", wakeup_source_name(src, NULL),
			       wakeup_source_active_time_ns(src) / 1000000);
	wakeup_close(reader);
	return 0;
}
