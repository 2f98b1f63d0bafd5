// SPDX-License-Identifier: GPL-2.0-only
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "privileges.h"

static volatile pid_t child;

static void pass_on(int sig)
{
	int saved = errno;

	kill(child, sig);
	errno = saved;
}

static void handle(int sig, void (*handler)(int), struct sigaction *before)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = SA_RESTART };

	sigaction(sig, NULL, before);
	/*
	 * What nohup(1) and the like have turned off stays off; but who ignores that a child has
	 * ended is not told how.
	 */
	if (before->sa_handler != SIG_IGN || sig == SIGCHLD)
		sigaction(sig, &action, NULL);
}

/*
 * A terminal sends its signals to the command as well, and it is for that to decide
 * what they mean. The others are sent to this process alone, and meant for the command.
 */
static const struct {
	int sig;
	void (*handler)(int);
} signals[] = {
	{ SIGINT, SIG_IGN }, { SIGQUIT, SIG_IGN }, { SIGTERM, pass_on }, { SIGHUP, pass_on },
	{ SIGCHLD, SIG_DFL },
};

#define NR_SIGNALS (sizeof(signals) / sizeof(signals[0]))

/* In the child: returns only when the command can't be run. */
static void run_command(char **argv, const struct sigaction *before, const sigset_t *mask,
			int tell_fd)
{
	int err;

	for (size_t i = 0; i < NR_SIGNALS; i++)
		sigaction(signals[i].sig, &before[i], NULL);
	sigprocmask(SIG_SETMASK, mask, NULL);
	execvp(argv[0], argv);
	err = errno;
	while (write(tell_fd, &err, sizeof(err)) < 0 && errno == EINTR)
		;
}

int child_observer(void *arg, pid_t pid, struct fail *why)
{
	(void)arg;
	(void)pid;
	return become_nobody(STILL_LOAD | STILL_KILL, why);
}

int child_run(char **argv, int (*started)(void *arg, pid_t pid, struct fail *why), void *arg,
	      enum run_status *failed, struct fail *why)
{
	struct sigaction before[NR_SIGNALS];
	int tell[2], status, err, dropped;
	sigset_t block, mask;
	pid_t ended;

	*failed = RUN_FAILED;
	if (pipe2(tell, O_CLOEXEC))
		return fail_errno(why, STEP_OTHER, errno, "can't make a pipe");

	/* one that comes before there is a child waits for it */
	sigemptyset(&block);
	for (size_t i = 0; i < NR_SIGNALS; i++)
		sigaddset(&block, signals[i].sig);
	sigprocmask(SIG_BLOCK, &block, &mask);
	for (size_t i = 0; i < NR_SIGNALS; i++)
		handle(signals[i].sig, signals[i].handler, &before[i]);

	child = fork();
	if (!child) {
		run_command(argv, before, &mask, tell[1]);
		_exit(RUN_CANT_EXEC);
	}
	err = errno;
	close(tell[1]);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	if (child < 0) {
		fail_errno(why, STEP_PROCESS, err, "can't start a process");
		close(tell[0]);
		return -1;
	}

	/* ends at once when the command has been started */
	err = 0;
	while (read(tell[0], &err, sizeof(err)) < 0 && errno == EINTR)
		;
	close(tell[0]);
	dropped = started && !err ? started(arg, child, why) : 0;
	while ((ended = waitpid(child, &status, 0)) < 0 && errno == EINTR)
		;
	if (ended < 0)
		dropped = fail_errno(why, STEP_OTHER, errno, "can't wait for '%s'", argv[0]);
	/* from here on the signals are this process's own again */
	for (size_t i = 0; i < NR_SIGNALS; i++)
		sigaction(signals[i].sig, &before[i], NULL);
	if (err) {
		*failed = err == ENOENT ? RUN_NOT_FOUND : RUN_CANT_EXEC;
		return fail_errno(why, STEP_PROCESS, err, "can't run '%s'", argv[0]);
	}
	if (dropped)
		return -1;
	return WIFSIGNALED(status) ? RUN_SIGNAL + WTERMSIG(status) : WEXITSTATUS(status);
}
