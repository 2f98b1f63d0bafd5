// SPDX-License-Identifier: GPL-2.0-only
#include "streams.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int hold_standard_streams(struct fail *why)
{
	if (fcntl(STDIN_FILENO, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != STDIN_FILENO)
		return fail_errno(why, STEP_FILE, errno, "can't open /dev/null");
	if (fcntl(STDOUT_FILENO, F_GETFD) < 0)
		return fail(why, "standard output is closed: there is nowhere to print to");
	if (fcntl(STDERR_FILENO, F_GETFD) < 0 && open("/dev/null", O_WRONLY) != STDERR_FILENO)
		return fail_errno(why, STEP_FILE, errno, "can't open /dev/null");
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
	return err ? fail_errno(why, STEP_FILE, err, "can't write to standard output") : 0;
}
