/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_ANDROID_H
#define WSDUMP_LOADER_ANDROID_H

#include "common/columns.h"

/**
 * android_print() - print the rows that Android has for the kernel, on stdout
 *
 * The frame, the columns and the rows of type Kernel of what "dumpsys
 * suspend_control_internal --wakelocks" prints there. Times are milliseconds, names are as
 * they are but for newlines, which are left out.
 *
 * Return: 0; whether it was written tells out_finish().
 */
int android_print(const struct rows *rows, struct fail *why);

#endif
