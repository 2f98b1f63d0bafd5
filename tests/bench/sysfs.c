// SPDX-License-Identifier: GPL-2.0-only
/*
 * sysfs - read the ten attributes of every wakeup source in /sys/class/wakeup
 *
 * usage: sysfs open	open, read and close each file, once
 *	  sysfs pread	keep the files open and read them again; prints what one
 *			such pass costs, and the kernel memory that the files take
 *
 * What is read is counted, not printed: the figures are for reading alone.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "inside.h"

#define NR_ATTRIBUTES	10
static const char *const attributes[NR_ATTRIBUTES] = {
	"name", "active_count", "event_count", "wakeup_count", "expire_count",
	"active_time_ms", "total_time_ms", "max_time_ms", "last_change_ms",
	"prevent_suspend_time_ms",
};

static unsigned long bytes;

static int open_at(int dir, const char *name, int flags)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | flags);

	if (fd < 0)
		err(1, "%s", name);
	return fd;
}

static void read_attribute(int fd)
{
	char value[4096];
	ssize_t n = pread(fd, value, sizeof(value), 0);

	if (n <= 0)
		err(1, "read");
	bytes += n;
}

static unsigned long slab_kib(void)
{
	unsigned long kib = 0;
	char line[128];
	FILE *f = fopen("/proc/meminfo", "r");

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "Slab: %lu", &kib) == 1)
			break;
	if (!kib)
		errx(1, "no Slab in /proc/meminfo");
	fclose(f);
	return kib;
}

int main(int argc, char **argv)
{
	int keep = argc == 2 && !strcmp(argv[1], "pread");
	unsigned long sources = 0, nr_fds = 0, slab = 0;
	struct inside inside = { 0 };
	struct dirent *entry;
	int *fds = NULL, source;
	DIR *dir;

	if (!keep && (argc != 2 || strcmp(argv[1], "open")))
		errx(2, "usage: sysfs open|pread");
	if (keep) {
		struct rlimit many = { 200000, 200000 };

		if (setrlimit(RLIMIT_NOFILE, &many))
			err(1, "setrlimit");
		slab = slab_kib();
	}
	dir = opendir("/sys/class/wakeup");
	if (!dir)
		err(1, "/sys/class/wakeup");
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		if (keep) {
			fds = realloc(fds, (nr_fds + NR_ATTRIBUTES) * sizeof(*fds));
			if (!fds)
				err(1, "realloc");
		}
		/* by way of its directory: the entry is a symbolic link, slow to follow */
		source = open_at(dirfd(dir), entry->d_name, O_DIRECTORY);
		for (int i = 0; i < NR_ATTRIBUTES; i++) {
			int fd = open_at(source, attributes[i], 0);

			read_attribute(fd);
			if (keep)
				fds[nr_fds++] = fd;
			else
				close(fd);
		}
		close(source);
		sources++;
	}
	if (!keep) {
		printf("sources %lu\nbytes %lu\n", sources, bytes);
		return 0;
	}

	for (int pass = 0; pass < PASSES; pass++) {
		inside_begin(&inside, pass);
		for (unsigned long i = 0; i < nr_fds; i++)
			read_attribute(fds[i]);
		inside_end(&inside, pass);
	}
	inside_print(&inside, sources);
	printf("held %lu\n", slab_kib() - slab);
	return 0;
}
