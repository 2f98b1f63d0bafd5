// SPDX-License-Identifier: GPL-2.0-only
/* text - each character of Unicode, in UTF-8, as text_put() prints it, on a line of its own */
#include <limits.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>

#include "common/out.h"
#include "common/text.h"

int main(void)
{
	struct fail why;

	if (!setlocale(LC_ALL, "")) {
		fprintf(stderr, "text: no such locale\n");
		return 1;
	}
	for (wchar_t c = 0; c <= 0x10ffff; c++) {
		mbstate_t state = { 0 };
		char s[MB_LEN_MAX];
		size_t len;

		if (c >= 0xd800 && c < 0xe000)	/* halves of others */
			continue;
		len = wcrtomb(s, c, &state);
		if (len == (size_t)-1) {
			fprintf(stderr, "text: U+%04lX is not in the locale\n", (long)c);
			return 1;
		}
		if (text_put(s, len, SIZE_MAX) != text_width(s, len)) {
			fprintf(stderr, "text: U+%04lX has two widths\n", (long)c);
			return 1;
		}
		out_char('\n');
	}
	return out_finish(&why) ? 1 : 0;
}
