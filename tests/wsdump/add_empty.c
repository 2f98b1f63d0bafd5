// SPDX-License-Identifier: GPL-2.0-only
/* add_empty FILE - one write() of no bytes, which no shell tool makes */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int fd = argc == 2 ? open(argv[1], O_WRONLY) : -1;

	if (fd < 0 || write(fd, "", 0)) {
		perror("add_empty");
		return 1;
	}
	return 0;
}
