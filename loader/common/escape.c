// SPDX-License-Identifier: GPL-2.0-only
#include "escape.h"

#include "out.h"
#include "text.h"

void escape_put(const char *s, size_t n, bool quoted)
{
	if (!n)
		return;		/* @s may be NULL then, which memcpy() doesn't take */
	if (!quoted && text_plain(s, n) == n) {
		out_bytes(s, n);
		return;
	}
	for (; n; n--, s++) {
		unsigned char c = *s;

		if (c >= ' ' && c < 0x7f && c != '\\' &&
		    !(quoted && (c == '"' || c == '$' || c == '`'))) {
			out_char(c);
		} else {
			out_string("\\x");
			out_hex(c);
		}
	}
}
