// SPDX-License-Identifier: GPL-2.0-only
#include "formats.h"

#include <stdio.h>
#include <string.h>

const struct format *format_find(const struct format *formats, const char *name)
{
	for (const struct format *f = formats; f->name; f++)
		if (!strcmp(f->name, name))
			return f;
	return NULL;
}

void formats_help(const struct format *formats)
{
	fputs("Formats:", stdout);
	for (const struct format *f = formats; f->name; f++)
		printf(" %s%s", f->name, f[1].name ? "," : "\n");
}
