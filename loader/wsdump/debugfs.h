/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_DEBUGFS_H
#define WSDUMP_LOADER_DEBUGFS_H

#include "common/columns.h"

/**
 * debugfs_print() - print what the kernel's file wakeup_sources in debugfs has, on stdout
 *
 * Byte for byte, names included, but for its last line, "deleted": that is no source
 * but a sum over those that are gone. Times are milliseconds.
 *
 * Return: 0; whether it was written tells out_finish().
 */
int debugfs_print(const struct rows *rows, struct fail *why);

#endif
