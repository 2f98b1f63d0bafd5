// SPDX-License-Identifier: GPL-2.0-only
/*
 * By the files that udev keeps in /run, whose format has been the same since 2009: "E:KEY=VALUE".
 * libudev reads the same files. It can't be linked statically, and the command may be.
 */
#include "udev.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void udev_property(char *buf, size_t size, const char *subsystem, const char *name,
		   const char *key)
{
	const size_t len = strlen(key);
	char path[256], *line = NULL;
	size_t room = 0;
	FILE *f;

	buf[0] = '\0';
	snprintf(path, sizeof(path), "/run/udev/data/+%s:%s", subsystem, name);
	f = fopen(path, "re");
	if (!f)
		return;
	while (!buf[0] && getline(&line, &room, f) > 0)
		if (!strncmp(line, "E:", 2) && !strncmp(line + 2, key, len) && line[2 + len] == '=')
			snprintf(buf, size, "%.*s", (int)strcspn(line + len + 3, "\n"), line + len + 3);
	free(line);
	fclose(f);
}
