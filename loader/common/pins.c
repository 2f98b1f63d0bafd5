// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
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

/*
 * A descriptor of the directory; only root can have made it, and put things there. What is
 * there and is none has ENOTDIR.
 */
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
	errno = ENOTDIR;
	return -1;
}

/* Say why there is none. */
static int no_dir(const char *path, struct fail *why)
{
	/* where there is a link in its place */
	if (errno == ENOTDIR || errno == ELOOP)
		return fail(why, "%s is not a directory that root alone may enter: remove it",
			    path);
	return fail_errno(why, STEP_FILE, errno, "can't open %s", path);
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
	struct statfs fs = { 0 };
	bool made;
	int fd;

	if (statfs(BPFFS, &fs) && errno != ENOENT)
		return fail_errno(why, STEP_FILE, errno, "can't look at %s", BPFFS);
	if (fs.f_type != BPF_FS_MAGIC)
		return fail(why, "the BPF file system is not mounted: run 'mount -t bpf bpf %s' as root",
			    BPFFS);
	dir_path(path, name);
	made = !mkdir(path, 0700);
	if (!made && errno != EEXIST)
		return fail_errno(why, STEP_FILE, errno, "can't make %s", path);
	fd = open_dir(name);
	if (fd < 0) {
		no_dir(path, why);
		/* anybody may make one there, which then would be in root's way */
		if (made)
			rmdir(path);
		return -1;
	}
	if (flock(fd, LOCK_EX | LOCK_NB)) {
		if (errno == EWOULDBLOCK)
			fail(why, "another process is using %s: try again when it has ended", path);
		else
			fail_errno(why, STEP_OTHER, errno, "can't lock %s", path);
		close(fd);
		if (made)
			rmdir(path);
		return -1;
	}
	if (empty(fd)) {
		fail_errno(why, STEP_FILE, errno, "can't remove what is in %s", path);
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
		return fail_errno(why, STEP_BPF, errno, "can't pin %s", path);
	return 0;
}

int pins_remove(const char *name, struct fail *why)
{
	char path[PATH_SIZE];
	int fd = open_dir(name), err;

	dir_path(path, name);
	if (fd < 0)
		return errno == ENOENT ? 0 : no_dir(path, why);
	err = empty(fd) || rmdir(path) ? errno : 0;
	close(fd);
	return err ? fail_errno(why, STEP_FILE, err, "can't remove %s", path) : 1;
}
