// SPDX-License-Identifier: GPL-2.0-only
/*
 * measure - what one process costs, from exec to exit
 *
 * usage: measure TIMES FILE COMMAND...
 *
 * Runs COMMAND that often with its output in FILE and prints
 *
 *	CPU-MICROSECONDS WALL-NANOSECONDS PEAK-KIB
 *
 * CPU time is the process's own, so what the kernel does for others in between does
 * not count, and where a clock counts instructions it is the number of them: the median.
 * Of wall time the least, as other work of the machine makes it longer and never
 * shorter. Exits with 1 as soon as COMMAND fails.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_TIMES 99

static uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000ULL + ts.tv_nsec;
}

static uint64_t usec(const struct timeval *tv)
{
	return tv->tv_sec * 1000000ULL + tv->tv_usec;
}

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void start(const char *file, char **argv)
{
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0)
		err(125, "%s", file);
	close(fd);
	execv(argv[0], argv);
	err(127, "%s", argv[0]);
}

int main(int argc, char **argv)
{
	uint64_t cpu[MAX_TIMES], wall[MAX_TIMES];
	int status, times = argc < 4 ? 0 : atoi(argv[1]);
	struct rusage usage;
	long peak = 0;

	if (times < 1 || times > MAX_TIMES)
		errx(2, "usage: measure TIMES FILE COMMAND...");
	for (int i = 0; i < times; i++) {
		uint64_t began;
		pid_t pid;

		usleep(100000);		/* what is freed late is not to be charged to the next */
		began = now_ns();
		pid = fork();
		if (pid < 0)
			err(1, "fork");
		if (!pid)
			start(argv[2], argv + 3);
		if (wait4(pid, &status, 0, &usage) < 0)
			err(1, "wait4");
		if (!WIFEXITED(status) || WEXITSTATUS(status))
			errx(1, "%s failed", argv[3]);
		wall[i] = now_ns() - began;
		cpu[i] = usec(&usage.ru_utime) + usec(&usage.ru_stime);
		if (usage.ru_maxrss > peak)
			peak = usage.ru_maxrss;
	}
	qsort(cpu, times, sizeof(cpu[0]), compare);
	qsort(wall, times, sizeof(wall[0]), compare);
	printf("%llu %llu %ld\n", (unsigned long long)cpu[times / 2],
	       (unsigned long long)wall[0], peak);
	return 0;
}
