// SPDX-License-Identifier: GPL-2.0-only
#include "sysfs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH_OF(path, fmt)							\
	char path[SYSFS_PATH];							\
	do {									\
		va_list args_;							\
										\
		va_start(args_, fmt);						\
		vsnprintf(path, sizeof(path), fmt, args_);			\
		va_end(args_);							\
	} while (0)

/* One read() of such a file has all of it. */
static int read_path(char *buf, size_t size, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n;
	int err;

	buf[0] = '\0';
	if (fd < 0)
		return -errno;
	n = read(fd, buf, size - 1);
	err = errno;
	close(fd);
	if (n < 0) {
		buf[0] = '\0';
		return -err;
	}
	if (n && buf[n - 1] == '\n')
		n--;
	buf[n] = '\0';
	return n;
}

int sysfs_read(char *buf, size_t size, const char *fmt, ...)
{
	PATH_OF(path, fmt);
	return read_path(buf, size, path);
}

int sysfs_number(int64_t *number, const char *fmt, ...)
{
	char buf[SYSFS_VALUE], *end;
	int n;

	PATH_OF(path, fmt);
	n = read_path(buf, sizeof(buf), path);
	if (n < 0)
		return n;
	errno = 0;
	*number = strtoll(buf, &end, 10);
	return errno || *end || end == buf ? -EINVAL : 0;
}

int sysfs_link(char *buf, size_t size, const char *fmt, ...)
{
	char target[SYSFS_PATH];
	ssize_t n;

	PATH_OF(path, fmt);
	buf[0] = '\0';
	n = readlink(path, target, sizeof(target) - 1);
	if (n < 0)
		return -errno;
	target[n] = '\0';
	snprintf(buf, size, "%s", strrchr(target, '/') ? strrchr(target, '/') + 1 : target);
	return 0;
}

bool sysfs_there(const char *fmt, ...)
{
	PATH_OF(path, fmt);
	return !access(path, F_OK);
}
