/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_RAW_H
#define WSDUMP_LOADER_RAW_H

#include "snapshot.h"

/**
 * raw_print() - print a snapshot for scripts, on stdout
 *
 * A line with the keys of the JSON output, then one for each source in the order of
 * the kernel's list, fields separated by one TAB. Times are nanoseconds, flags 0 or
 * 1, the device is empty where there is none. In names every byte that is not
 * printable ASCII, and the backslash, is \xHH, so a line is always a line.
 *
 * Return: 0; whether it was written tells out_finish().
 */
int raw_print(const struct snapshot *snap, struct fail *why);

#endif
