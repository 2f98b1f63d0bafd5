// SPDX-License-Identifier: GPL-2.0-only
#include "modprobe.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* By absolute path and with an environment of our own: this may run as root. */
static const char *const paths[] = { "/usr/sbin/modprobe", "/sbin/modprobe", "/system/bin/modprobe" };
static char *const env[] = { "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", NULL };

static const char *find_modprobe(void)
{
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		if (!access(paths[i], X_OK))
			return paths[i];
	return NULL;
}

/* Start it with both outputs in a pipe; returns the pipe's end to read, or -1. */
static int start(const char *path, const char *module, pid_t *pid)
{
	char *const argv[] = { "modprobe", "--", (char *)module, NULL };
	posix_spawn_file_actions_t actions;
	int fds[2], err;

	if (pipe2(fds, O_CLOEXEC))
		return -1;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fds[1], STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, fds[1], STDERR_FILENO);
	err = posix_spawn(pid, path, &actions, NULL, argv, env);
	posix_spawn_file_actions_destroy(&actions);
	close(fds[1]);
	if (err) {
		close(fds[0]);
		errno = err;
		return -1;
	}
	return fds[0];
}

enum modprobe_result modprobe(const char *module, char *said, size_t size)
{
	const char *path = find_modprobe();
	char rest[256], *text;
	int fd, status;
	pid_t pid, ended;
	FILE *out;

	said[0] = '\0';
	if (!path) {
		snprintf(said, size, "there is no modprobe, it comes with package kmod");
		return MODPROBE_NOT_RUN;
	}
	fd = start(path, module, &pid);
	out = fd < 0 ? NULL : fdopen(fd, "r");
	if (!out) {
		snprintf(said, size, "can't run %s: %s", path, strerror(errno));
		return MODPROBE_NOT_RUN;
	}
	if (fgets(said, (int)size, out))
		while (fgets(rest, sizeof(rest), out))
			; /* or it might block on a full pipe */
	fclose(out);
	said[strcspn(said, "\n")] = '\0';

	while ((ended = waitpid(pid, &status, 0)) < 0 && errno == EINTR)
		;
	/* A process that ignores SIGCHLD is not told: then no news is good news. */
	if (ended < 0 ? !said[0] : WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return MODPROBE_DONE;

	/* Its line ends in the C locale's text of the error that the kernel returned. */
	text = strrchr(said, ':');
	if (text && strstr(text, "Exec format error"))
		return MODPROBE_OTHER_KERNEL;
	if (text && (strstr(text, "Key was rejected") || strstr(text, "Required key")))
		return MODPROBE_UNTRUSTED;
	if (!said[0])
		snprintf(said, size, "modprobe %s failed without a word", module);
	return MODPROBE_FAILED;
}
