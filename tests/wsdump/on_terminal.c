// SPDX-License-Identifier: GPL-2.0-only
/*
 * on_terminal - run a command on a terminal that is so many columns wide
 *
 * usage: on_terminal COLUMNS COMMAND [ARG...]
 *
 * Prints what the command has printed on it. Fails, with a line on standard error, if a line of
 * that is wider than the terminal; or if the command does.
 */
#include <errno.h>
#include <locale.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wchar.h>

#define MAX_OUTPUT (1 << 20)

static char text[MAX_OUTPUT + 1];

/* Reading fails with EIO once nobody has the terminal open any more. */
static size_t read_all(int fd)
{
	size_t n = 0;
	ssize_t got;

	while (n < MAX_OUTPUT && (got = read(fd, text + n, MAX_OUTPUT - n)) > 0)
		n += got;
	return n;
}

/* Of a line of printable characters; -1 if it has others. */
static int width_of(char *line)
{
	wchar_t wide[4096];
	size_t n = mbstowcs(wide, line, 4096);

	return n < 4096 ? wcswidth(wide, n) : -1;
}

int main(int argc, char **argv)
{
	struct winsize size = { .ws_row = 24 };
	int master, status, wrong = 0;
	pid_t pid;

	size.ws_col = argc > 2 ? atoi(argv[1]) : 0;
	if (!size.ws_col || !setlocale(LC_ALL, "")) {
		fprintf(stderr, "usage: on_terminal COLUMNS COMMAND [ARG...]\n");
		return 2;
	}
	pid = forkpty(&master, NULL, NULL, &size);
	if (pid < 0) {
		perror("on_terminal: forkpty");
		return 2;
	}
	if (!pid) {
		execvp(argv[2], argv + 2);
		perror(argv[2]);
		_exit(127);
	}
	text[read_all(master)] = '\0';
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	/* the terminal makes CR LF of each LF */
	for (char *line = strtok(text, "\r\n"); line; line = strtok(NULL, "\r\n")) {
		int width = width_of(line);

		puts(line);
		if (width >= 0 && width <= size.ws_col)
			continue;
		fprintf(stderr, "%d columns of %d: %s\n", width, size.ws_col, line);
		wrong = 1;
	}
	return wrong || status;
}
