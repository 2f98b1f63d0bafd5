// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linked into a wsdump, with -Wl,--wrap= for each of these functions: where the environment
 * has DENIED=N:FD, what it asks for the Nth time is denied as by a machine that has no memory
 * left, and a byte written to FD. And where main() begins it makes the system call of denied.h.
 * See tests/wsdump/denied.c.
 */
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "denied.h"

static long left;	/* how often until it is denied, 0 for never */
static int fd;

/*
 * What a count of lines that were run asks for is not the command's: at the exit, and in a
 * child before it becomes another program.
 */
static void end(void)
{
	left = 0;
}

int __real_main(int argc, char **argv);
int __wrap_main(int argc, char **argv);

/* Nor is what the C library asks for before. */
int __wrap_main(int argc, char **argv)
{
	const char *denied = getenv("DENIED");
	char *rest;

	atexit(end);
	pthread_atfork(NULL, NULL, end);
	if (denied) {
		left = strtol(denied, &rest, 10);
		fd = atoi(rest + 1);
	}
	prctl(DENIED_BEGIN);
	return __real_main(argc, argv);
}

static bool is_denied(void)
{
	if (!left || --left)
		return false;
	if (write(fd, "x", 1) != 1)
		abort();
	errno = ENOMEM;
	return true;
}

#define WRAP(type, name, parameters, arguments)		\
	type __real_##name parameters;			\
	type __wrap_##name parameters;			\
	type __wrap_##name parameters			\
	{						\
		return is_denied() ? NULL : __real_##name arguments; \
	}

WRAP(void *, malloc, (size_t size), (size))
WRAP(void *, calloc, (size_t n, size_t size), (n, size))
WRAP(void *, realloc, (void *p, size_t size), (p, size))
WRAP(void *, reallocarray, (void *p, size_t n, size_t size), (p, n, size))

/* Those that take it inside of the C library, where it's not linked statically. */
WRAP(char *, strdup, (const char *s), (s))
WRAP(FILE *, fopen, (const char *path, const char *mode), (path, mode))
WRAP(FILE *, fdopen, (int fd, const char *mode), (fd, mode))
WRAP(DIR *, opendir, (const char *path), (path))
WRAP(DIR *, fdopendir, (int fd), (fd))

int __wrap_asprintf(char **to, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

int __wrap_asprintf(char **to, const char *fmt, ...)
{
	va_list args;
	int n;

	if (is_denied())
		return -1;
	va_start(args, fmt);
	n = vasprintf(to, fmt, args);
	va_end(args);
	return n;
}
