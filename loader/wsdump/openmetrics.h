/* SPDX-License-Identifier: GPL-2.0-only */
/* Sources as metrics, for Prometheus and what understands the same. */
#ifndef WSDUMP_LOADER_OPENMETRICS_H
#define WSDUMP_LOADER_OPENMETRICS_H

#include "common/columns.h"

/** openmetrics_print() - in the text format of OpenMetrics 1.0 */
int openmetrics_print(const struct rows *rows, struct fail *why);

/**
 * prometheus_print() - in the text format of Prometheus, 0.0.4
 *
 * Which is what node_exporter's textfile collector reads. The same samples; but in this
 * format, what is said of a counter is said of its name with "_total".
 */
int prometheus_print(const struct rows *rows, struct fail *why);

#endif
