/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_ESCAPE_H
#define WSDUMP_LOADER_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

/**
 * escape_put() - print bytes of any value as printable ASCII
 * @s: the bytes
 * @n: how many
 * @quoted: they stand between double quotes, in a shell's sense
 *
 * What is no printable ASCII, and the backslash, comes out as \xHH; of quoted ones
 * also what a shell would make something of.
 */
void escape_put(const char *s, size_t n, bool quoted);

#endif
