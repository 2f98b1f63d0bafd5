// SPDX-License-Identifier: GPL-2.0-only
/*
 * faults - have the kernel fail one thing after the other, in one task only
 *
 * usage: faults ROUNDS module FILE NAME	load the module NAME from FILE, of which none is
 *						loaded before
 *	  faults ROUNDS snapshot SOURCES	by the library, of so many sources
 *	  faults ROUNDS command LINES PROGRAM [ARG...]	that prints so many lines
 *
 * What can fail is any memory that the kernel allocates and any copy between it and the
 * task, see the kernel's documentation of fail-nth. How many of them there are is counted first.
 * Then one fails in each round, some ROUNDS of them evenly spread from the first to the last, or
 * each of them with ROUNDS 0. If none of these faults made the work fail, those in between have
 * their turn: that nothing ever fails is said only of all of them. Each round must fail with an
 * error that says something, or do all of its work, and without a fault the next must do all
 * of it.
 *
 * Prints what is wrong, and counts; fails if anything was.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libwakeup/libwakeup.h"
#include "said.h"

static unsigned long wrong;
static char said[1000];		/* why a round failed */

static void complain(const char *what, const char *more)
{
	if (wrong++ < 10)
		printf("%s%s\n", what, more);
}

/* Once more if it fails, for that may have been the fault. */
static void access_file(const char *file, int flags, char *text, size_t len)
{
	ssize_t done = -1;
	int fd, i;

	for (i = 0; i < 2 && done < 0; i++) {
		fd = open(file, flags | O_CLOEXEC);
		if (fd < 0)
			continue;
		done = flags == O_RDONLY ? read(fd, text, len) : write(fd, text, len);
		close(fd);
	}
	need(done > 0, file);
}

/* fail-nth of a task: the nth thing from now on fails, or none if it's 0. */
static void set_fault(const char *file, unsigned int nth)
{
	char number[16];

	access_file(file, O_WRONLY, number, snprintf(number, sizeof(number), "%u", nth));
}

/* How many more things there would have to be, 0 if the fault was. No fault from now on. */
static unsigned int end_fault(const char *file)
{
	char number[16] = "";

	access_file(file, O_RDONLY, number, sizeof(number) - 1);
	set_fault(file, 0);
	return strtoul(number, NULL, 10);
}

#define PATIENCE 600		/* seconds */
#define NO_FAULT 1000000000U	/* more than there ever are */

#define OWN "/proc/thread-self/fail-nth"

/* --- what is done in a round: true if all of it was, else `said` has the reason ---- */

static const char *module_file, *module_name;

static bool load_module(unsigned int nth, unsigned int *left)
{
	bool loaded;
	int fd, err;

	fd = open(module_file, O_RDONLY | O_CLOEXEC);
	need(fd >= 0, module_file);
	set_fault(OWN, nth);
	loaded = !syscall(SYS_finit_module, fd, "", 0);
	err = errno;
	*left = end_fault(OWN);
	close(fd);
	if (loaded) {
		/* what was going to happen in it later still holds a reference */
		int i;

		for (i = 0; i < 20 * PATIENCE; i++) {
			if (!syscall(SYS_delete_module, module_name, O_NONBLOCK))
				return true;
			usleep(50000);
		}
		complain("too slow, or wrong: it can't be unloaded: ", strerror(errno));
		exit(1);
	}
	snprintf(said, sizeof(said), "%s", strerror(err));
	return false;
}

static size_t wanted;

static bool snapshot(unsigned int nth, unsigned int *left)
{
	const struct wakeup_snapshot *snap = NULL;
	struct wakeup_reader *reader;
	size_t size = 0;

	set_fault(OWN, nth);
	reader = wakeup_open(0);
	if (reader)
		snap = wakeup_snapshot_take(reader);
	*left = end_fault(OWN);
	if (snap)
		size = wakeup_snapshot_size(snap);
	else
		snprintf(said, sizeof(said), "%s", wakeup_error());
	wakeup_close(reader);
	if (snap && size != wanted) {
		snprintf(said, sizeof(said), "%zu sources, wanted %zu", size, wanted);
		complain(said, "");
	}
	return snap;
}

static char **command;

/* From its first instruction to its last. */
static bool run_command(unsigned int nth, unsigned int *left)
{
	char file[40], out[100], more[150];
	size_t lines, errors;
	int to[2], err[2], status;
	siginfo_t info;
	pid_t pid;

	need(!pipe2(to, O_CLOEXEC) && !pipe2(err, O_CLOEXEC), "pipe");
	/* all of it has to fit, for it's read when the command has ended */
	need(fcntl(to[1], F_SETPIPE_SZ, 1 << 20) > 0, "pipe");
	pid = fork();
	need(pid >= 0, "fork");
	if (!pid) {
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		dup2(to[1], STDOUT_FILENO);
		dup2(err[1], STDERR_FILENO);
		execvp(command[0], command);
		_exit(127);
	}
	need(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status), command[0]);
	snprintf(file, sizeof(file), "/proc/%d/fail-nth", pid);
	set_fault(file, nth);
	need(!ptrace(PTRACE_DETACH, pid, NULL, NULL), "ptrace");

	need(!waitid(P_PID, pid, &info, WEXITED | WNOWAIT), "waitid");
	*left = end_fault(file);
	need(waitpid(pid, &status, 0) == pid, "waitpid");
	close(to[1]);
	close(err[1]);
	lines = read_lines(to[0], out, sizeof(out));
	errors = read_lines(err[0], said, sizeof(said));

	snprintf(more, sizeof(more), ": status 0x%x, %zu lines, errors: %.60s", status, lines, said);
	if (!status && (lines != wanted || *said))
		complain("not all is listed, and no error", more);
	else if (status && errors != 1)
		complain("not one line says why", more);
	else if (strstr(said, "Unknown error"))
		complain("a number says why", more);
	said[strcspn(said, "\n")] = 0;
	return !status;
}

/* --- the rounds ------------------------------------------------------------------ */

/* What is wrong with a round in which the nth thing was to fail; returns how many were left. */
static unsigned int a_round(bool (*work)(unsigned int, unsigned int *), unsigned int nth,
			    unsigned int *failed)
{
	unsigned int left, unused;
	char fault[40];

	snprintf(fault, sizeof(fault), "fault %u: ", nth);
	if (!work(nth, &left)) {
		*failed += !left;
		count_error(said);
		if (!*said)
			complain(fault, "an error that says nothing");
		if (left)
			complain(fault, "there was none, and it failed");
	}
	snprintf(fault, sizeof(fault), "after fault %u: ", nth);
	if (!work(0, &unused))
		complain(fault, said);
	return left;
}

static void rounds(bool (*work)(unsigned int nth, unsigned int *left), unsigned int wanted_rounds)
{
	unsigned int total, left, nth, step = 1, done = 0, failed = 0;

	if (!work(NO_FAULT, &left))
		complain("with no fault: ", said);
	total = NO_FAULT - left;
	if (wanted_rounds && wanted_rounds < total)
		step = total / wanted_rounds;
	for (;;) {
		/* there may be some more than were counted, or fewer */
		for (nth = 1; nth < 2 * total && !a_round(work, nth, &failed); nth += step)
			done++;
		if (failed || step == 1)
			break;
		step = (step + 1) / 2;
	}
	print_errors();
	printf("%u things can fail, in %u rounds one did: %u failed, %u did all; wrong %lu\n",
	       total, done, failed, done - failed, wrong);
	if (!failed)
		complain("nothing ever failed", "");
}

int main(int argc, char **argv)
{
	bool (*work)(unsigned int, unsigned int *) = snapshot;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc == 5 && !strcmp(argv[2], "module")) {
		module_file = argv[3];
		module_name = argv[4];
		work = load_module;
	} else if (argc >= 5 && !strcmp(argv[2], "command")) {
		command = argv + 4;
		work = run_command;
	} else if (argc != 4 || strcmp(argv[2], "snapshot")) {
		return 2;
	}
	if (work != load_module)
		wanted = strtoul(argv[3], NULL, 10);
	rounds(work, atoi(argv[1]));
	return wrong != 0;
}
