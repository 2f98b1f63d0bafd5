// SPDX-License-Identifier: GPL-2.0-only
#include "terminal.h"

#include <sys/ioctl.h>

size_t terminal_width(int fd)
{
	struct winsize size;

	return ioctl(fd, TIOCGWINSZ, &size) ? 0 : size.ws_col;
}
