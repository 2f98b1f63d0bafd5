// SPDX-License-Identifier: GPL-2.0-only
#include "json.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "common/invisible.h"
#include "common/out.h"
#include "common/utf8.h"

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
	out_char('"');
	out_string(key);
	out_string("\":");
}

static int put_column(const struct column *c, const struct wakeup_source *src)
{
	const char *text;
	size_t len;

	json_put_key(c->key);
	switch (c->type) {
	case COLUMN_TEXT:
		text = c->text(src, &len);
		if (text)
			return json_put_bytes(c->key, text, len);
		out_string("null");
		return 0;
	case COLUMN_ID:
		out_number(c->id(src));
		return 0;
	case COLUMN_FLAG:
		out_string(c->flag(src) ? "true" : "false");
		return 0;
	default:
		out_number(c->number(src));
		return 0;
	}
}

void json_boot_id(char *buf, size_t size)
{
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, buf, size - 1);

	if (fd >= 0)
		close(fd);
	if (n > 0 && buf[n - 1] == '\n')
		n--;
	buf[n > 0 ? n : 0] = '\0';
}

static void put_boot_id(void)
{
	char id[64] = "";

	json_boot_id(id, sizeof(id));
	json_put_key("boot_id");
	json_put_string(id, strlen(id));
}

static void put_head(const struct wakeup_snapshot *snap)
{
	struct utsname uts;

	uname(&uts);
	out_char('{');
	json_put_key("format");
	out_number(JSON_FORMAT);
	out_char(',');
	json_put_key("version");
	json_put_string(WSDUMP_VERSION, strlen(WSDUMP_VERSION));
	out_char(',');
	json_put_key("kernel");
	json_put_string(uts.release, strlen(uts.release));
	out_char(',');
	put_boot_id();
	out_char(',');
	json_put_key("realtime_ns");
	out_number(wakeup_snapshot_realtime_ns(snap));
	out_char(',');
	json_put_key("monotonic_ns");
	out_number(wakeup_snapshot_monotonic_ns(snap));
}

int json_print(const struct view *view, struct fail *why)
{
	put_head(view->snap);
	out_string(",\"wakeup_sources\":[");
	for (size_t i = 0; i < view->nr_sources; i++) {
		out_string(i ? ",\n{" : "\n{");
		for (size_t c = 0; c < view->nr_columns; c++) {
			if (c)
				out_char(',');
			if (put_column(view->columns[c], view->sources[i]))
				return fail(why, "out of memory");
		}
		out_char('}');
	}
	out_string("\n]}\n");
	return 0;
}
