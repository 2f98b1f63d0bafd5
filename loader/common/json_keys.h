/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_JSON_KEYS_H
#define WSDUMP_LOADER_JSON_KEYS_H

#include <stdbool.h>
#include <stddef.h>

struct json_object;

/* Objects and arrays in one another, in all JSON that is read here. */
#define JSON_MAX_DEPTH 8

/**
 * json_key_twice() - find an object that has a key twice
 * @text: JSON text that json-c has accepted, in its strict mode
 * @len: bytes of it
 * @root: what json-c made of it, of JSON_MAX_DEPTH at most
 * @offset: where in @text the first such object begins
 *
 * json-c keeps the last of several values for a key and says nothing. Other readers
 * keep the first: such a file means something else to each of them.
 *
 * Return: 1 when there is one, 0 when there is none, -1 when out of memory.
 */
int json_key_twice(const char *text, size_t len, struct json_object *root, size_t *offset);

#endif
