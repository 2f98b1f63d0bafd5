// SPDX-License-Identifier: GPL-2.0-only
#include "processes.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "sysfs.h"

static int add(struct process_sources *all, const char *name, const char *pid)
{
	struct process_source *v, s;
	char comm[32];

	sysfs_read(comm, sizeof(comm), "/proc/%s/comm", pid);
	snprintf(s.name, sizeof(s.name), "%s", name);
	snprintf(s.process, sizeof(s.process), "%.31s (PID %.10s)", comm, pid);
	for (size_t i = 0; i < all->nr; i++)
		if (!strcmp(all->v[i].name, s.name) && !strcmp(all->v[i].process, s.process))
			return 0;
	v = realloc(all->v, (all->nr + 1) * sizeof(*v));
	if (!v)
		return -1;
	all->v = v;
	v[all->nr++] = s;
	return 0;
}

/* The kernel names a source as the file: what a link in /proc says, without the file's kind. */
static const char *name_of(const char *link)
{
	const char *name = strncmp(link, "anon_inode:", 11) ? strrchr(link, '/') : link + 10;

	return name ? name + 1 : link;
}

/* Of each file that is waited for: "tfd:        5 events: 20000001 data: ..." */
static int take_epoll(struct process_sources *all, const char *pid, const char *fd)
{
	char path[64], line[256], link[SYSFS_PATH];
	unsigned long target, events;
	char *at;
	int ret = 0;
	ssize_t n;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%.10s/fdinfo/%.10s", pid, fd);
	f = fopen(path, "re");
	if (!f)
		return 0;
	while (!ret && fgets(line, sizeof(line), f)) {
		if (strncmp(line, "tfd:", 4))
			continue;
		target = strtoul(line + 4, &at, 10);
		at = strstr(at, "events:");
		events = at ? strtoul(at + 7, NULL, 16) : 0;
		if (!(events & EPOLLWAKEUP))
			continue;
		ret = add(all, "eventpoll", pid);
		snprintf(path, sizeof(path), "/proc/%.10s/fd/%lu", pid, target);
		n = readlink(path, link, sizeof(link) - 1);
		if (n > 0 && !ret) {
			link[n] = '\0';
			ret = add(all, name_of(link), pid);
		}
	}
	fclose(f);
	return ret;
}

static int take_process(struct process_sources *all, const char *pid)
{
	char path[64], link[64];
	struct dirent *entry;
	int ret = 0, fd;
	ssize_t n;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%.10s/fd", pid);
	dir = opendir(path);
	fd = dir ? dirfd(dir) : -1;
	while (fd >= 0 && !ret && (entry = readdir(dir))) {
		n = readlinkat(fd, entry->d_name, link, sizeof(link) - 1);
		link[n > 0 ? n : 0] = '\0';
		if (!strcmp(link, "anon_inode:[eventpoll]"))
			ret = take_epoll(all, pid, entry->d_name);
	}
	if (dir)
		closedir(dir);
	return ret;
}

int processes_read(struct process_sources *all)
{
	DIR *dir = opendir("/proc");
	struct dirent *entry;
	int ret = 0;

	*all = (struct process_sources) { 0 };
	while (dir && !ret && (entry = readdir(dir)))
		if (entry->d_name[0] >= '0' && entry->d_name[0] <= '9')
			ret = take_process(all, entry->d_name);
	if (dir)
		closedir(dir);
	return ret;
}

void processes_find(const struct process_sources *all, const char *name, char *buf, size_t size)
{
	size_t used = 0;

	buf[0] = '\0';
	for (size_t i = 0; i < all->nr && used < size; i++)
		if (!strcmp(all->v[i].name, name))
			used += snprintf(buf + used, size - used, "%s%s", used ? ", " : "",
					 all->v[i].process);
}

void processes_free(struct process_sources *all)
{
	free(all->v);
	*all = (struct process_sources) { 0 };
}
