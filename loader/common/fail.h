/* SPDX-License-Identifier: GPL-2.0-only */
/* One line for the user: what failed, where, and what to do about it. */
#ifndef WSDUMP_LOADER_FAIL_H
#define WSDUMP_LOADER_FAIL_H

struct fail {
	char text[640];
};

/**
 * fail() - note why something failed
 * @why: where to note it; an earlier reason is replaced
 * @fmt: printf format of one line, without the program's name or a newline
 *
 * Return: -1, for the caller to return.
 */
int fail(struct fail *why, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
