/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_TABLE_H
#define WSDUMP_LOADER_TABLE_H

#include "formats.h"

/**
 * table_print() - print sources for people, on stdout
 *
 * Times are for people, unless @view->ns. Bytes that are not printable in the locale come out as \xHH.
 *
 * Return: 0, or -1 with the reason in @why.
 */
int table_print(const struct view *view, struct fail *why);

#endif
