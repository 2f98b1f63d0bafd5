/* SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause */
/* What the files of the library share, and what the types are that libwakeup.h leaves open. */
#ifndef WSDUMP_LOADER_SNAPSHOT_H
#define WSDUMP_LOADER_SNAPSHOT_H

#include "../../bpf/wsdump.h"
#include "common/fail.h"
#include "libwakeup.h"

/**
 * struct wakeup_source - one source of a snapshot
 * @record: as the walk has left it in the buffer, its strings somewhere behind it
 */
struct wakeup_source {
	struct ws_record record;
};

/**
 * struct wakeup_snapshot - all wakeup sources of a kernel at one time
 * @sources: the first of a chain, in the order of the kernel's list, the newest first
 * @end: behind the last
 * @size: how many
 * @monotonic_ns: when it was taken, on CLOCK_MONOTONIC, the clock of the records
 * @realtime_ns: the same moment on CLOCK_REALTIME, since 1970
 */
struct wakeup_snapshot {
	const struct wakeup_source *sources, *end;
	size_t size;
	uint64_t monotonic_ns;
	uint64_t realtime_ns;
};

/* Why the last call of this thread failed. */
extern _Thread_local struct fail wakeup_fail;
extern _Thread_local enum wakeup_code wakeup_code;

/** wakeup_code_of() - of a negative errno */
enum wakeup_code wakeup_code_of(int err);

#endif
