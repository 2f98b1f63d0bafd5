// SPDX-License-Identifier: GPL-2.0-only
#include "saved.h"

#include <json-c/json.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "snapshot_json.h"
#include "json_keys.h"
#include "common/utf8.h"

/* What is being read, for messages, and where names go. */
struct parse {
	const char *file;
	size_t source;		/* index, or OUTSIDE */
	char *text;		/* free space for names */
	struct fail *why;
};

#define OUTSIDE SIZE_MAX

/* Say what is wrong with the value of @key. */
static int bad(const struct parse *p, const char *key, const char *fmt, ...)
{
	char what[128];
	va_list args;

	va_start(args, fmt);
	vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	if (p->source == OUTSIDE)
		return fail(p->why, "%s: %s %s", p->file, key, what);
	return fail(p->why, "%s: wakeup_sources[%zu].%s %s", p->file, p->source, key, what);
}

static int get(const struct parse *p, struct json_object *from, const char *key,
	       enum json_type type, struct json_object **value)
{
	if (!json_object_object_get_ex(from, key, value))
		return bad(p, key, "is missing");
	if (!json_object_is_type(*value, type))
		return bad(p, key, "is of type %s, not %s",
			   json_type_to_name(json_object_get_type(*value)),
			   json_type_to_name(type));
	return 0;
}

/*
 * No count or time of a kernel comes near the limit, and below it no sum or difference
 * of two can overflow. json-c makes the nearest number that it has of a larger one.
 */
static int get_number(const struct parse *p, struct json_object *from, const char *key,
		      uint64_t max, uint64_t *number)
{
	struct json_object *value;

	if (get(p, from, key, json_type_int, &value))
		return -1;
	*number = json_object_get_uint64(value);
	/* a negative one is no uint64, and comes as 0 */
	if (json_object_get_int64(value) < 0 || *number > max)
		return bad(p, key, "is not between 0 and %llu", (unsigned long long)max);
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

/* A name, of the bytes in KEY_hex where there are such; NULL for null. */
static int get_name(struct parse *p, struct json_object *from, const char *key, bool or_null,
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
	if (get(p, from, key, json_type_string, &value))
		return -1;
	s = json_object_get_string(value);
	n = json_object_get_string_len(value);
	*name = p->text;

	snprintf(hex_key, sizeof(hex_key), "%s_hex", key);
	if (json_object_object_get_ex(from, hex_key, NULL)) {
		if (get(p, from, hex_key, json_type_string, &value))
			return -1;
		s = json_object_get_string(value);
		n = json_object_get_string_len(value);
		for (size_t i = 0; i + 1 < n; i += 2) {
			int high = hex_digit(s[i]), low = hex_digit(s[i + 1]);

			if (high < 0 || low < 0)
				return bad(p, hex_key, "has no hexadecimal digits at its byte %zu", i);
			p->text[i / 2] = high << 4 | low;
		}
		if (n % 2)
			return bad(p, hex_key, "has half a byte at its end");
		n /= 2;
		key = hex_key;
	} else {
		memcpy(p->text, s, n);
	}
	if (memchr(p->text, '\0', n))
		return bad(p, key, "has a NUL byte, which no name can have");
	*name_len = n;
	p->text[n] = '\0';
	p->text += n + 1;
	return 0;
}

static int get_flag(const struct parse *p, struct json_object *from, const char *key, bool *flag)
{
	struct json_object *value;

	if (get(p, from, key, json_type_boolean, &value))
		return -1;
	*flag = json_object_get_boolean(value);
	return 0;
}

static int get_source(struct parse *p, struct json_object *from, struct state *s)
{
	uint64_t id;

	if (get_name(p, from, "name", false, &s->name, &s->name_len) ||
	    get_name(p, from, "device", true, &s->device, &s->device_len) ||
	    get_number(p, from, "id", INT_MAX, &id) ||
	    get_flag(p, from, "active", &s->active) ||
	    get_flag(p, from, "autosleep", &s->autosleep))
		return -1;
	s->id = id;
	for (size_t i = 0; i < NR_COUNTERS; i++)
		if (get_number(p, from, counters[i].key, INT64_MAX, &s->n[i]))
			return -1;
	return 0;
}

static int get_sources(struct parse *p, struct json_object *list, size_t text,
		       struct states *states)
{
	size_t n = json_object_array_length(list);

	/* names are shorter than what stands for them in the file, quotes included */
	if (states_room(states, n, text))
		return fail(p->why, "%s: no memory for %zu wakeup sources", p->file, n);
	p->text = states->text;
	for (size_t i = 0; i < n; i++) {
		struct json_object *from = json_object_array_get_idx(list, i);

		if (!json_object_is_type(from, json_type_object))
			return fail(p->why, "%s: wakeup_sources[%zu] is of type %s, not object",
				    p->file, i, json_type_to_name(json_object_get_type(from)));
		p->source = i;
		if (get_source(p, from, &states->v[i]))
			return -1;
	}
	states->nr = n;
	return 0;
}

static int by_id(const void *a, const void *b)
{
	const struct state *x = *(const struct state *const *)a;
	const struct state *y = *(const struct state *const *)b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return (x > y) - (x < y);
}

/* The kernel has no number twice at one time. */
static int check_ids(const struct parse *p, const struct states *states)
{
	const struct state **v = calloc(states->nr + 1, sizeof(*v));
	int ret = 0;

	if (!v)
		return fail(p->why, "%s: out of memory", p->file);
	for (size_t i = 0; i < states->nr; i++)
		v[i] = &states->v[i];
	qsort(v, states->nr, sizeof(*v), by_id);
	for (size_t i = 1; i < states->nr && !ret; i++)
		if (v[i]->id == v[i - 1]->id)
			ret = fail(p->why, "%s: wakeup_sources[%zu].id is also that of wakeup_sources[%zu]",
				   p->file, v[i] - states->v, v[i - 1] - states->v);
	free(v);
	return ret;
}

static int get_boot_id(const struct parse *p, struct json_object *root, struct saved *saved)
{
	struct json_object *value;
	int len;

	if (get(p, root, "boot_id", json_type_string, &value))
		return -1;
	len = json_object_get_string_len(value);
	if (len >= SAVED_BOOT_ID_LEN)
		return bad(p, "boot_id", "is longer than %d bytes", SAVED_BOOT_ID_LEN - 1);
	memcpy(saved->boot_id, json_object_get_string(value), len + 1);
	return 0;
}

static int get_all(struct parse *p, struct json_object *root, size_t text, struct saved *saved)
{
	struct json_object *list;
	uint64_t format;

	if (!json_object_is_type(root, json_type_object) ||
	    !json_object_object_get_ex(root, "format", NULL))
		return fail(p->why, "%s: this is JSON, but nothing that 'wsdump --json' has written",
			    p->file);
	if (get_number(p, root, "format", INT_MAX, &format))
		return -1;
	if (format != JSON_FORMAT)
		return fail(p->why, "%s: format is %llu, and this wsdump reads format %d only: use the version that wrote it",
			    p->file, (unsigned long long)format, JSON_FORMAT);
	if (get_boot_id(p, root, saved) ||
	    get_number(p, root, "realtime_ns", INT64_MAX, &saved->states.realtime_ns) ||
	    get_number(p, root, "monotonic_ns", INT64_MAX, &saved->states.monotonic_ns) ||
	    get(p, root, "wakeup_sources", json_type_array, &list))
		return -1;
	return get_sources(p, list, text, &saved->states) || check_ids(p, &saved->states) ? -1 : 0;
}

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
static char *to_ascii(const char *text, size_t len, const struct parse *p, size_t *ascii_len)
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
static struct json_object *parse_json(const char *text, size_t len, const struct parse *p)
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
		fail(p->why, "%s: this is JSON, but nothing that 'wsdump --json' has written",
		     p->file);
	if (root && (err != json_tokener_success || end < len)) {
		json_object_put(root);
		root = NULL;
	}
out:
	free(ascii);
	json_tokener_free(tok);
	return root;
}

int saved_parse(const char *text, size_t len, const char *file, struct saved *saved,
		struct fail *why)
{
	struct parse p = { .file = file, .source = OUTSIDE, .why = why };
	struct json_object *root;
	size_t offset;
	int ret = -1;

	*saved = (struct saved) { 0 };
	if (len > SAVED_MAX_BYTES)
		return fail(why, "%s: larger than %d MiB: no list of wakeup sources", file,
			    SAVED_MAX_BYTES >> 20);
	root = parse_json(text, len, &p);
	if (root) {
		switch (json_key_twice(text, len, root, &offset)) {
		case 0:
			ret = get_all(&p, root, len, saved);
			break;
		case 1:
			fail(why, "%s: byte %zu: the object that begins here has a key twice", file,
			     offset);
			break;
		default:
			fail(why, "%s: out of memory", file);
		}
		json_object_put(root);
	}
	if (ret)
		saved_free(saved);
	return ret;
}

void saved_free(struct saved *saved)
{
	states_free(&saved->states);
}
