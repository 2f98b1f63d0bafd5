/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_SNAPSHOT_JSON_H
#define WSDUMP_LOADER_SNAPSHOT_JSON_H

#include "common/columns.h"

/* Raised when a reader of an older version would misunderstand the output. */
#define JSON_FORMAT 1

/**
 * snapshot_json_print() - print sources for programs, on stdout
 * @rows: the sources; the whole is their snapshot
 * @why: the reason when it fails
 *
 * One object with the moment of the snapshot and the array "wakeup_sources".
 *
 * Return: 0 or -1.
 */
int snapshot_json_print(const struct rows *rows, struct fail *why);

#endif
