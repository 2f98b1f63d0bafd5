// SPDX-License-Identifier: GPL-2.0-only
/*
 * dmabufs ACTION... - make dma-bufs and hold them
 *
 * Actions, one after the other, of which all but the first four are about the last buffer:
 *
 *	make SIZE EXPORTER	one of the fixture module
 *	many N SIZE EXPORTER	N of these, each by a descriptor
 *	heap SIZE		one of the system heap
 *	udmabuf SIZE		one of memory of this process
 *	name NAME		its name
 *	dup			another descriptor
 *	map			a mapping
 *	close			close its descriptor
 *	send			send a descriptor to a socket where nobody receives it
 *	keep			have the fixture module hold it as well
 *	fork			a child that holds what this process does
 *	rename			give it one of two names, again and again, from here on
 *
 * Prints the inode number of each single buffer, then "ready", and waits to be ended.
 */
#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <linux/dma-buf.h>
#include <linux/dma-heap.h>
#include <linux/udmabuf.h>

#include "../fixture/dmabuf_fixture.h"

static int device = -1;

static int make(const char *size, const char *exporter)
{
	struct fixture_export export = { .size = strtoull(size, NULL, 0) };
	int fd;

	if (device < 0)
		device = open(DMABUF_FIXTURE, O_RDWR | O_CLOEXEC);
	snprintf(export.exporter, sizeof(export.exporter), "%s", exporter);
	fd = ioctl(device, FIXTURE_EXPORT, &export);
	if (fd < 0)
		err(1, "can't make a buffer of the fixture");
	return fd;
}

static int heap(const char *size)
{
	struct dma_heap_allocation_data data = {
		.len = strtoull(size, NULL, 0), .fd_flags = O_RDWR | O_CLOEXEC,
	};
	int fd = open("/dev/dma_heap/system", O_RDONLY | O_CLOEXEC);

	if (fd < 0 || ioctl(fd, DMA_HEAP_IOCTL_ALLOC, &data))
		err(1, "can't make a buffer of the system heap");
	close(fd);
	return data.fd;
}

static int udmabuf(const char *size)
{
	struct udmabuf_create create = {
		.flags = UDMABUF_FLAGS_CLOEXEC, .size = strtoull(size, NULL, 0),
	};
	int fd = open("/dev/udmabuf", O_RDWR | O_CLOEXEC), buf;

	create.memfd = memfd_create("dmabufs", MFD_ALLOW_SEALING | MFD_CLOEXEC);
	if (create.memfd == (__u32)-1 || ftruncate(create.memfd, create.size) ||
	    fcntl(create.memfd, F_ADD_SEALS, F_SEAL_SHRINK))
		err(1, "can't make memory for udmabuf");
	buf = ioctl(fd, UDMABUF_CREATE, &create);
	if (buf < 0)
		err(1, "can't make a buffer of udmabuf");
	close(create.memfd);
	close(fd);
	return buf;
}

static void send_away(int fd)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(int))];
	} control = { .head = {
		.cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS,
	} };
	struct iovec byte = { .iov_base = "x", .iov_len = 1 };
	struct msghdr msg = {
		.msg_iov = &byte, .msg_iovlen = 1,
		.msg_control = &control, .msg_controllen = sizeof(control),
	};
	int pair[2];

	memcpy(CMSG_DATA(&control.head), &fd, sizeof(fd));
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) || sendmsg(pair[0], &msg, 0) != 1)
		err(1, "can't send a descriptor");
}

static unsigned long inode(int fd)
{
	struct stat st;

	if (fstat(fd, &st))
		err(1, "can't look at the buffer");
	return st.st_ino;
}

static off_t size_of(int fd)
{
	off_t size = lseek(fd, 0, SEEK_END);

	if (size < 0)
		err(1, "can't tell the buffer's size");
	return size;
}

static void name(int fd, const char *name)
{
	if (ioctl(fd, DMA_BUF_SET_NAME_B, name))
		err(1, "can't name the buffer");
}

/* The next argument. */
static char ***arguments;
static const char *next(void)
{
	if (!**arguments)
		errx(2, "an argument is missing");
	return *(*arguments)++;
}

int main(int argc, char **argv)
{
	struct rlimit limit = { 1 << 20, 1 << 20 };
	bool renames = false;
	int fd = -1;

	(void)argc;
	argv++;
	arguments = &argv;
	setrlimit(RLIMIT_NOFILE, &limit);
	while (*argv) {
		const char *action = next(), *size, *exporter;
		int made = -1;

		if (!strcmp(action, "make")) {
			size = next();
			made = make(size, next());
		} else if (!strcmp(action, "many")) {
			int n = atoi(next());

			size = next();
			exporter = next();
			while (n--)
				fd = make(size, exporter);
		} else if (!strcmp(action, "heap")) {
			made = heap(next());
		} else if (!strcmp(action, "udmabuf")) {
			made = udmabuf(next());
		} else if (!strcmp(action, "name")) {
			name(fd, next());
		} else if (!strcmp(action, "dup")) {
			if (dup(fd) < 0)
				err(1, "can't duplicate the descriptor");
		} else if (!strcmp(action, "map")) {
			if (mmap(NULL, size_of(fd), PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED)
				err(1, "can't map the buffer");
		} else if (!strcmp(action, "close")) {
			close(fd);
		} else if (!strcmp(action, "send")) {
			send_away(fd);
		} else if (!strcmp(action, "keep")) {
			if (ioctl(device, FIXTURE_KEEP, &fd))
				err(1, "the fixture does not keep the buffer");
		} else if (!strcmp(action, "fork")) {
			if (!fork()) {
				/* named, and no longer there than its parent */
				prctl(PR_SET_NAME, "dmabufs-child");
				prctl(PR_SET_PDEATHSIG, SIGKILL);
				for (;;)
					pause();
			}
		} else if (!strcmp(action, "rename")) {
			renames = true;
		} else {
			errx(2, "no action '%s'", action);
		}
		if (made >= 0) {
			fd = made;
			printf("%lu\n", inode(fd));
		}
	}
	puts("ready");
	fflush(stdout);
	while (renames) {
		name(fd, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
		name(fd, "bbbbbbb");
	}
	for (;;)
		pause();
}
