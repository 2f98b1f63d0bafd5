/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_RAW_H
#define WSDUMP_LOADER_RAW_H

#include "columns.h"

/**
 * raw_print() - print rows for scripts, on stdout
 *
 * A line with the keys of the columns, then one for each row, with one TAB between fields.
 * Times are nanoseconds, flags 0 or 1; what is none, or not known, is empty. In texts
 * every byte that is not printable ASCII, and the backslash, is \xHH, so a line is always a
 * line.
 *
 * Return: 0; whether it was written tells out_finish().
 */
int raw_print(const struct rows *rows, struct fail *why);

#endif
