// SPDX-License-Identifier: GPL-2.0-only
#include "labels.h"

#include <stdbool.h>
#include <stdlib.h>

#include "out.h"
#include "utf8.h"

int label_put(const char *label, const char *s, size_t n)
{
	bool repaired;
	char *text = malloc(3 * n + 1);
	size_t len;

	if (!text)
		return -1;
	len = utf8_repair(text, s, n, &repaired);
	out_string(label);
	out_string("=\"");
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\n') {
			out_string("\\n");
			continue;
		}
		/* these three are all that is escaped */
		if (text[i] == '\\' || text[i] == '"')
			out_char('\\');
		out_char(text[i]);
	}
	out_char('"');
	free(text);
	return 0;
}
