// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "said.h"

#define ERRORS 64

static struct {
	char text[200];
	unsigned long times;
} errors[ERRORS];

void need(bool holds, const char *what)
{
	if (!holds) {
		perror(what);
		exit(2);
	}
}

unsigned long read_lines(int fd, char *text, size_t size)
{
	unsigned long lines = 0;
	size_t len = 0;
	char buf[4096];
	ssize_t n, i;

	while ((n = read(fd, buf, sizeof(buf))) > 0) {
		for (i = 0; i < n; i++) {
			if (len + 1 < size)
				text[len++] = buf[i];
			lines += buf[i] == '\n';
		}
	}
	need(!n, "read");
	text[len] = 0;
	close(fd);
	return lines;
}

void count_error(const char *error)
{
	char text[sizeof(errors[0].text)];
	unsigned int i;

	snprintf(text, sizeof(text), "%.*s", (int)strcspn(error, "\n"), error);
	for (i = 0; i < ERRORS; i++) {
		if (!errors[i].times)
			memcpy(errors[i].text, text, sizeof(text));
		if (!strcmp(errors[i].text, text)) {
			errors[i].times++;
			return;
		}
	}
}

void print_errors(void)
{
	unsigned int i;

	for (i = 0; i < ERRORS && errors[i].times; i++)
		printf("%lu times: %s\n", errors[i].times, errors[i].text);
}
