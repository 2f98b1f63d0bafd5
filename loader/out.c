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
		return fail(why, "can't write to standard output: %s", strerror(out.error));
	return 0;
}

void out_bytes(const char *s, size_t n)
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
	while (n--)
		out_char(' ');
}

char *out_u64(char *end, uint64_t number)
{
	do {
		*--end = '0' + number % 10;
		number /= 10;
	} while (number);
	return end;
}
