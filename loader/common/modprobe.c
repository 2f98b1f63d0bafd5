// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
#include "modprobe.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kmsg.h"

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

/* Its line ends in the C locale's text of the error that the kernel returned. */
static int error_named_in(const char *said)
{
	const char *text = strrchr(said, ':');

	for (int err = 1; text && err <= EHWPOISON; err++)
		if (!strcmp(text + 1 + strspn(text + 1, " "), strerror(err)))
			return err;
	return 0;
}

int modprobe(const char *module, struct modprobe *result, struct fail *why)
{
	const char *path = find_modprobe();
	int fd, log_fd, status;
	pid_t pid, ended;
	char rest[256];
	FILE *out;

	*result = (struct modprobe) { 0 };
	if (!path)
		return fail(why, "could not load module %s: there is no modprobe, it comes with package kmod",
			    module);
	log_fd = kmsg_mark();
	fd = start(path, module, &pid);
	out = fd < 0 ? NULL : fdopen(fd, "r");
	if (!out) {
		fail_errno(why, STEP_PROCESS, errno, "could not load module %s: can't run %s",
			   module, path);
		if (log_fd >= 0)
			close(log_fd);
		return -1;
	}
	if (fgets(result->said, sizeof(result->said), out))
		while (fgets(rest, sizeof(rest), out))
			; /* or it might block on a full pipe */
	fclose(out);
	result->said[strcspn(result->said, "\n")] = '\0';

	while ((ended = waitpid(pid, &status, 0)) < 0 && errno == EINTR)
		;
	kmsg_since(log_fd, module, result->logged, sizeof(result->logged));
	/* A process that ignores SIGCHLD is not told: then no news is good news. */
	if (ended < 0 ? !result->said[0] : WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 1;
	result->err = error_named_in(result->said);
	if (!result->said[0])
		snprintf(result->said, sizeof(result->said), "modprobe %s failed without a word",
			 module);
	return 0;
}
