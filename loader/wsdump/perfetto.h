/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A trace for Perfetto's viewer, https://ui.perfetto.dev: a track for each wakeup source,
 * and one for the time in which any was active. In the protobuf form that Perfetto
 * documents for programs that write traces themselves ("TrackEvent").
 */
#ifndef WSDUMP_LOADER_PERFETTO_H
#define WSDUMP_LOADER_PERFETTO_H

#include <stdio.h>

#include "tracker.h"

struct perfetto;

/**
 * perfetto_begin() - write what comes first
 * @f: to write to; whether that fails is for the caller to see
 *
 * Return: the trace, or NULL when out of memory.
 */
struct perfetto *perfetto_begin(FILE *f, uint64_t from_ns);

/** perfetto_activated() - a slice begins, @before_ns of which lie before the trace */
void perfetto_activated(struct perfetto *p, const struct tracked *src, uint64_t time_ns,
			uint64_t before_ns);

/** perfetto_released() - a slice ends; @still when only the trace does */
void perfetto_released(struct perfetto *p, const struct tracked *src, const struct span *span,
		       bool still);

/** perfetto_lost() - events are missing here */
void perfetto_lost(struct perfetto *p, uint64_t nr, uint64_t time_ns);

/** perfetto_slept() - the system was suspended */
void perfetto_slept(struct perfetto *p, const struct sleep *sleep);

/** perfetto_end() - free @p; returns 0, or -1 when it had been out of memory */
int perfetto_end(struct perfetto *p);

#endif
