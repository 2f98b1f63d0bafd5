/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Read back what a command has written with --json. A file comes from anywhere: it may be cut
 * short, changed by hand, of another version, or made to do harm. What is wrong is said with
 * its place: byte, or row and key.
 */
#ifndef WSDUMP_LOADER_JSON_READ_H
#define WSDUMP_LOADER_JSON_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <json-c/json_object.h>

#include "fail.h"

#define JSON_BOOT_ID_LEN 64

/**
 * struct json_place - what is being read, for messages, and where names go
 * @file: what to call the file
 * @list: the array of rows; NULL outside of it
 * @index: which of them
 * @text: free space for names, as much as the text has
 * @why: the reason when it fails
 */
struct json_place {
	const char *file;
	const char *list;
	size_t index;
	char *text;
	struct fail *why;
};

/**
 * json_read_text() - parse, strictly
 *
 * Return: what it has, to be put; or NULL with the reason in @p.
 */
struct json_object *json_read_text(const char *text, size_t len, const struct json_place *p);

/** json_check_format() - is it an object of the command's, in its format? 0 or -1 */
int json_check_format(const struct json_place *p, struct json_object *root, unsigned int ours);

/* These get the value of a key, which must be there. They return 0, or -1 with the reason. */

int json_get(const struct json_place *p, struct json_object *from, const char *key,
	     enum json_type type, struct json_object **value);
int json_get_number(const struct json_place *p, struct json_object *from, const char *key,
		    uint64_t max, uint64_t *number);
int json_get_flag(const struct json_place *p, struct json_object *from, const char *key,
		  bool *flag);
int json_get_boot_id(const struct json_place *p, struct json_object *root,
		     char boot_id[JSON_BOOT_ID_LEN]);

/** json_get_name() - a name, of the bytes in KEY_hex where there are such; NULL for null */
int json_get_name(struct json_place *p, struct json_object *from, const char *key, bool or_null,
		  const char **name, size_t *name_len);

/** json_bad() - say what is wrong with the value of @key; returns -1 */
int json_bad(const struct json_place *p, const char *key, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
