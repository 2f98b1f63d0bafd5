/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TESTS_BOOKS_H
#define TESTS_BOOKS_H

/*
 * What the fixture's own books, see fixture/ws_books.c, say of a snapshot: read them
 * before it and after it, then check each source.
 */
#include "libwakeup/libwakeup.h"

/* Read them; false if there are none. */
bool books_before(void);
void books_after(void);

/* What is wrong with a source, or NULL: also for one that there are no books about. */
const char *books_check(const struct wakeup_source *src);

/* How many sources have been compared with their books, of all snapshots. */
extern unsigned long books_compared;

#endif
