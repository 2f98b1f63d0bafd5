/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_CSV_H
#define WSDUMP_LOADER_CSV_H

#include "columns.h"

/**
 * csv_print() - print rows for spreadsheets, on stdout
 *
 * As RFC 4180 has it: a line with the keys of the columns, then one for each row, commas
 * between fields, CR LF behind each line, texts between double quotes. Times are
 * nanoseconds, flags 0 or 1; what is none, or not known, is empty.
 *
 * Names come from drivers and whoever plugs in a device, and a spreadsheet takes what
 * begins with one of = + - @ for a formula. Such a name gets an apostrophe before it,
 * and so does one that begins with an apostrophe, so that it can be told and undone. Control
 * characters, bytes that are no UTF-8, and the backslash are \xHH.
 *
 * Return: 0; whether it was written tells out_finish().
 */
int csv_print(const struct rows *rows, struct fail *why);

#endif
