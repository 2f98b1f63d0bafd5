// SPDX-License-Identifier: GPL-2.0-only
#include "pins.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <linux/magic.h>

#include "bpf_sys.h"

#define BPFFS "/sys/fs/bpf"

#define PATH_SIZE 128

static char *append(char *p, const char *end, const char *s)
{
	while (*s && p < end - 1)
		*p++ = *s++;
	*p = '\0';
	return p;
}

static void dir_path(char path[PATH_SIZE], const char *name)
{
	append(append(path, path + PATH_SIZE, BPFFS "/"), path + PATH_SIZE, name);
}

static void object_path(char path[PATH_SIZE], const char *name, const char *object, uint64_t id)
{
	char *end = path + PATH_SIZE, hex[18] = "-";

	for (int i = 0; i < 16; i++)
		hex[1 + i] = "0123456789abcdef"[id >> (60 - 4 * i) & 15];
	hex[17] = '\0';
	dir_path(path, name);
	append(append(append(path + strlen(path), end, "/"), end, object), end, hex);
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
	union bpf_attr attr;

	object_path(path, name, object, id);
	memset(&attr, 0, sizeof(attr));
	attr.pathname = bpf_ptr(path);
	return bpf_sys(BPF_OBJ_GET, &attr, BPF_ATTR_SIZE(file_flags));
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
	union bpf_attr attr;
	mode_t mask;
	int err;

	object_path(path, name, object, id);
	memset(&attr, 0, sizeof(attr));
	attr.pathname = bpf_ptr(path);
	attr.bpf_fd = fd;
	mask = umask(077);
	err = bpf_sys(BPF_OBJ_PIN, &attr, BPF_ATTR_SIZE(file_flags));
	umask(mask);
	return err ? fail(why, "can't pin %s: %s", path, strerror(errno)) : 0;
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
