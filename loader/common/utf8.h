/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_UTF8_H
#define WSDUMP_LOADER_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * utf8_len() - length of the well-formed UTF-8 sequence at the start of some bytes
 * @s: the bytes
 * @n: how many, at least 1
 *
 * Well-formed as Table 3-7 of the Unicode standard has it: no overlong forms, no
 * surrogates, nothing past U+10FFFF.
 *
 * Return: 1 to 4, or 0 where no such sequence begins.
 */
size_t utf8_len(const char *s, size_t n);

/**
 * utf8_decode() - the character that a sequence stands for
 * @s: the sequence
 * @len: its length, from utf8_len()
 */
uint32_t utf8_decode(const char *s, size_t len);

/**
 * utf8_repair() - copy bytes, with U+FFFD in the place of each that is no UTF-8
 * @dst: room for 3 * @n bytes
 * @s: the bytes
 * @n: how many
 * @repaired: whether any was replaced
 *
 * Return: bytes written to @dst.
 */
size_t utf8_repair(char *dst, const char *s, size_t n, bool *repaired);

#endif
