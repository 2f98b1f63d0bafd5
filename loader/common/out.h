/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Standard output for the printers: as stdio's, but a number that is 0 costs a few
 * instructions, not a call of printf. Not to be mixed with stdio's in one run.
 */
#ifndef WSDUMP_LOADER_OUT_H
#define WSDUMP_LOADER_OUT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "fail.h"

#define OUT_SIZE	(16 * 1024)
#define NUMBER_LEN	20	/* digits of the largest number */

extern struct out {
	size_t n;		/* bytes waiting in buf */
	int error;		/* errno of the first write that failed */
	char buf[OUT_SIZE];
} out;

/** out_flush() - write what is waiting; an error is kept for out_finish() */
void out_flush(void);

/**
 * out_finish() - write the rest
 *
 * Return: 0 when everything has been written, or -1 with the reason in @why.
 */
int out_finish(struct fail *why);

/* out_bytes() for what does not fit */
void out_many_bytes(const char *s, size_t n);

/** out_bytes() - print @n bytes of any value */
static inline void out_bytes(const char *s, size_t n)
{
	if (n > OUT_SIZE - out.n) {
		out_many_bytes(s, n);
	} else {
		memcpy(out.buf + out.n, s, n);
		out.n += n;
	}
}

/**
 * out_room() - where to put bytes that are printed
 * @n: how many at most, up to OUT_SIZE
 *
 * Return: room for so many; out_done() prints them.
 */
static inline char *out_room(size_t n)
{
	if (n > OUT_SIZE - out.n)
		out_flush();
	return out.buf + out.n;
}

/** out_done() - print what is at out_room(), up to @end */
static inline void out_done(const char *end)
{
	out.n = end - out.buf;
}

/** out_spaces() - print @n spaces */
void out_spaces(size_t n);

static inline void out_char(char c)
{
	if (out.n == OUT_SIZE)
		out_flush();
	out.buf[out.n++] = c;
}

static inline void out_string(const char *s)
{
	out_bytes(s, strlen(s));
}

/* number_put() for those of several digits */
char *number_put_long(char *p, uint64_t number);

/**
 * number_put() - write a number in decimal, to memory
 * @p: where to, with room for NUMBER_LEN
 * @number: the number, which most often is 0
 *
 * Return: the end.
 */
static inline char *number_put(char *p, uint64_t number)
{
	if (number >= 10)
		return number_put_long(p, number);
	*p = '0' + number;
	return p + 1;
}

static inline void out_number(uint64_t number)
{
	out_done(number_put(out_room(NUMBER_LEN), number));
}

/* A byte as two hexadecimal digits. */
static inline void out_hex(unsigned char c)
{
	out_char("0123456789abcdef"[c >> 4]);
	out_char("0123456789abcdef"[c & 15]);
}

#endif
