// SPDX-License-Identifier: GPL-2.0-only
#include "escape.h"

#include "out.h"
#include "text.h"

static bool is_safe(unsigned char c, bool quoted)
{
	if (c < ' ' || c >= 0x7f || c == '\\')
		return false;
	return !quoted || (c != '"' && c != '$' && c != '`');
}

void escape_put(const char *s, size_t n, bool quoted)
{
	size_t len = quoted ? 0 : text_plain(s, n);

	out_bytes(s, len);	/* in most names that is all */
	for (; len < n; len++) {
		if (is_safe(s[len], quoted)) {
			out_char(s[len]);
		} else {
			out_string("\\x");
			out_hex(s[len]);
		}
	}
}
