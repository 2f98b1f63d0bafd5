// SPDX-License-Identifier: GPL-2.0-only
#include "json_read.h"

#include <json-c/json.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json_keys.h"
#include "options.h"
#include "saved_file.h"
#include "utf8.h"

/* --- values ------------------------------------------------------------------- */

int json_bad(const struct json_place *p, const char *key, const char *fmt, ...)
{
	char what[128];
	va_list args;

	va_start(args, fmt);
	vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	if (!p->list)
		return fail(p->why, "%s: %s %s", p->file, key, what);
	return fail(p->why, "%s: %s[%zu].%s %s", p->file, p->list, p->index, key, what);
}

int json_get(const struct json_place *p, struct json_object *from, const char *key,
	       enum json_type type, struct json_object **value)
{
	if (!json_object_object_get_ex(from, key, value))
		return json_bad(p, key, "is missing");
	if (!json_object_is_type(*value, type))
		return json_bad(p, key, "is of type %s, not %s",
			   json_type_to_name(json_object_get_type(*value)),
			   json_type_to_name(type));
	return 0;
}

/*
 * No count or time of a kernel comes near the limit, and below it no sum or difference
 * of two can overflow. json-c makes the nearest number that it has of a larger one.
 */
int json_get_number(const struct json_place *p, struct json_object *from, const char *key,
		      uint64_t max, uint64_t *number)
{
	struct json_object *value;

	if (json_get(p, from, key, json_type_int, &value))
		return -1;
	*number = json_object_get_uint64(value);
	/* a negative one is no uint64, and comes as 0 */
	if (json_object_get_int64(value) < 0 || *number > max)
		return json_bad(p, key, "is not between 0 and %llu", (unsigned long long)max);
	return 0;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

int json_get_name(struct json_place *p, struct json_object *from, const char *key, bool or_null,
		    const char **name, size_t *name_len)
{
	struct json_object *value;
	char hex_key[32];
	const char *s;
	size_t n;

	*name = NULL;
	*name_len = 0;
	if (or_null && json_object_object_get_ex(from, key, &value) && !value)
		return 0;
	if (json_get(p, from, key, json_type_string, &value))
		return -1;
	s = json_object_get_string(value);
	n = json_object_get_string_len(value);
	*name = p->text;

	snprintf(hex_key, sizeof(hex_key), "%s_hex", key);
	if (json_object_object_get_ex(from, hex_key, NULL)) {
		if (json_get(p, from, hex_key, json_type_string, &value))
			return -1;
		s = json_object_get_string(value);
		n = json_object_get_string_len(value);
		for (size_t i = 0; i + 1 < n; i += 2) {
			int high = hex_digit(s[i]), low = hex_digit(s[i + 1]);

			if (high < 0 || low < 0)
				return json_bad(p, hex_key, "has no hexadecimal digits at its byte %zu", i);
			p->text[i / 2] = high << 4 | low;
		}
		if (n % 2)
			return json_bad(p, hex_key, "has half a byte at its end");
		n /= 2;
		key = hex_key;
	} else {
		memcpy(p->text, s, n);
	}
	if (memchr(p->text, '\0', n))
		return json_bad(p, key, "has a NUL byte, which no name can have");
	*name_len = n;
	p->text[n] = '\0';
	p->text += n + 1;
	return 0;
}

int json_get_flag(const struct json_place *p, struct json_object *from, const char *key, bool *flag)
{
	struct json_object *value;

	if (json_get(p, from, key, json_type_boolean, &value))
		return -1;
	*flag = json_object_get_boolean(value);
	return 0;
}

/* What is said of JSON of anybody else. */
#define JSON_NOT_OURS "%s: this is JSON, but nothing that '%s --json' has written"

/* --- text --------------------------------------------------------------------- */

/* A character in JSON's way, of two pieces if it is past U+FFFF; returns the length. */
static size_t put_escape(char *to, uint32_t c)
{
	if (c < 0x10000)
		return sprintf(to, "\\u%04x", c);
	c -= 0x10000;
	return sprintf(to, "\\u%04x\\u%04x", 0xd800 + (c >> 10), 0xdc00 + (c & 0x3ff));
}

/*
 * A copy in ASCII, or NULL with the reason. In its strict mode json-c 0.18 takes a byte of
 * 0x80 or more for a control character where char is signed; \u escapes mean the same.
 */
static char *to_ascii(const char *text, size_t len, const struct json_place *p, size_t *ascii_len)
{
	/* the worst is two bytes that become six */
	char *ascii = malloc(3 * len + 1), *to = ascii;
	bool escaped = false;

	if (!ascii)
		fail(p->why, "%s: out of memory", p->file);
	for (size_t i = 0, n; ascii && i < len; i += n) {
		n = utf8_len(text + i, len - i);
		/* a backslash before an escape would make it another */
		if (!n || (n > 1 && escaped)) {
			fail(p->why, "%s: byte %zu: %s", p->file, i,
			     n ? "this is no JSON: a backslash before it" : "this is no UTF-8");
			free(ascii);
			return NULL;
		}
		escaped = !escaped && text[i] == '\\';
		if (n == 1)
			*to++ = text[i];
		else
			to += put_escape(to, utf8_decode(text + i, n));
	}
	*ascii_len = to - ascii;
	return ascii;
}

/* Where in the text a byte of its copy comes from. */
static size_t from_ascii(const char *text, size_t len, size_t ascii_offset)
{
	size_t i = 0;

	for (size_t n, at = 0; i < len; i += n) {
		n = utf8_len(text + i, len - i);
		at += n == 1 ? 1 : n == 4 ? 12 : 6;
		if (at > ascii_offset)
			break;
	}
	return i;
}

static bool is_out_of_memory(enum json_tokener_error err)
{
#if JSON_C_VERSION_NUM >= 0x1100	/* 0.17; before, it's not told from a mistake in the file */
	return err == json_tokener_error_memory;
#else
	(void)err;
	return false;
#endif
}

/* The tree, or NULL with the reason. */
static struct json_object *parse_json(const char *text, size_t len, const struct json_place *p)
{
	struct json_tokener *tok = json_tokener_new_ex(JSON_MAX_DEPTH);
	struct json_object *root = NULL;
	enum json_tokener_error err;
	size_t ascii_len, end;
	char *ascii;

	if (!tok) {
		fail(p->why, "%s: out of memory", p->file);
		return NULL;
	}
	ascii = to_ascii(text, len, p, &ascii_len);
	if (!ascii)
		goto out;
	json_tokener_set_flags(tok, JSON_TOKENER_STRICT);
	root = json_tokener_parse_ex(tok, ascii, ascii_len);
	err = json_tokener_get_error(tok);
	end = from_ascii(text, len, json_tokener_get_parse_end(tok));
	if (err == json_tokener_continue || (end == len && err == json_tokener_error_parse_eof))
		fail(p->why, "%s: byte %zu: the file ends too early", p->file, len);
	else if (is_out_of_memory(err))
		fail(p->why, "%s: out of memory", p->file);
	else if (err == json_tokener_error_depth)
		fail(p->why, "%s: byte %zu: more than %d levels of objects and arrays", p->file,
		     end, JSON_MAX_DEPTH);
	else if (err != json_tokener_success)
		fail(p->why, "%s: byte %zu: this is no JSON: %s", p->file, end,
		     json_tokener_error_desc(err));
	else if (end < len)
		fail(p->why, "%s: byte %zu: a NUL byte", p->file, end);
	else if (!root)
		fail(p->why, JSON_NOT_OURS, p->file, program_name);
	if (root && (err != json_tokener_success || end < len)) {
		json_object_put(root);
		root = NULL;
	}
out:
	free(ascii);
	json_tokener_free(tok);
	return root;
}

struct json_object *json_read_text(const char *text, size_t len, const struct json_place *p)
{
	struct json_object *root;
	const char *file = p->file;
	size_t offset;

	if (len > SAVED_MAX_BYTES) {
		fail(p->why, "%s: larger than %d MiB: nothing that '%s --json' has written", file,
		     SAVED_MAX_BYTES >> 20, program_name);
		return NULL;
	}
	root = parse_json(text, len, p);
	if (!root)
		return NULL;
	switch (json_key_twice(text, len, root, &offset)) {
	case 0:
		return root;
	case 1:
		fail(p->why, "%s: byte %zu: the object that begins here has a key twice", file,
		     offset);
		break;
	default:
		fail(p->why, "%s: out of memory", file);
	}
	json_object_put(root);
	return NULL;
}

int json_check_format(const struct json_place *p, struct json_object *root, unsigned int ours)
{
	uint64_t format;

	if (!json_object_is_type(root, json_type_object) ||
	    !json_object_object_get_ex(root, "format", NULL))
		return fail(p->why, JSON_NOT_OURS, p->file, program_name);
	if (json_get_number(p, root, "format", INT_MAX, &format))
		return -1;
	if (format != ours)
		return fail(p->why, "%s: format is %llu, and this %s reads format %u only: use the version that wrote it",
			    p->file, (unsigned long long)format, program_name, ours);
	return 0;
}

int json_get_boot_id(const struct json_place *p, struct json_object *root,
		     char boot_id[JSON_BOOT_ID_LEN])
{
	struct json_object *value;
	int len;

	if (json_get(p, root, "boot_id", json_type_string, &value))
		return -1;
	len = json_object_get_string_len(value);
	if (len >= JSON_BOOT_ID_LEN)
		return json_bad(p, "boot_id", "is longer than %d bytes", JSON_BOOT_ID_LEN - 1);
	memcpy(boot_id, json_object_get_string(value), len + 1);
	return 0;
}
