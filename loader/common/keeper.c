// SPDX-License-Identifier: GPL-2.0-only
#include "keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* In the process: what it is asked for, or the end of the one that asks. */
static void keep(int ask, const char *beside, const char *path)
{
	ssize_t n;
	char word;
	int err = 0;

	/* no stream, lock or pipe of the other's is to stay open for this */
	if (dup2(ask, STDIN_FILENO) < 0 || close_range(STDIN_FILENO + 1, ~0U, 0))
		err = errno;
	while (!err && (n = read(STDIN_FILENO, &word, 1)) < 0)
		if (errno != EINTR)
			err = errno;
	if (!err && n == 1) {
		if (!rename(beside, path))
			_exit(0);
		err = errno;
	}
	unlink(beside);
	_exit(err);
}

int keeper_start(struct keeper *keeper, const char *beside, const char *path)
{
	sigset_t all, before;
	int err;

	if (pipe2(keeper->ask, O_CLOEXEC))
		return -1;
	/* what a terminal sends to both is for the other to decide */
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);
	keeper->pid = fork();
	if (!keeper->pid)
		keep(keeper->ask[0], beside, path);
	err = errno;
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (keeper->pid > 0)
		return 0;
	close(keeper->ask[0]);
	close(keeper->ask[1]);
	keeper->pid = 0;
	errno = err;
	return -1;
}

/* Its status. Who ignores SIGCHLD is told of none, so this must not meanwhile. */
static int end(struct keeper *keeper, bool commit)
{
	const struct sigaction action = { .sa_handler = SIG_DFL };
	struct sigaction before;
	int status = 0, err = 0;

	sigaction(SIGCHLD, &action, &before);
	if (commit && write(keeper->ask[1], "", 1) != 1)
		err = errno;
	close(keeper->ask[1]);
	close(keeper->ask[0]);
	while (waitpid(keeper->pid, &status, 0) < 0 && errno != ECHILD)
		;
	sigaction(SIGCHLD, &before, NULL);
	keeper->pid = 0;
	if (err)
		return err;
	return WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
}

int keeper_commit(struct keeper *keeper)
{
	return end(keeper, true);
}

void keeper_drop(struct keeper *keeper)
{
	if (keeper->pid)
		end(keeper, false);
}
