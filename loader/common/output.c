// SPDX-License-Identifier: GPL-2.0-only
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "out.h"

const struct option_row output_options[] = {
	{ "write", 'w', "FILE", "print the difference to FILE, not standard error",
	  option_string, offsetof(struct output, path) },
	{ 0 }
};

int output_open(struct output *output, struct fail *why)
{
	int fd;

	if (output->path)
		return newfile_open(&output->file, output->path, 0600, why) ? -1 :
			fileno(output->file.f);
	/* the first that is free, behind the standard streams: with a 3 here no room is EINVAL */
	fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
	return fd < 0 ? fail_errno(why, STEP_OTHER, errno, "can't print") : fd;
}

int output_begin(int fd, struct fail *why)
{
	/* the command has ended: a limit on the size of files is an error of write() from here on */
	signal(SIGXFSZ, SIG_IGN);
	return dup2(fd, STDOUT_FILENO) < 0 ? fail_errno(why, STEP_OTHER, errno, "can't print") : 0;
}

int output_finish(struct output *output, struct fail *why)
{
	if (out_finish(why))
		return fail_errno(why, STEP_FILE, out.error, output->path ? "can't write %s" :
				  "can't print%s", output->path ?: "");
	return output->path ? newfile_finish(&output->file, true, why) : 0;
}

void output_drop(struct output *output)
{
	newfile_drop(&output->file);
}
