/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_LABELS_H
#define WSDUMP_LOADER_LABELS_H

#include <stddef.h>

/**
 * label_put() - print a label of OpenMetrics or Prometheus, by out.h: name="value"
 *
 * Both formats want UTF-8; bytes that are none become U+FFFD.
 *
 * Return: 0, or -1 when out of memory.
 */
int label_put(const char *label, const char *s, size_t n);

#endif
