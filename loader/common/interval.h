/* SPDX-License-Identifier: GPL-2.0-only */
/* Looking again and again. */
#ifndef WSDUMP_LOADER_INTERVAL_H
#define WSDUMP_LOADER_INTERVAL_H

#include <stdint.h>

#include "fail.h"

#define INTERVAL_NS	2000000000	/* if none is given */

/**
 * interval_parse() - read seconds, with a fraction if need be
 *
 * Return: 0, or -1 with the user's mistake in @why.
 */
int interval_parse(const char *arg, uint64_t *ns, struct fail *why);

/** interval_wait() - until a moment on CLOCK_MONOTONIC */
void interval_wait(uint64_t until_ns);

#endif
