/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Standard output for the printers: as stdio's, but a digit costs an instruction or
 * two, not a call of printf. Not to be mixed with stdio's in one run.
 */
#ifndef WSDUMP_LOADER_OUT_H
#define WSDUMP_LOADER_OUT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "fail.h"

#define OUT_SIZE	(16 * 1024)
#define OUT_U64_LEN	20	/* digits of the largest number */

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

/* out_bytes() for any number of them */
void out_many_bytes(const char *s, size_t n);

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

/** out_bytes() - print @n bytes of any value */
static inline void out_bytes(const char *s, size_t n)
{
	char *p;

	/* Most are a name or a number: with two moves, which overlap. */
	if (n < 8 || n > 16) {
		out_many_bytes(s, n);
		return;
	}
	p = out_room(16);
	memcpy(p, s, 8);
	memcpy(p + n - 8, s + n - 8, 8);
	out_done(p + n);
}

/** out_spaces() - print @n spaces */
void out_spaces(size_t n);

/**
 * out_u64() - write a number in decimal
 * @end: where it is to end; up to OUT_U64_LEN bytes before that are overwritten
 *
 * Return: where it begins.
 */
char *out_u64(char *end, uint64_t number);

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

/**
 * out_put_number() - write a number in decimal
 * @p: where to, with room for OUT_U64_LEN
 *
 * Return: the end.
 */
static inline char *out_put_number(char *p, uint64_t number)
{
	char buf[OUT_U64_LEN], *s;

	if (number < 10) {
		*p = '0' + number;
		return p + 1;
	}
	s = out_u64(buf + sizeof(buf), number);
	memcpy(p, s, buf + sizeof(buf) - s);
	return p + (buf + sizeof(buf) - s);
}

static inline void out_number(uint64_t number)
{
	out_done(out_put_number(out_room(OUT_U64_LEN), number));
}

/* A byte as two hexadecimal digits. */
static inline void out_hex(unsigned char c)
{
	out_char("0123456789abcdef"[c >> 4]);
	out_char("0123456789abcdef"[c & 15]);
}

#endif
