// SPDX-License-Identifier: GPL-2.0-only
#include "target.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "out.h"

static int set_mode(void *to, const char *arg, struct fail *why)
{
	struct target *target = to;
	char *end;

	target->mode = strtoul(arg, &end, 8);
	if (*end || *arg < '0' || *arg > '7' || strlen(arg) > 4 || target->mode > 0777)
		return fail(why, "'%s' are no permissions such as 644", arg);
	target->has_mode = true;
	return 0;
}

const struct option_row target_options[] = {
	{ "write", 0, "FILE", "print to FILE, which is there when it is complete",
	  option_string, offsetof(struct target, path) },
	{ "mode", 0, "OCTAL", "permissions of that file, 600 by default", set_mode, 0 },
	{ 0 }
};

int target_check(const struct target *target, struct fail *why)
{
	if (target->has_mode && !target->path)
		return fail(why, "--mode is for the file of --write");
	return 0;
}

int target_open(struct target *target, struct fail *why)
{
	if (!target->path)
		return 0;
	/* a limit on the size of files (ulimit -f) is an error of write(), and no end of this */
	signal(SIGXFSZ, SIG_IGN);
	if (newfile_open(&target->file, target->path, target->has_mode ? target->mode : 0600, why))
		return -1;
	if (dup2(fileno(target->file.f), STDOUT_FILENO) < 0)
		return fail_errno(why, STEP_FILE, errno, "can't write %s", target->path);
	return 0;
}

int target_finish(struct target *target, struct fail *why)
{
	int err = out_finish(why);

	if (!target->path)
		return err;
	if (err)
		return fail_errno(why, STEP_FILE, out.error, "can't write %s", target->path);
	return newfile_finish(&target->file, false, why);
}

void target_drop(struct target *target)
{
	newfile_drop(&target->file);
}
