/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_RAW_H
#define WSDUMP_LOADER_RAW_H

#include "formats.h"

/**
 * raw_print() - print sources for scripts, on stdout
 *
 * A line with the keys of the columns, then one for each source, fields separated by
 * one TAB. Times are nanoseconds, flags 0 or
 * 1, the device is empty where there is none. In names every byte that is not
 * printable ASCII, and the backslash, is \xHH, so a line is always a line.
 *
 * Return: 0; whether it was written tells out_finish().
 */
int raw_print(const struct view *view, struct fail *why);

#endif
