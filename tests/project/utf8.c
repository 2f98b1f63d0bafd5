// SPDX-License-Identifier: GPL-2.0-only
/*
 * utf8 - check utf8_len() against iconv(3), for all pairs of bytes and all sequences of
 * up to four from both sides of every bound; prints TAP lines without a plan
 */
#include <iconv.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "common/utf8.h"

/*
 * How long a character iconv finds at the start of @s, 0 if none. It takes what lies
 * past the end of Unicode, which is seen in what comes out.
 */
static size_t judge(iconv_t cd, const char *s, size_t n)
{
	for (size_t len = 1; len <= n; len++) {
		char *from = (char *)s, *to;
		size_t left = len, room;
		wchar_t out[2];

		to = (char *)out;
		room = sizeof(out);
		iconv(cd, NULL, NULL, NULL, NULL);
		if (iconv(cd, &from, &left, &to, &room) != (size_t)-1)
			return out[0] <= 0x10ffff ? len : 0;
	}
	return 0;
}

static unsigned long try(iconv_t cd, const char *s, size_t n)
{
	if (utf8_len(s, n) == judge(cd, s, n))
		return 0;
	printf("# differs:");
	for (size_t i = 0; i < n; i++)
		printf(" %02x", (unsigned char)s[i]);
	printf("\n");
	return 1;
}

int main(void)
{
	/* both sides of every bound that a byte of UTF-8 may have */
	static const unsigned char edges[] = {
		0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf,
		0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff,
	};
	const size_t n = sizeof(edges);
	iconv_t cd = iconv_open("WCHAR_T", "UTF-8");
	unsigned long wrong = 0, tried = 0;
	char repaired[16];
	bool was_bad;
	size_t len;

	if (cd == (iconv_t)-1) {
		printf("not ok 1 - iconv knows UTF-8\n");
		return 1;
	}
	for (int a = 0; a < 256; a++) {
		for (int b = 0; b < 256; b++) {
			char s[2] = { (char)a, (char)b };

			wrong += try(cd, s, 2);
			tried++;
		}
	}
	for (size_t i = 0; i < n * n * n * n; i++) {
		char s[4] = { (char)edges[i % n], (char)edges[i / n % n],
			      (char)edges[i / n / n % n], (char)edges[i / n / n / n] };

		for (size_t size = 1; size <= 4; size++) {
			wrong += try(cd, s, size);
			tried++;
		}
	}
	printf("%sok 1 - %lu sequences are told as iconv tells them\n", wrong ? "not " : "", tried);

	len = utf8_repair(repaired, "a\xff\xc3\xa9\xe2\x82", 6, &was_bad);
	printf("%sok 2 - a bad byte becomes one U+FFFD\n",
	       was_bad && len == 12 &&
	       !memcmp(repaired, "a\xef\xbf\xbd\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd", 12) ? "" : "not ");
	len = utf8_repair(repaired, "\xc3\xa9", 2, &was_bad);
	printf("%sok 3 - good text stays as it is\n",
	       !was_bad && len == 2 && !memcmp(repaired, "\xc3\xa9", 2) ? "" : "not ");
	return 0;
}
