/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_DURATION_H
#define WSDUMP_LOADER_DURATION_H

#include <stddef.h>
#include <stdint.h>

#define DURATION_LEN 24

/**
 * duration_format() - a time span for people: three digits or two units
 *
 * Such as 0, 870ns, 12.3us, 4.50ms, 59.9s, 3m12s, 2h05m, 41d07h. Cut, never
 * rounded up, so that nothing looks longer than it was. Not localised.
 *
 * Return: its length.
 */
size_t duration_format(char buf[DURATION_LEN], uint64_t ns);

/**
 * duration_parse() - read a time span: one or more numbers with units
 * @s: such as 90, 1.5h, 3m12s or any that duration_format() writes; seconds without unit
 * @ns: where to store it, in nanoseconds
 *
 * Return: 0, or -1 when it is none, or too long for the type.
 */
int duration_parse(const char *s, uint64_t *ns);

#endif
