/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_PAIRS_H
#define WSDUMP_LOADER_PAIRS_H

#include "columns.h"

/**
 * pairs_print() - print rows for shell scripts, on stdout
 *
 * A line for each row, of key="value" with a space between. The keys are the columns'. In
 * values what is no printable ASCII, and what a shell would make something of between double
 * quotes, is \xHH: a line is always a line, and eval runs nothing.
 *
 * Return: 0; whether it was written tells out_finish().
 */
int pairs_print(const struct rows *rows, struct fail *why);

#endif
