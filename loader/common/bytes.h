/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_BYTES_H
#define WSDUMP_LOADER_BYTES_H

#include <stddef.h>
#include <stdint.h>

#define BYTES_LEN 24

/**
 * bytes_format() - a size for people: three digits and a unit, of 1024
 *
 * Such as 0, 512, 4.00K, 12.3M, 1.50G. Cut, never rounded up.
 *
 * Return: its length.
 */
size_t bytes_format(char buf[BYTES_LEN], uint64_t bytes);

/**
 * bytes_parse() - read a size: a number, and perhaps a unit
 * @s: such as 4096, 64K, 1.5MiB or any that bytes_format() writes
 * @bytes: where to store it
 *
 * Return: 0, or -1 when it is none, or too large for the type.
 */
int bytes_parse(const char *s, uint64_t *bytes);

#endif
