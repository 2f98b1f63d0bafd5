/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_TOP_HOLDERS_H
#define WSDUMP_LOADER_TOP_HOLDERS_H

#include <stddef.h>

#include "tracker.h"

/**
 * top_holders() - the sources of a trace that were active, the longest first
 * @nr: how many
 *
 * Return: an array for the caller to free, or NULL when out of memory.
 */
const struct tracked **top_holders(const struct tracker *t, size_t *nr);

#endif
