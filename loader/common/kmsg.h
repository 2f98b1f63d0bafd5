/* SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause */
/* What the kernel says in its log from some moment on. */
#ifndef WSDUMP_LOADER_KMSG_H
#define WSDUMP_LOADER_KMSG_H

#include <stdbool.h>
#include <stddef.h>

/** kmsg_mark() - begin here: a descriptor for kmsg_since(), or -1 where the log can't be read */
int kmsg_mark(void);

/**
 * kmsg_since() - the last message since the mark
 * @fd: of kmsg_mark(), which is closed
 * @about: a word that it has to have
 * @said: where to store it, one line
 * @size: bytes of that
 *
 * Return: whether there was one; else @said is empty.
 */
bool kmsg_since(int fd, const char *about, char *said, size_t size);

#endif
