// SPDX-License-Identifier: GPL-2.0-only
#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "before.h"

/* Till the other end of the pipe is closed, which the kernel does for who was killed. */
static void wait_and_restore(int fd)
{
	char name[GOVERNOR_NAME] = "", rest;
	struct fail why;
	ssize_t n;

	/* it is written at once, and is less than a pipe takes as a whole */
	while ((n = read(fd, name, sizeof(name) - 1)) < 0 && errno == EINTR)
		;
	if (n <= 0)
		return;
	while (read(fd, &rest, 1) < 0 && errno == EINTR)
		;
	before_restore(name, &why);
}

int guard_start(struct fail *why)
{
	static const int ignored[] = { SIGINT, SIGQUIT, SIGTERM, SIGHUP };
	int fds[2], null;
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC))
		return fail_errno(why, STEP_OTHER, errno, "can't make a pipe");
	pid = fork();
	if (pid < 0) {
		fail_errno(why, STEP_PROCESS, errno, "can't start a process");
		close(fds[0]);
		close(fds[1]);
		return -1;
	}
	if (pid) {
		close(fds[0]);
		return fds[1];
	}
	close(fds[1]);
	/* what is sent to the terminal's processes, or to the service's, is not for this one */
	setsid();
	for (size_t i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++)
		signal(ignored[i], SIG_IGN);
	prctl(PR_SET_NAME, "freqext-guard");
	/* nobody is to wait for what this might print */
	null = open("/dev/null", O_RDWR);
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO && null >= 0; fd++)
		dup2(null, fd);
	wait_and_restore(fds[0]);
	_exit(0);
}

int guard_name(int fd, const char *name, struct fail *why)
{
	if (write(fd, name, strlen(name)) == (ssize_t)strlen(name))
		return 0;
	return fail_errno(why, STEP_OTHER, errno, "the process that cleans up has ended");
}
