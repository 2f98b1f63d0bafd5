// SPDX-License-Identifier: GPL-2.0-only
#include "text.h"

#include <locale.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "invisible.h"
#include "out.h"

#define HEX_WIDTH 4	/* \xHH */

static const bool is_plain[256] = {
	[' ' ... '\\' - 1] = true,
	['\\' + 1 ... '~'] = true,
};

size_t text_plain(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && is_plain[(unsigned char)s[i]])
		i++;
	return i;
}

/* The same, but for a blank at the end, which nobody would see. */
static size_t visible(const char *s, size_t n)
{
	size_t len = text_plain(s, n);

	return len - (len && len == n && s[n - 1] == ' ');
}

/*
 * The character at @s: its length in bytes, and its width in *@width, 0 when it has to
 * be escaped. Most runs never come here, so the locale is loaded here.
 */
static size_t character(const char *s, size_t n, size_t *width)
{
	static bool ready;
	mbstate_t state;
	wchar_t wc;
	size_t len;
	int w;

	*width = 0;
	if (*s == '\\') {
		*width = n < 2 || s[1] != 'x';
		return 1;
	}
	if (*s == ' ')		/* the last one */
		return 1;
	if (!ready) {
		setlocale(LC_CTYPE, "");
		ready = true;
	}
	memset(&state, 0, sizeof(state));
	len = mbrtowc(&wc, s, n, &state);
	if (!len || len > n)	/* incomplete and invalid are huge numbers */
		return 1;
	w = iswprint(wc) && !is_invisible(wc) ? wcwidth(wc) : -1;
	if (w >= 0)
		*width = w;
	/* a combining character alone has no width, but is printable */
	return w < 0 ? 1 : len;
}

/*
 * Go through as much of a text as @max columns hold, and print that if @put. Returns how many
 * bytes, and in *@width how many columns.
 */
static size_t walk(const char *s, size_t n, size_t max, bool put, size_t *width)
{
	size_t done = 0, used = 0, len, w;

	while (done < n) {
		bool hex = false;

		len = w = visible(s + done, n - done);
		if (len > max - used)
			len = w = max - used;
		if (!len) {
			len = character(s + done, n - done, &w);
			hex = !w && len == 1;
			if (hex)
				w = HEX_WIDTH;
			if (w > max - used)
				break;
		}
		if (put && hex) {
			out_bytes("\\x", 2);
			out_hex(s[done]);
		} else if (put) {
			out_bytes(s + done, len);
		}
		done += len;
		used += w;
	}
	*width = used;
	return done;
}

size_t text_width(const char *s, size_t n)
{
	size_t width;

	if (visible(s, n) == n)
		return n;
	walk(s, n, SIZE_MAX, false, &width);
	return width;
}

size_t text_put(const char *s, size_t n, size_t max)
{
	size_t width, whole;

	/* what has a column for each byte is known to fit, or not */
	if (n <= max && visible(s, n) == n) {
		out_bytes(s, n);
		return n;
	}
	whole = walk(s, n, max, false, &width);
	if (whole == n || !max) {
		walk(s, n, max, true, &width);
		return width;
	}
	walk(s, n, max - 1, true, &width);
	out_char('+');
	return width + 1;
}

size_t text_fit(char *buf, size_t size, const char *s, size_t n, size_t max)
{
	size_t width = 0, used = 0, cut_width = 0, cut_used = 0;

	while (n) {
		size_t w = 1, len = n > 1 ? text_plain(s, 1) : visible(s, 1);
		char hex[HEX_WIDTH + 1];
		const char *piece = s;
		size_t piece_len;

		if (!len)
			len = character(s, n, &w);
		piece_len = len;
		if (!w && len == 1) {
			w = HEX_WIDTH;
			piece_len = snprintf(hex, sizeof(hex), "\\x%02x", (unsigned char)*s);
			piece = hex;
		}
		/* two bytes for the '+' and the NUL */
		if (width + w > max || used + piece_len + 2 > size) {
			if (max) {
				buf[cut_used++] = '+';
				cut_width++;
			}
			buf[cut_used] = '\0';
			return cut_width;
		}
		memcpy(buf + used, piece, piece_len);
		used += piece_len;
		width += w;
		if (width < max) {
			cut_used = used;
			cut_width = width;
		}
		s += len;
		n -= len;
	}
	buf[used] = '\0';
	return width;
}
