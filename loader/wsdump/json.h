/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_JSON_H
#define WSDUMP_LOADER_JSON_H

#include "formats.h"

/* Raised when a reader of an older version would misunderstand the output. */
#define JSON_FORMAT 1

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

/**
 * json_put_string() - print text that is UTF-8
 *
 * JSON demands that controls, the quote and the backslash are escaped. DEL and the C1
 * control characters are legal and still commands to a terminal.
 */
void json_put_string(const char *s, size_t n);

/**
 * json_put_bytes() - print a name, with its bytes as KEY_hex beside it if it is no UTF-8
 *
 * Return: 0, or -1 when out of memory.
 */
int json_put_bytes(const char *key, const char *s, size_t n);

/** json_put_key() - print a key and its colon */
void json_put_key(const char *key);

/** json_boot_id() - the random number of this boot, as text; empty if it is not known */
void json_boot_id(char *buf, size_t size);

#endif
