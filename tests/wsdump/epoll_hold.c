// SPDX-License-Identifier: GPL-2.0-only
/*
 * epoll_hold - activate a wakeup source of the kernel's own, without a module
 *
 * usage: epoll_hold TIMES
 *
 * A file that epoll waits for with EPOLLWAKEUP has a wakeup source, named after the file,
 * that is active from when it is ready until that has been seen to.
 */
#include <err.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int times = argc == 2 ? atoi(argv[1]) : 0, ep = epoll_create1(0), fd = eventfd(0, 0);
	struct epoll_event event = { .events = EPOLLIN | EPOLLWAKEUP };
	uint64_t n = 1;

	if (ep < 0 || fd < 0 || epoll_ctl(ep, EPOLL_CTL_ADD, fd, &event))
		err(1, "epoll");
	while (times--) {
		if (write(fd, &n, sizeof(n)) != sizeof(n))
			err(1, "write");
		usleep(100000);
		if (read(fd, &n, sizeof(n)) != sizeof(n))
			err(1, "read");
		/* finds nothing ready, which is what releases the source */
		if (epoll_wait(ep, &event, 1, 0) < 0)
			err(1, "epoll_wait");
		usleep(50000);
	}
	return 0;
}
