// SPDX-License-Identifier: GPL-2.0-only
#include "newfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int newfile_open(struct newfile *file, const char *path, mode_t mode, struct fail *why)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	struct stat st;
	int fd;

	*file = (struct newfile) { .path = path };
	if (!*name)
		return fail(why, "can't write '%s': it names no file", path);
	/* a device or a pipe would be replaced as well */
	if (!lstat(path, &st) && !S_ISREG(st.st_mode) && !S_ISLNK(st.st_mode))
		return fail(why, "can't write %s: it is there and no regular file", path);
	if (asprintf(&file->beside, "%.*s.%s.XXXXXX", (int)(name - path), path, name) < 0) {
		file->beside = NULL;
		return fail(why, "out of memory");
	}
	fd = mkostemp(file->beside, O_CLOEXEC);
	if (fd < 0) {
		fail(why, "can't write %s: %s", path, strerror(errno));
		free(file->beside);
		file->beside = NULL;
		return -1;
	}
	file->f = fchmod(fd, mode) ? NULL : fdopen(fd, "w");
	if (!file->f) {
		fail(why, "can't write %s: %s", path, strerror(errno));
		close(fd);
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
	else if (sync && fsync(fileno(file->f)))
		err = errno;
	if (fclose(file->f) && !err)
		err = errno;
	file->f = NULL;
	if (!err && rename(file->beside, file->path))
		err = errno;
	if (err) {
		newfile_drop(file);
		return fail(why, "can't write %s: %s", file->path, strerror(err));
	}
	free(file->beside);
	file->beside = NULL;
	return 0;
}

void newfile_drop(struct newfile *file)
{
	if (file->f)
		fclose(file->f);
	if (file->beside)
		unlink(file->beside);
	free(file->beside);
	file->f = NULL;
	file->beside = NULL;
}
