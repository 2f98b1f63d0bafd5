/* SPDX-License-Identifier: GPL-2.0-only */
/* Text of any bytes, safe for a terminal in the user's locale. */
#ifndef WSDUMP_LOADER_TEXT_H
#define WSDUMP_LOADER_TEXT_H

#include <stddef.h>

/**
 * text_plain() - length of the leading bytes that are as they are in every locale and
 * every format: printable ASCII without the backslash
 */
size_t text_plain(const char *s, size_t n);

/**
 * text_width() - terminal columns that text_put() will take
 */
size_t text_width(const char *s, size_t n);

/**
 * text_put() - print text
 * @s: the text
 * @n: bytes of it
 * @max: terminal columns; what is wider ends in a '+'
 *
 * What is not printable in the locale, or invisible, comes out as \xHH, byte by byte, and
 * so does a backslash that stands before an x, and a blank at the end.
 *
 * Return: the terminal columns it took.
 */
size_t text_put(const char *s, size_t n, size_t max);

/**
 * text_fit() - write text as text_put() does, but to memory
 * @buf: where to, with a NUL behind it
 * @size: bytes of it
 * @s: the text
 * @n: bytes of it
 * @max: terminal columns; what is wider ends in a '+'
 *
 * Return: the terminal columns it takes.
 */
size_t text_fit(char *buf, size_t size, const char *s, size_t n, size_t max);

#endif
