// SPDX-License-Identifier: GPL-2.0-only
#include "pins.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <linux/magic.h>
#include <bpf/bpf.h>


#define BPFFS "/sys/fs/bpf"

#define PATH_SIZE 128

static void dir_path(char path[PATH_SIZE], const char *name)
{
	snprintf(path, PATH_SIZE, "%s/%s", BPFFS, name);
}

static void object_path(char path[PATH_SIZE], const char *name, const char *object, uint64_t id)
{
	snprintf(path, PATH_SIZE, "%s/%s/%s-%016llx", BPFFS, name, object,
		 (unsigned long long)id);
}

/* A descriptor of the directory; only root can have made it, and put things there. */
static int open_dir(const char *name)
{
	char path[PATH_SIZE];
	struct stat st;
	int fd;

	dir_path(path, name);
	fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return -1;
	if (!fstat(fd, &st) && !st.st_uid && !(st.st_mode & 077))
		return fd;
	close(fd);
	errno = EPERM;
	return -1;
}

int pins_lock(const char *name)
{
	int fd = open_dir(name);

	/* Not waiting: who has it may be waiting itself, to print to a full pipe. */
	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB)) {
		close(fd);
		return -1;
	}
	return fd;
}

int pins_get(const char *name, const char *object, uint64_t id)
{
	char path[PATH_SIZE];

	object_path(path, name, object, id);
	return bpf_obj_get(path);
}

/* Remove everything in the directory behind @fd; what is not a pin stays. */
static int empty(int fd)
{
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0), err = 0;
	DIR *dir = copy < 0 ? NULL : fdopendir(copy);
	struct dirent *entry;

	if (!dir) {
		if (copy >= 0)
			close(copy);
		return -1;
	}
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.' && unlinkat(fd, entry->d_name, 0) && errno != ENOENT)
			err = -1;
	closedir(dir);
	return err;
}

int pins_make(const char *name, struct fail *why)
{
	char path[PATH_SIZE];
	struct statfs fs;
	int fd;

	if (statfs(BPFFS, &fs) || fs.f_type != BPF_FS_MAGIC)
		return fail(why, "the BPF file system is not mounted: run 'mount -t bpf bpf %s' as root",
			    BPFFS);
	dir_path(path, name);
	if (mkdir(path, 0700) && errno != EEXIST)
		return fail(why, "can't make %s: %s", path, strerror(errno));
	fd = open_dir(name);
	if (fd < 0)
		return fail(why, "%s is not a directory that root alone may enter: remove it",
			    path);
	if (flock(fd, LOCK_EX | LOCK_NB)) {
		fail(why, "another process is using %s: try again when it has ended", path);
		close(fd);
		return -1;
	}
	if (empty(fd)) {
		fail(why, "can't remove what is in %s: %s", path, strerror(errno));
		close(fd);
		return -1;
	}
	return fd;
}

int pins_put(const char *name, const char *object, uint64_t id, int fd, struct fail *why)
{
	char path[PATH_SIZE];

	object_path(path, name, object, id);
	/* readable and writable for the owner only, whatever the umask */
	if (bpf_obj_pin(fd, path))
		return fail(why, "can't pin %s: %s", path, strerror(errno));
	return 0;
}

int pins_remove(const char *name, struct fail *why)
{
	char path[PATH_SIZE];
	int fd = open_dir(name), err;

	dir_path(path, name);
	if (fd < 0)
		return errno == ENOENT ? 0 : fail(why, "can't open %s: %s", path, strerror(errno));
	err = empty(fd) || rmdir(path) ? errno : 0;
	close(fd);
	return err ? fail(why, "can't remove %s: %s", path, strerror(err)) : 1;
}
