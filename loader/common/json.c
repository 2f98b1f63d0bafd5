// SPDX-License-Identifier: GPL-2.0-only
#include "json.h"

#include <stdlib.h>
#include <string.h>

#include "invisible.h"
#include "out.h"
#include "utf8.h"

/* A UTF-16 code unit, in JSON's way. */
static void put_unit(unsigned int unit)
{
	out_string("\\u");
	out_hex(unit >> 8 & 0xff);
	out_hex(unit & 0xff);
}

/*
 * A character past ASCII. What a terminal would obey or not show is escaped, of two pieces
 * if it is past U+FFFF. Returns its length.
 */
static size_t put_character(const char *s, size_t n)
{
	size_t len = utf8_len(s, n);
	uint32_t c;

	if (!len) {	/* whoever may have such bytes has json_put_bytes() */
		put_unit(0xfffd);
		return 1;
	}
	c = utf8_decode(s, len);
	if (c >= 0xa0 && !is_invisible(c)) {
		out_bytes(s, len);
	} else if (c < 0x10000) {
		put_unit(c);
	} else {
		c -= 0x10000;
		put_unit(0xd800 + (c >> 10));
		put_unit(0xdc00 + (c & 0x3ff));
	}
	return len;
}

void json_put_string(const char *s, size_t n)
{
	static const char named[32] = { ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n',
					['\f'] = 'f', ['\r'] = 'r' };

	out_char('"');
	for (; n; n--, s++) {
		unsigned char c = *s;

		if (c == '"' || c == '\\') {
			out_char('\\');
			out_char(c);
		} else if (c < ' ' && named[c]) {
			out_char('\\');
			out_char(named[c]);
		} else if (c < ' ' || c == 0x7f) {
			put_unit(c);
		} else if (c >= 0x80) {
			size_t len = put_character(s, n);

			s += len - 1;
			n -= len - 1;
		} else {
			out_char(c);
		}
	}
	out_char('"');
}

static bool is_ascii(const char *s, size_t n)
{
	while (n--)
		if ((unsigned char)*s++ >= 0x80)
			return false;
	return true;
}

int json_put_bytes(const char *key, const char *s, size_t n)
{
	bool repaired;
	char *text;

	if (is_ascii(s, n)) {
		json_put_string(s, n);
		return 0;
	}
	text = malloc(3 * n + 1);
	if (!text)
		return -1;
	json_put_string(text, utf8_repair(text, s, n, &repaired));
	free(text);
	if (!repaired)
		return 0;
	out_string(",\"");
	out_string(key);
	out_string("_hex\":\"");
	while (n--)
		out_hex(*s++);
	out_char('"');
	return 0;
}

void json_put_key(const char *key)
{
	size_t len = strlen(key);
	char *p = out_room(len + 3);

	*p++ = '"';
	p = mempcpy(p, key, len);
	*p++ = '"';
	*p++ = ':';
	out_done(p);
}

static int put_value(const struct rows *rows, const struct column *column, const void *row)
{
	struct value value;

	json_put_key(column->key);
	if (column->json)
		return column->json(row);
	value_for_programs(&value, rows, column, row);
	switch (value.kind) {
	case VALUE_NONE:
		out_string("null");
		break;
	case VALUE_TEXT:
		return json_put_bytes(column->key, value.s, value.len);
	case VALUE_FLAG:
		out_string(*value.s == '1' ? "true" : "false");
		break;
	case VALUE_NUMBER:
		out_bytes(value.s, value.len);
		break;
	}
	return 0;
}

int json_put_rows(const char *key, const struct rows *rows, struct fail *why)
{
	json_put_key(key);
	out_char('[');
	for (size_t i = 0; i < rows->nr; i++) {
		out_string(i ? ",\n{" : "\n{");
		for (size_t c = 0; c < rows->nr_columns; c++) {
			if (c)
				out_char(',');
			if (put_value(rows, rows->columns[c], rows->v[i]))
				return fail(why, "out of memory");
		}
		out_char('}');
	}
	out_string("\n]");
	return 0;
}

void json_put_number(const char *key, uint64_t number)
{
	json_put_key(key);
	out_number(number);
}

void json_put_text(const char *key, const char *s)
{
	json_put_key(key);
	json_put_string(s, strlen(s));
}

void json_put_version(unsigned int format)
{
	json_put_number("format", format);
	out_char(',');
	json_put_text("version", WSDUMP_VERSION);
}
