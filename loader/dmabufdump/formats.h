/* SPDX-License-Identifier: GPL-2.0-only */
/* Formats of the command's own. What they print of rows, they print on stdout by out.h. */
#ifndef DMABUFDUMP_FORMATS_H
#define DMABUFDUMP_FORMATS_H

#include "common/columns.h"

/* Raised when a reader of an older version would misunderstand the output. */
#define JSON_FORMAT 1

/** dmabuf_json_print() - print rows in the JSON that the manual page describes */
int dmabuf_json_print(const struct rows *rows, struct fail *why);

/** bufinfo_print() - print buffers as /sys/kernel/debug/dma_buf/bufinfo, without devices */
int bufinfo_print(const struct rows *rows, struct fail *why);

/** android_print() - print buffers as Android's libdmabufinfo reads them: four lines each */
int android_print(const struct rows *rows, struct fail *why);

/** prometheus_print() - print sums for Prometheus, by exporter */
int prometheus_print(const struct rows *rows, struct fail *why);

#endif
