// SPDX-License-Identifier: GPL-2.0-only
#include "asleep.h"

#include "common/clock.h"

#define TRIES		20
#define AT_ONCE_NS	50000

/*
 * What CLOCK_BOOTTIME is ahead of CLOCK_MONOTONIC. Each is read at a time of its own, and between
 * two of them others may have had the processor for long. Then it is tried again.
 */
uint64_t asleep_ns(void)
{
	uint64_t before, boottime, after;
	int tries = 0;

	do {
		before = clock_ns(CLOCK_MONOTONIC);
		boottime = clock_ns(CLOCK_BOOTTIME);
		after = clock_ns(CLOCK_MONOTONIC);
	} while (after - before > AT_ONCE_NS && ++tries < TRIES);
	return boottime < after + NS_PER_S / 1000 ? 0 : boottime - after;
}
