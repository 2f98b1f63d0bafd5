/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_JSON_H
#define WSDUMP_LOADER_JSON_H

#include "formats.h"

/**
 * json_print() - print sources for programs, on stdout
 *
 * One object with the moment of the snapshot and the array "wakeup_sources", one
 * element a line. Times are nanoseconds.
 * The text is UTF-8 without raw control characters, C1 and DEL included. Bytes of
 * a name that are no UTF-8 become U+FFFD, and "name_hex" then has the exact ones.
 *
 * Return: 0, or -1 with the reason in @why.
 */
int json_print(const struct view *view, struct fail *why);

#endif
