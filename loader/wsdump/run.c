// SPDX-License-Identifier: GPL-2.0-only
/* wsdump run: what happened while a command ran. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "diff.h"
#include "common/clock.h"
#include "common/newfile.h"
#include "common/out.h"
#include "common/privileges.h"
#include "verbs.h"

/* As env(1), nice(1) and timeout(1) have it, so that it is no command's own. */
enum run_status {
	RUN_FAILED = 125,
	RUN_CANT_EXEC = 126,
	RUN_NOT_FOUND = 127,
	RUN_SIGNAL = 128,	/* and the signal's number added */
};

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

/* Run it; returns its exit status, or -1 with the reason in @why and status in @failed. */
static int run(char **argv, enum run_status *failed, struct fail *why)
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

	/* the command has its user's; this has only to look again, and to pass on signals */
	dropped = become_nobody(STILL_LOAD | STILL_KILL, why);

	/* ends at once when the command has been started */
	err = 0;
	while (read(tell[0], &err, sizeof(err)) < 0 && errno == EINTR)
		;
	close(tell[0]);
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

/* Time in suspend since the boot, and what passes between two calls. */
static int64_t asleep_ns(void)
{
	uint64_t monotonic = clock_ns(CLOCK_MONOTONIC);

	return clock_ns(CLOCK_BOOTTIME) - monotonic;
}

struct options {
	struct diff_options diff;
	const char *write;
	struct newfile file;	/* of that */
	bool verbose;
};

static const struct option_row write_options[] = {
	{ "write", 'w', "FILE", "print the difference to FILE, not standard error",
	  option_string, offsetof(struct options, write) },
	{ 0 }
};

/* Where the difference goes; it is the command's standard output until then. */
static int open_output(struct options *o, struct fail *why)
{
	int fd;

	if (o->write)
		return newfile_open(&o->file, o->write, 0600, why) ? -1 : fileno(o->file.f);
	/* the first that is free, behind the standard streams: with a 3 here no room is EINVAL */
	fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
	return fd < 0 ? fail_errno(why, STEP_OTHER, errno, "can't print") : fd;
}

static int print(struct options *o, int fd, const struct states *old, const struct states *new,
		 int64_t asleep, struct fail *why)
{
	if (dup2(fd, STDOUT_FILENO) < 0)
		return fail_errno(why, STEP_OTHER, errno, "can't print");
	/* two clocks read one after the other are never quite even */
	if (asleep < 1000000)
		asleep = 0;
	if (diff_print(&o->diff, old, new, false, asleep, why))
		return -1;
	if (out_finish(why))
		return fail_errno(why, STEP_FILE, out.error, o->write ? "can't write %s" :
				  "can't print%s", o->write ?: "");
	return o->write ? newfile_finish(&o->file, true, why) : 0;
}

static int run_and_print(struct options *o, char **argv, struct wakeup_reader *reader, int fd)
{
	struct states old = { 0 }, new = { 0 };
	enum run_status failed = RUN_FAILED;
	struct fail why;
	int64_t asleep;
	int status = -1;

	if (states_now(reader, &old, &why))
		goto out;
	asleep = asleep_ns();
	status = run(argv, &failed, &why);
	asleep = asleep_ns() - asleep;
	if (status >= 0 &&
	    (states_now(reader, &new, &why) || become_nobody(0, &why) ||
	     print(o, fd, &old, &new, asleep, &why))) {
		complain(why.text);
		/* a command's failure says more than that of its observer */
		status = status ? status : RUN_FAILED;
		goto out_quiet;
	}
out:
	if (status < 0) {
		complain(why.text);
		status = failed;
	}
out_quiet:
	states_free(&old);
	states_free(&new);
	return status;
}

int run_main(int argc, char **argv)
{
	struct options o = { .diff = DIFF_OPTIONS };
	const struct option_group groups[] = {
		{ "What to print", change_options, &o.diff.filter },
		{ NULL, order_options, &o.diff.list },
		{ "How to print it", column_options, &o.diff.list },
		{ NULL, format_options, &o.diff.list },
		{ NULL, time_options, &o.diff.list },
		{ NULL, write_options, &o },
		{ NULL, verbose_options, &o.verbose },
		{ 0 }
	};
	const struct command cmd = {
		.name = "wsdump run",
		.operands = "[--] COMMAND [ARGUMENT...]",
		.about =
			"Run a command, then print what wakeup sources did meanwhile, on standard error.\n"
			"The exit status is the command's: 128 and the signal's number if one ended it,\n"
			"126 if it can't be run, 127 if it is not found, 125 if wsdump itself failed.\n",
		.groups = groups,
		.in_order = true,
		.more = diff_help,
		.examples =
			" sudo wsdump run -- sleep 60\n"
			" sudo wsdump run -- rtcwake -m mem -s 30\n"
			" sudo wsdump run --json -w night.json -- systemctl suspend\n",
	};
	struct wakeup_reader *reader;
	struct fail why;
	int first, status, fd;

	status = command_parse(&cmd, argc, argv, &first);
	if (status >= 0)
		return status ? RUN_FAILED : STATUS_OK;
	if (first == argc) {
		usage_error(&cmd, "the command is missing");
		return RUN_FAILED;
	}
	if (listing_ready(&o.diff.list, &why)) {
		usage_error(&cmd, "%s", why.text);
		return RUN_FAILED;
	}
	fd = open_output(&o, &why);
	if (fd < 0) {
		complain(why.text);
		return RUN_FAILED;
	}
	reader = wakeup_open(o.verbose ? WAKEUP_VERBOSE : 0);
	if (reader) {
		status = run_and_print(&o, argv + first, reader, fd);
	} else {
		complain(wakeup_error());
		status = RUN_FAILED;
	}
	wakeup_close(reader);
	newfile_drop(&o.file);
	return status;
}
