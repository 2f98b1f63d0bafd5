// SPDX-License-Identifier: GPL-2.0-only
/*
 * dmabuf_reader - what dmabufdump tells, without BPF: all buffers from debugfs, and who holds
 * them from /proc/PID/fdinfo and /proc/PID/maps of all processes
 *
 * Prints a line for each buffer: INO SIZE EXPORTER DESCRIPTORS MAPPINGS.
 */
#include <ctype.h>
#include <dirent.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct buffer {
	unsigned long ino, size;
	char exporter[64];
	unsigned long fds, maps;
} *buffers;
static size_t nr;

static int by_ino(const void *x, const void *y)
{
	const struct buffer *a = x, *b = y;

	return (a->ino > b->ino) - (a->ino < b->ino);
}

static struct buffer *find(unsigned long ino)
{
	const struct buffer key = { .ino = ino };

	return bsearch(&key, buffers, nr, sizeof(key), by_ino);
}

static void read_bufinfo(void)
{
	FILE *f = fopen("/sys/kernel/debug/dma_buf/bufinfo", "re");
	char line[512];
	size_t room = 0;

	if (!f)
		err(1, "bufinfo");
	while (fgets(line, sizeof(line), f)) {
		struct buffer b = { 0 };

		if (!isdigit(line[0]) || sscanf(line, "%lu %*x %*x %*d %63s %lu", &b.size,
						b.exporter, &b.ino) != 3)
			continue;
		if (nr == room) {
			room = 2 * room + 64;
			buffers = realloc(buffers, room * sizeof(*buffers));
			if (!buffers)
				err(1, "buffers");
		}
		buffers[nr++] = b;
	}
	fclose(f);
	qsort(buffers, nr, sizeof(*buffers), by_ino);
}

static void read_fdinfo(const char *pid)
{
	char path[300], line[512];
	struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%s/fdinfo", pid);
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		unsigned long ino = 0;
		struct buffer *b;
		int is_dmabuf = 0;
		FILE *f;

		if (!isdigit(entry->d_name[0]))
			continue;
		snprintf(path, sizeof(path), "/proc/%s/fdinfo/%s", pid, entry->d_name);
		f = fopen(path, "re");
		while (f && fgets(line, sizeof(line), f)) {
			sscanf(line, "ino: %lu", &ino);
			is_dmabuf |= !strncmp(line, "exp_name:", 9);
		}
		if (f)
			fclose(f);
		b = is_dmabuf ? find(ino) : NULL;
		if (b)
			b->fds++;
	}
	if (dir)
		closedir(dir);
}

static void read_maps(const char *pid)
{
	char path[300], line[512];
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%s/maps", pid);
	f = fopen(path, "re");
	while (f && fgets(line, sizeof(line), f)) {
		unsigned long ino;
		struct buffer *b;

		if (!strstr(line, "/dmabuf") || sscanf(line, "%*s %*s %*s %*s %lu", &ino) != 1)
			continue;
		b = find(ino);
		if (b)
			b->maps++;
	}
	if (f)
		fclose(f);
}

int main(void)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;

	read_bufinfo();
	while (proc && (entry = readdir(proc))) {
		if (!isdigit(entry->d_name[0]))
			continue;
		read_fdinfo(entry->d_name);
		read_maps(entry->d_name);
	}
	for (size_t i = 0; i < nr; i++)
		printf("%lu %lu %s %lu %lu\n", buffers[i].ino, buffers[i].size,
		       buffers[i].exporter, buffers[i].fds, buffers[i].maps);
	return 0;
}
