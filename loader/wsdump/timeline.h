/* SPDX-License-Identifier: GPL-2.0-only */
/* A trace as a picture, SVG: who kept the system awake, and when. */
#ifndef WSDUMP_LOADER_TIMELINE_H
#define WSDUMP_LOADER_TIMELINE_H

#include <stdint.h>
#include <stdio.h>

#include "tracker.h"

/**
 * timeline_write() - draw a trace that has ended, and kept its spans
 * @f: to write to; whether that fails is for the caller to see
 * @t: the trace
 * @realtime_ns: when it began, since 1970
 *
 * Return: 0, or -1 when out of memory.
 */
int timeline_write(FILE *f, const struct tracker *t, uint64_t realtime_ns);

#endif
