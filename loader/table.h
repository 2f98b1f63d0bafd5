/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_TABLE_H
#define WSDUMP_LOADER_TABLE_H

#include "snapshot.h"

/**
 * table_print() - print a snapshot for people, on stdout
 *
 * Active sources come first, then those that were active for longest in all.
 * Bytes that are not printable in the locale come out as \xHH.
 *
 * Return: 0, or -1 with the reason in @why.
 */
int table_print(const struct snapshot *snap, struct fail *why);

#endif
