/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Time a part of a process: for helpers that print what one pass costs once
 * everything it needs is open, loaded and mapped.
 *
 * The median of the passes: interrupts make some dearer, and when the scheduler
 * books a pass across one of its ticks, some look far cheaper than they were.
 */
#ifndef WSDUMP_BENCH_INSIDE_H
#define WSDUMP_BENCH_INSIDE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define PASSES 9

struct inside {
	uint64_t cpu[PASSES];		/* began at, then took */
};

static inline uint64_t inside_clock(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);
	return ts.tv_sec * 1000000000ULL + ts.tv_nsec;
}

static inline void inside_begin(struct inside *in, int pass)
{
	in->cpu[pass] = inside_clock();
}

static inline void inside_end(struct inside *in, int pass)
{
	in->cpu[pass] = inside_clock() - in->cpu[pass];
}

static inline int inside_compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* What reading the clock twice costs is not the pass's. */
static inline uint64_t inside_clock_cost(void)
{
	struct inside in;

	for (int pass = 0; pass < PASSES; pass++) {
		inside_begin(&in, pass);
		inside_end(&in, pass);
	}
	qsort(in.cpu, PASSES, sizeof(in.cpu[0]), inside_compare);
	return in.cpu[PASSES / 2];
}

/* "sources N" is what the benchmark checks before it believes the rest. */
static inline void inside_print(struct inside *in, unsigned long sources)
{
	qsort(in->cpu, PASSES, sizeof(in->cpu[0]), inside_compare);
	printf("sources %lu\ncpu %llu\n", sources,
	       (unsigned long long)(in->cpu[PASSES / 2] - inside_clock_cost()));
}

#endif
