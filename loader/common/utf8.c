// SPDX-License-Identifier: GPL-2.0-only
#include "utf8.h"

#include <string.h>

size_t utf8_len(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s;
	/* range of the second byte, narrower after some first bytes */
	unsigned char lo = 0x80, hi = 0xbf;
	size_t len;

	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	len = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;

	switch (p[0]) {
	case 0xe0: lo = 0xa0; break;	/* overlong below */
	case 0xed: hi = 0x9f; break;	/* surrogates above */
	case 0xf0: lo = 0x90; break;	/* overlong below */
	case 0xf4: hi = 0x8f; break;	/* past U+10FFFF above */
	default: break;
	}
	if (n < len || p[1] < lo || p[1] > hi)
		return 0;
	for (size_t i = 2; i < len; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return len;
}

uint32_t utf8_decode(const char *s, size_t len)
{
	/* the first byte has the length in its leading bits */
	uint32_t c = len == 1 ? *s : *s & (0x7f >> len);

	for (size_t i = 1; i < len; i++)
		c = c << 6 | (s[i] & 0x3f);
	return c;
}

size_t utf8_repair(char *dst, const char *s, size_t n, bool *repaired)
{
	char *d = dst;

	*repaired = false;
	while (n) {
		size_t len = utf8_len(s, n);

		if (len) {
			memcpy(d, s, len);
			d += len;
		} else {
			/* NOLINTNEXTLINE(bugprone-not-null-terminated-result): of counted length */
			memcpy(d, "\xef\xbf\xbd", 3);
			d += 3;
			len = 1;
			*repaired = true;
		}
		s += len;
		n -= len;
	}
	return d - dst;
}
