/* SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause */
#ifndef WSDUMP_LOADER_ASLEEP_H
#define WSDUMP_LOADER_ASLEEP_H

#include <stdint.h>

/**
 * asleep_ns() - time in suspend since the boot
 *
 * Return: nanoseconds, too few by some microseconds; 0 below a millisecond.
 */
uint64_t asleep_ns(void);

#endif
