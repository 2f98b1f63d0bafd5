// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
#include "kmsg.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int kmsg_mark(void)
{
	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd >= 0)
		lseek(fd, 0, SEEK_END);
	return fd;
}

bool kmsg_since(int fd, const char *about, char *said, size_t size)
{
	char record[2048], *text;
	ssize_t n;

	said[0] = '\0';
	if (fd < 0)
		return false;
	/* each read is a record, "6,339,5140900,-;text\n" and lines of what it is about */
	while ((n = read(fd, record, sizeof(record) - 1)) > 0 || (n < 0 && errno == EPIPE)) {
		record[n > 0 ? n : 0] = '\0';
		text = strchr(record, ';');
		if (!text)
			continue;
		text[strcspn(text, "\n")] = '\0';
		/* what it says of any module that is not the kernel's own, loaded or not */
		if (strstr(text, about) && !strstr(text, "taint"))
			snprintf(said, size, "%s", text + 1);
	}
	close(fd);
	return said[0];
}
