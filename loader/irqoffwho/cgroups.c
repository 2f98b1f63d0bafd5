// SPDX-License-Identifier: GPL-2.0-only
#include "cgroups.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CGROUPS "/sys/fs/cgroup"

/* FILEID_KERNFS of the kernel's exportfs.h: the handle of a file is its number. */
#define KERNFS_HANDLE 0xfe

/* What a descriptor is open on. */
static char *path_of(int fd)
{
	char proc[64], path[PATH_MAX];
	ssize_t len;

	snprintf(proc, sizeof(proc), "/proc/self/fd/%d", fd);
	len = readlink(proc, path, sizeof(path) - 1);
	if (len < 0)
		return NULL;
	path[len] = '\0';
	if (strncmp(path, CGROUPS, strlen(CGROUPS)))
		return NULL;
	return strdup(path[strlen(CGROUPS)] ? path + strlen(CGROUPS) : "/");
}

char *cgroup_path(uint64_t id)
{
	struct file_handle *handle = calloc(1, sizeof(*handle) + sizeof(id));
	int root = open(CGROUPS, O_RDONLY | O_DIRECTORY | O_CLOEXEC), fd = -1;
	char *path = NULL;

	if (handle && root >= 0) {
		handle->handle_bytes = sizeof(id);
		handle->handle_type = KERNFS_HANDLE;
		memcpy(handle->f_handle, &id, sizeof(id));
		fd = open_by_handle_at(root, handle, O_PATH | O_CLOEXEC);
	}
	if (fd >= 0) {
		path = path_of(fd);
		close(fd);
	}
	if (root >= 0)
		close(root);
	free(handle);
	return path;
}
