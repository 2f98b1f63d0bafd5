/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What commands say that are run over and over, for faults.c and denied.c.
 */
#ifndef TESTS_SAID_H
#define TESTS_SAID_H

#include <stdbool.h>
#include <stddef.h>

/* What this program can't go on without: ends it, with errno's reason, where it does not hold. */
void need(bool holds, const char *what);

/*
 * How many lines there are from where @fd is to its end, with the first @size - 1 bytes as a
 * string in @text; @fd is closed.
 */
unsigned long read_lines(int fd, char *text, size_t size);

/* Count the first line of @error, by what it says: of some ten different ones. */
void count_error(const char *error);

/* Print what was counted, a line for each. */
void print_errors(void);

#endif
