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

/* Are all eight bytes of @word printable ASCII, and none of them a backslash? */
static bool is_plain_word(uint64_t word)
{
	const uint64_t ones = 0x0101010101010101, high = ones << 7;
	uint64_t del = word ^ ones * 0x7f, backslash = word ^ ones * '\\';

	/* x - n borrows from the high bit of a byte less than n */
	return !(((word - ones * ' ') | (del - ones) | (backslash - ones) | word) & high);
}

static uint64_t word_at(const char *s)
{
	uint64_t word;

	memcpy(&word, s, sizeof(word));
	return word;
}

size_t text_plain(const char *s, size_t n)
{
	size_t i = 0;

	for (; n - i >= 8; i += 8)
		if (!is_plain_word(word_at(s + i)))
			break;
	/* what is left, with some of what went before */
	if (n - i < 8 && n >= 8 && is_plain_word(word_at(s + n - 8)))
		return n;
	while (i < n && s[i] >= ' ' && s[i] < 0x7f && s[i] != '\\')
		i++;
	return i;
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

static size_t walk(const char *s, size_t n, bool put)
{
	size_t width = 0, len, w;

	while (n) {
		len = w = text_plain(s, n);
		if (put)
			out_bytes(s, len);
		if (!len) {
			len = character(s, n, &w);
			if (w || len > 1) {
				if (put)
					out_bytes(s, len);
			} else {
				w = HEX_WIDTH;
				if (put) {
					out_bytes("\\x", 2);
					out_hex(*s);
				}
			}
		}
		width += w;
		s += len;
		n -= len;
	}
	return width;
}

size_t text_width(const char *s, size_t n)
{
	return text_plain(s, n) == n ? n : walk(s, n, false);
}

size_t text_put(const char *s, size_t n)
{
	if (text_plain(s, n) == n) {
		out_bytes(s, n);
		return n;
	}
	return walk(s, n, true);
}

size_t text_fit(char *buf, size_t size, const char *s, size_t n, size_t max)
{
	size_t width = 0, used = 0, cut_width = 0, cut_used = 0;

	while (n) {
		size_t w = 1, len = text_plain(s, 1);
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
