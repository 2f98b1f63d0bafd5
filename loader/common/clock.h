/* SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause */
#ifndef WSDUMP_LOADER_CLOCK_H
#define WSDUMP_LOADER_CLOCK_H

#include <stdint.h>
#include <time.h>

#define NS_PER_S 1000000000ULL

/** timespec_of() - nanoseconds, as system calls want them */
static inline struct timespec timespec_of(uint64_t ns)
{
	return (struct timespec) { .tv_sec = ns / NS_PER_S, .tv_nsec = ns % NS_PER_S };
}

/** clock_ns() - what time a clock has */
static inline uint64_t clock_ns(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec * NS_PER_S + ts.tv_nsec;
}

#endif
