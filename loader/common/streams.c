// SPDX-License-Identifier: GPL-2.0-only
#include "streams.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int hold_standard_streams(struct fail *why)
{
	if (fcntl(STDIN_FILENO, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != STDIN_FILENO)
		return fail(why, "can't open /dev/null: %s", strerror(errno));
	if (fcntl(STDOUT_FILENO, F_GETFD) < 0)
		return fail(why, "standard output is closed: there is nowhere to print to");
	if (fcntl(STDERR_FILENO, F_GETFD) < 0 && open("/dev/null", O_WRONLY) != STDERR_FILENO)
		return fail(why, "can't open /dev/null: %s", strerror(errno));
	return 0;
}

int close_stdout(struct fail *why)
{
	int err = 0;

	/* A failed write drops what it could not write; trying it again tells why. */
	if (fflush(stdout) || (ferror(stdout) && (putchar(' ') == EOF || fflush(stdout))))
		err = errno;
	else if (ferror(stdout))
		err = EIO;
	if (fclose(stdout) && !err)
		err = errno;
	return err ? fail(why, "can't write to standard output: %s", strerror(err)) : 0;
}
