// SPDX-License-Identifier: GPL-2.0-only
/*
 * snapshot - the library's call alone, as a program that stays in memory makes it
 *
 * Prints what one call costs once the reader is open and its buffer has grown to
 * the list, and the kernel memory that the open reader holds: its programs, maps
 * and BTF as the kernel itself accounts them.
 *
 * With "open" it opens the library and ends. With the name of a terminal it makes one
 * such call, between marks that it writes there: see profile-init.
 */
#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../loader/libwakeup/libwakeup.h"
#include "inside.h"

static unsigned long held_bytes(void)
{
	unsigned long sum = 0, n;
	char path[300], line[128];
	struct dirent *entry;
	DIR *dir = opendir("/proc/self/fdinfo");
	FILE *f;

	if (!dir)
		err(1, "/proc/self/fdinfo");
	while ((entry = readdir(dir))) {
		snprintf(path, sizeof(path), "/proc/self/fdinfo/%s", entry->d_name);
		f = fopen(path, "r");
		while (f && fgets(line, sizeof(line), f))
			if (sscanf(line, "memlock: %lu", &n) == 1)
				sum += n;
		if (f)
			fclose(f);
	}
	closedir(dir);
	return sum;
}

static void mark(int tty, const char *text)
{
	char c;

	if (write(tty, text, strlen(text)) != (ssize_t)strlen(text))
		err(1, "the marks' terminal");
	while (read(tty, &c, 1) == 1)
		if (c == '\n')
			return;
	err(1, "the marks' terminal");
}

static int profile(struct wakeup_reader *reader, const char *path)
{
	int tty = open(path, O_RDWR | O_NOCTTY);
	const struct wakeup_snapshot *snap;

	if (tty < 0)
		err(1, "%s", path);
	mark(tty, "begin snapshot\n");
	snap = wakeup_snapshot_take(reader);
	mark(tty, "end\n");
	if (!snap)
		errx(1, "%s", wakeup_error());
	return 0;
}

int main(int argc, char **argv)
{
	struct inside inside = { 0 };
	struct wakeup_reader *reader = wakeup_open(0);
	const struct wakeup_snapshot *snap;

	if (argc > 1 && !strcmp(argv[1], "open")) {
		if (!reader)
			errx(1, "%s", wakeup_error());
		wakeup_close(reader);
		return 0;
	}
	snap = reader ? wakeup_snapshot_take(reader) : NULL;
	if (snap && argc > 1)
		return profile(reader, argv[1]);
	for (int pass = 0; snap && pass < PASSES; pass++) {
		inside_begin(&inside, pass);
		snap = wakeup_snapshot_take(reader);
		inside_end(&inside, pass);
	}
	if (!snap)
		errx(1, "%s", wakeup_error());
	inside_print(&inside, wakeup_snapshot_size(snap));
	printf("held %lu\n", (held_bytes() + 1023) / 1024);
	wakeup_close(reader);
	return 0;
}
