/* SPDX-License-Identifier: GPL-2.0-only */
/* Files as memory, and giving up with a reason. */
#ifndef WSDUMP_MODULE_BTF_FILE_H
#define WSDUMP_MODULE_BTF_FILE_H

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

__attribute__((format(printf, 1, 2), noreturn))
static inline void die(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

/* Map a file whole; what is written to a @writable one ends up in the file. */
static inline char *map_file(const char *path, bool writable, size_t *size)
{
	int fd = open(path, writable ? O_RDWR : O_RDONLY);
	struct stat st;
	char *map;

	if (fd < 0 || fstat(fd, &st))
		die("%s: %s", path, strerror(errno));
	if (!st.st_size)
		die("%s is empty", path);
	map = mmap(NULL, st.st_size, writable ? PROT_READ | PROT_WRITE : PROT_READ,
		   MAP_SHARED, fd, 0);
	if (map == MAP_FAILED)
		die("%s: %s", path, strerror(errno));
	close(fd);
	*size = st.st_size;
	return map;
}

#endif
