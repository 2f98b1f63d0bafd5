/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_ASLEEP_H
#define WSDUMP_ASLEEP_H

#include <stdint.h>

/**
 * asleep_ns() - time in suspend since the boot
 *
 * Return: nanoseconds, too few by some microseconds; 0 below a millisecond.
 */
uint64_t asleep_ns(void);

#endif
