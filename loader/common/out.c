// SPDX-License-Identifier: GPL-2.0-only
#include "out.h"

#include <errno.h>
#include <unistd.h>

struct out out;

void out_flush(void)
{
	size_t done = 0;
	ssize_t n;

	while (done < out.n && !out.error) {
		n = write(STDOUT_FILENO, out.buf + done, out.n - done);
		if (n >= 0)
			done += n;
		else if (errno != EINTR)
			out.error = errno;
	}
	out.n = 0;
}

int out_finish(struct fail *why)
{
	out_flush();
	/* some file systems tell only then */
	if (!out.error && close(STDOUT_FILENO) && errno != EINTR)
		out.error = errno;
	if (out.error)
		return fail_errno(why, STEP_FILE, out.error, "can't write to standard output");
	return 0;
}

void out_many_bytes(const char *s, size_t n)
{
	while (n > OUT_SIZE - out.n) {
		size_t part = OUT_SIZE - out.n;

		memcpy(out.buf + out.n, s, part);
		out.n += part;
		s += part;
		n -= part;
		out_flush();
	}
	memcpy(out.buf + out.n, s, n);
	out.n += n;
}

void out_spaces(size_t n)
{
	while (n) {
		size_t part = n < OUT_SIZE ? n : OUT_SIZE;
		char *p = out_room(part);

		memset(p, ' ', part);
		out_done(p + part);
		n -= part;
	}
}

char *number_put_long(char *p, uint64_t number)
{
	static const char pairs[] =
		"00010203040506070809101112131415161718192021222324"
		"25262728293031323334353637383940414243444546474849"
		"50515253545556575859606162636465666768697071727374"
		"75767778798081828384858687888990919293949596979899";
	char digits[NUMBER_LEN + 1], *end = digits + sizeof(digits), *s = end;

	/* two digits at a time, from the last on; the first may be a 0 too many */
	do {
		s -= 2;
		memcpy(s, &pairs[number % 100 * 2], 2);
		number /= 100;
	} while (number);
	s += *s == '0';
	return mempcpy(p, s, end - s);
}
