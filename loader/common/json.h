/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pieces of JSON, on stdout by out.h; what stands around the rows is the command's.
 *
 * The text is UTF-8 without raw control characters, C1 and DEL included.
 */
#ifndef WSDUMP_LOADER_JSON_H
#define WSDUMP_LOADER_JSON_H

#include "columns.h"

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
 * Bytes that are no UTF-8 become U+FFFD.
 *
 * Return: 0, or -1 when out of memory.
 */
int json_put_bytes(const char *key, const char *s, size_t n);

/** json_put_key() - print a key and its colon */
void json_put_key(const char *key);

/** json_put_number() - print a key and a number */
void json_put_number(const char *key, uint64_t number);

/** json_put_text() - print a key and text that is UTF-8 */
void json_put_text(const char *key, const char *s);

/** json_put_version() - what every object of ours begins with: versions of format and command */
void json_put_version(unsigned int format);

/**
 * json_put_rows() - print a key and an array with an object for each row, one a line
 *
 * What is none, or not known, is null.
 *
 * Return: 0, or -1 with the reason in @why.
 */
int json_put_rows(const char *key, const struct rows *rows, struct fail *why);

#endif
