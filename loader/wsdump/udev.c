// SPDX-License-Identifier: GPL-2.0-only
/*
 * By the files that udev keeps in /run, and libudev reads: lines of "E:KEY=VALUE". That library
 * can't be linked statically, and the command may be.
 */
#include "udev.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The value, if the line is of that key. */
static void take(char *buf, size_t size, const char *line, const char *key)
{
	size_t len = strlen(key);

	if (!strncmp(line, "E:", 2) && !strncmp(line + 2, key, len) && line[2 + len] == '=')
		snprintf(buf, size, "%.*s", (int)strcspn(line + len + 3, "\n"), line + len + 3);
}

void udev_name(char *buf, size_t size, const char *subsystem, const char *name)
{
	char path[256], maker[64] = "", model[80] = "", *line = NULL;
	size_t room = 0;
	FILE *f;

	buf[0] = '\0';
	snprintf(path, sizeof(path), "/run/udev/data/+%s:%s", subsystem, name);
	f = fopen(path, "re");
	if (!f)
		return;
	while (getline(&line, &room, f) > 0) {
		take(maker, sizeof(maker), line, "ID_VENDOR_FROM_DATABASE");
		take(model, sizeof(model), line, "ID_MODEL_FROM_DATABASE");
	}
	free(line);
	fclose(f);
	if (model[0])
		snprintf(buf, size, "%s%s%s", maker, maker[0] ? " " : "", model);
}
