/* SPDX-License-Identifier: GPL-2.0-only */
/* The clock of the kernel's log, which is neither CLOCK_MONOTONIC nor any other that can be read. */
#ifndef WSDUMP_LOADER_LOG_CLOCK_H
#define WSDUMP_LOADER_LOG_CLOCK_H

#include <stddef.h>
#include <stdint.h>

/**
 * struct log_clock - what it is read by
 * @fd: of perf's, or a negative errno
 * @pages: its buffer
 * @size: bytes of @pages
 */
struct log_clock {
	int fd;
	void *pages;
	size_t size;
};

/**
 * log_clock_open() - be able to read it from now on
 *
 * Takes CAP_PERFMON, on some kernels CAP_SYS_ADMIN, which may be given up then. When it fails
 * log_clock_offset() says why.
 */
void log_clock_open(struct log_clock *clock);

/**
 * log_clock_offset() - what is to be added to a time of the log for CLOCK_MONOTONIC
 * @offset_ns: the result, as it is now
 *
 * Return: 0, or a negative errno.
 */
int log_clock_offset(struct log_clock *clock, int64_t *offset_ns);

/** log_clock_close() - the end of it */
void log_clock_close(struct log_clock *clock);

#endif
