// SPDX-License-Identifier: GPL-2.0-only
#include "newfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int cant_write(const char *path, int err, struct fail *why)
{
	return fail_errno(why, STEP_FILE, err, "can't write %s", path);
}

/* A device, a pipe, or a link to one: that would be replaced as well. */
static bool is_written_in_place(const char *path)
{
	struct stat st;

	return !stat(path, &st) && !S_ISREG(st.st_mode);
}

/* What stands for a descriptor that is open already: /dev/stdout is a link of this kind. */
static bool is_of_proc(const char *path)
{
	const char proc[] = "/proc/";
	char to[sizeof(proc) - 1];

	return readlink(path, to, sizeof(to)) == sizeof(to) && !memcmp(to, proc, sizeof(to));
}

static int open_in_place(const char *path, struct newfile *file, struct fail *why)
{
	int fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);

	file->f = fd < 0 ? NULL : fdopen(fd, "w");
	if (file->f)
		return 0;
	cant_write(path, errno, why);
	if (fd >= 0)
		close(fd);
	return -1;
}

int newfile_open(struct newfile *file, const char *path, mode_t mode, struct fail *why)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	int fd;

	*file = (struct newfile) { .path = path };
	if (!*name)
		return fail(why, "can't write '%s': it names no file", path);
	if (!strcmp(path, "-"))
		return fail(why, "can't write '-': standard output is no file; for one of that name, say ./-");
	if (is_written_in_place(path))
		return open_in_place(path, file, why);
	if (is_of_proc(path))
		return fail(why, "can't write %s: it stands for an open file: use '>' of the shell",
			    path);
	if (asprintf(&file->beside, "%.*s.%s.XXXXXX", (int)(name - path), path, name) < 0) {
		file->beside = NULL;
		return fail(why, "out of memory");
	}
	fd = mkostemp(file->beside, O_CLOEXEC);
	if (fd < 0) {
		cant_write(path, errno, why);
		free(file->beside);
		file->beside = NULL;
		return -1;
	}
	file->f = fchmod(fd, mode) ? NULL : fdopen(fd, "w");
	if (!file->f) {
		cant_write(path, errno, why);
		close(fd);
		newfile_drop(file);
		return -1;
	}
	if (keeper_start(&file->keeper, file->beside, path)) {
		fail_errno(why, STEP_PROCESS, errno, "can't write %s: can't start a process", path);
		newfile_drop(file);
		return -1;
	}
	return 0;
}

int newfile_finish(struct newfile *file, bool sync, struct fail *why)
{
	int err = 0;

	if (fflush(file->f) || ferror(file->f))
		err = errno ? errno : EIO;
	else if (sync && file->beside && fsync(fileno(file->f)))
		err = errno;
	if (fclose(file->f) && !err)
		err = errno;
	file->f = NULL;
	if (!err && file->beside) {
		err = keeper_commit(&file->keeper);
		free(file->beside);
		file->beside = NULL;
	}
	newfile_drop(file);
	return err ? cant_write(file->path, err, why) : 0;
}

void newfile_drop(struct newfile *file)
{
	if (file->f)
		fclose(file->f);
	/* before there is a keeper this process has the right */
	if (file->beside && !file->keeper.pid)
		unlink(file->beside);
	keeper_drop(&file->keeper);
	free(file->beside);
	file->f = NULL;
	file->beside = NULL;
}
