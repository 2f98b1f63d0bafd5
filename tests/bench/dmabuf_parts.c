// SPDX-License-Identifier: GPL-2.0-only
/*
 * dmabuf_parts - what the parts of a look at dma-bufs cost
 *
 * usage: dmabuf_parts N PART
 *
 * Makes N buffers of the fixture, by a descriptor each, and prints "sources NUMBER" and "cpu
 * NANOSECONDS" for one pass of PART, the median of several:
 *
 *	export	make and free one more buffer, for each of N
 *	bufinfo	read the kernel's file in debugfs
 *	walk	dmabufdump's walk
 *	fdinfo	open, read and close /proc/self/fdinfo/FD of each
 *	files	dmabufdump's iterator over open files
 */
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "../fixture/dmabuf_fixture.h"
#include "dmabufdump/programs.h"
#include "inside.h"

const char program_name[] = "dmabuf_parts";

static struct programs programs = PROGRAMS_NONE;
static int device, *fds, nr;

static int make(void)
{
	struct fixture_export export = { .size = 4096, .exporter = "bench" };
	int fd = ioctl(device, FIXTURE_EXPORT, &export);

	if (fd < 0)
		err(1, "can't make a buffer");
	return fd;
}

static unsigned long export_part(void)
{
	for (int i = 0; i < nr; i++)
		close(make());
	return nr;
}

/* Lines that begin with a digit are buffers. */
static unsigned long bufinfo(void)
{
	static char text[1 << 20];
	int fd = open("/sys/kernel/debug/dma_buf/bufinfo", O_RDONLY);
	unsigned long lines = 0;
	char last = '\n';
	ssize_t n;

	while ((n = read(fd, text, sizeof(text))) > 0)
		for (ssize_t i = 0; i < n; last = text[i++])
			lines += last == '\n' && text[i] >= '0' && text[i] <= '9';
	close(fd);
	return lines;
}

static unsigned long walk(void)
{
	struct fail why;
	size_t n;

	if (programs_walk(&programs, &n, &why))
		errx(1, "%s", why.text);
	return n;
}

static unsigned long fdinfo(void)
{
	unsigned long found = 0;
	char path[64], text[1024];

	for (int i = 0; i < nr; i++) {
		int fd;
		ssize_t n;

		snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fds[i]);
		fd = open(path, O_RDONLY);
		n = read(fd, text, sizeof(text) - 1);
		text[n > 0 ? n : 0] = '\0';
		found += strstr(text, "exp_name:") != NULL;
		close(fd);
	}
	return found;
}

static unsigned long files(void)
{
	struct fail why;
	char *data;
	size_t size;

	if (programs_read(&programs, OBJECT_FILES, false, &data, &size, &why))
		errx(1, "%s", why.text);
	free(data);
	return size / sizeof(struct db_holder);
}

static const struct {
	const char *name;
	unsigned long (*run)(void);
} parts[] = {
	{ "export", export_part }, { "bufinfo", bufinfo }, { "walk", walk },
	{ "fdinfo", fdinfo }, { "files", files },
};

int main(int argc, char **argv)
{
	struct rlimit limit = { 1 << 20, 1 << 20 };
	struct inside inside = { 0 };
	unsigned long found = 0;
	struct fail why;
	size_t part = 0;

	while (argc == 3 && part < sizeof(parts) / sizeof(parts[0]) &&
	       strcmp(parts[part].name, argv[2]))
		part++;
	if (argc != 3 || part == sizeof(parts) / sizeof(parts[0]))
		errx(2, "usage: dmabuf_parts N PART");
	nr = atoi(argv[1]);
	setrlimit(RLIMIT_NOFILE, &limit);
	device = open(DMABUF_FIXTURE, O_RDWR | O_CLOEXEC);
	fds = calloc(nr, sizeof(*fds));
	if (device < 0 || !fds)
		err(1, "the fixture");
	if (part)	/* else there are none before */
		for (int i = 0; i < nr; i++)
			fds[i] = make();
	if ((parts[part].run == walk || parts[part].run == files) &&
	    programs_open(&programs, 0, &why))
		errx(1, "%s", why.text);
	if (parts[part].run == walk)
		walk();		/* makes the buffer as large as it has to be */
	for (int pass = 0; pass < PASSES; pass++) {
		inside_begin(&inside, pass);
		found = parts[part].run();
		inside_end(&inside, pass);
	}
	inside_print(&inside, found);
	programs_close(&programs);
	return 0;
}
