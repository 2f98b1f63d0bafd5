// SPDX-License-Identifier: GPL-2.0-only
#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include <json-c/json.h>

#include "columns.h"
#include "utf8.h"

/* Raised when a reader of an older version would misunderstand the output. */
#define JSON_FORMAT 1

/* json-c frees nothing on failure: one that owns @value, whatever happens. */
static int add(struct json_object *obj, const char *key, struct json_object *value)
{
	if (value && !json_object_object_add(obj, key, value))
		return 0;
	json_object_put(value);
	return -1;
}

static int add_hex(struct json_object *obj, const char *key, const char *s, size_t n)
{
	char *hex = malloc(2 * n + 1);
	int err;

	if (!hex)
		return -1;
	for (size_t i = 0; i < n; i++)
		snprintf(hex + 2 * i, 3, "%02x", (unsigned char)s[i]);
	err = add(obj, key, json_object_new_string_len(hex, (int)(2 * n)));
	free(hex);
	return err;
}

static int add_bytes(struct json_object *obj, const char *key, const char *s, size_t n)
{
	char hex_key[64], *text = malloc(3 * n + 1);
	bool repaired;
	int err;

	if (!text)
		return -1;
	err = add(obj, key, json_object_new_string_len(text,
						       (int)utf8_repair(text, s, n, &repaired)));
	free(text);
	if (err || !repaired)
		return err;
	snprintf(hex_key, sizeof(hex_key), "%s_hex", key);
	return add_hex(obj, hex_key, s, n);
}

static int add_column(struct json_object *obj, const struct column *c, const struct source *src)
{
	const struct ws_record *rec = src->rec;

	switch (c->type) {
	case COLUMN_NAME:
		return add_bytes(obj, c->key, src->name, src->name_len);
	case COLUMN_PARENT:
		if (!src->parent)	/* json-c's null is NULL */
			return json_object_object_add(obj, c->key, NULL);
		return add_bytes(obj, c->key, src->parent, src->parent_len);
	case COLUMN_ID:
		return add(obj, c->key, json_object_new_int(rec->id));
	case COLUMN_FLAG:
		return add(obj, c->key, json_object_new_boolean(!!(rec->flags & c->flag)));
	default:
		return add(obj, c->key, json_object_new_uint64(column_number(c, rec)));
	}
}

/*
 * json-c escapes what JSON demands. DEL and the C1 control characters are legal in
 * JSON and still commands to a terminal; outside of strings they can't occur.
 */
static void put_text(const char *s, size_t n)
{
	while (n--) {
		unsigned char c = *s++;

		if (c == 0x7f) {
			fputs("\\u007f", stdout);
		} else if (c == 0xc2 && n && (unsigned char)*s < 0xa0) {
			printf("\\u%04x", (unsigned char)*s++);
			n--;
		} else {
			putchar_unlocked(c);
		}
	}
}

/* Print and free @obj; @open leaves out its closing brace. */
static int put_object(struct json_object *obj, bool open)
{
	const char *text;
	size_t n;

	text = json_object_to_json_string_length(obj, JSON_C_TO_STRING_PLAIN |
						 JSON_C_TO_STRING_NOSLASHESCAPE, &n);
	if (text)
		put_text(text, open ? n - 1 : n);
	json_object_put(obj);
	return text ? 0 : -1;
}

static int put_head(const struct snapshot *snap)
{
	struct json_object *obj = json_object_new_object();
	char boot_id[64] = "";
	struct utsname uts;
	FILE *f;

	f = fopen("/proc/sys/kernel/random/boot_id", "re");
	if (f) {
		if (fgets(boot_id, sizeof(boot_id), f))
			boot_id[strcspn(boot_id, "\n")] = '\0';
		fclose(f);
	}
	uname(&uts);
	if (!obj ||
	    add(obj, "format", json_object_new_int(JSON_FORMAT)) ||
	    add(obj, "version", json_object_new_string(WSDUMP_VERSION)) ||
	    add(obj, "kernel", json_object_new_string(uts.release)) ||
	    add(obj, "boot_id", json_object_new_string(boot_id)) ||
	    add(obj, "realtime_ns", json_object_new_uint64(snap->realtime_ns)) ||
	    add(obj, "monotonic_ns", json_object_new_uint64(snap->monotonic_ns))) {
		json_object_put(obj);
		return -1;
	}
	return put_object(obj, true);
}

static int put_source(const struct source *src)
{
	struct json_object *obj = json_object_new_object();

	if (!obj)
		return -1;
	for (size_t c = 0; c < nr_columns; c++) {
		if (add_column(obj, &columns[c], src)) {
			json_object_put(obj);
			return -1;
		}
	}
	return put_object(obj, false);
}

int json_print(const struct snapshot *snap, struct fail *why)
{
	/* one object at a time: memory stays small however long the list is */
	if (put_head(snap))
		goto nomem;
	fputs(",\"wakeup_sources\":[", stdout);
	for (size_t i = 0; i < snap->nr_sources; i++) {
		fputs(i ? ",\n" : "\n", stdout);
		if (put_source(&snap->sources[i]))
			goto nomem;
	}
	fputs("\n]}\n", stdout);
	return 0;

nomem:
	return fail(why, "out of memory");
}
