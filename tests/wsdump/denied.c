// SPDX-License-Identifier: GPL-2.0-only
/*
 * denied - deny a command one thing after the other that it asks for
 *
 * usage: denied [-b SHELL] [-a SHELL] [-e ERRNO] [-r ROUNDS] [-p] [-t] memory|calls COMMAND [ARG...]
 *
 * Denied is memory in the user's space, or system calls, which return the error ERRNO, or EIO, and
 * do nothing. Both need a command that denied_memory.c was linked into. It's the first in
 * the first round, the second in the second, and so on until in a round there was none left to
 * deny; with ROUNDS only so many of them, evenly spread. In each round the command must either
 * do as when nothing is denied, by its number of lines on standard output and standard error, or
 * fail with one line that says why, and nothing on standard output unless it's that which fails.
 *
 * -b is run before each round, -a after it with STATUS as the command's; it prints what is wrong
 * with what the command left. With -p the command prints before it knows that all goes well, so
 * the line may come after others. With -t it has a terminal.
 *
 * Prints what is wrong, and counts; fails if anything was.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "denied.h"
#include "said.h"

static const char *before, *after;
static bool terminal, prints, calls;
static int error = EIO;
static char **command;

static unsigned long wrong;

/* What came of a round. */
struct result {
	int status;
	unsigned long out, err;		/* lines */
	char said[4000];			/* the first of standard error, and the last line */
	const char *why;
	bool denied;
	bool unsaid;			/* denied was that something is said there */
	char what[40];
};

/* --- system calls ------------------------------------------------------------------ */

/* Where the C library is if it is one of its own: the calls of others are not the command's. */
static unsigned long libc_begin, libc_end;

static void find_libc(pid_t pid)
{
	unsigned long begin, end;
	char path[32], line[512];
	FILE *maps;

	libc_begin = libc_end = 0;
	snprintf(path, sizeof(path), "/proc/%d/maps", pid);
	maps = fopen(path, "re");
	need(maps, path);
	while (fgets(line, sizeof(line), maps)) {
		if (!strstr(line, "/libc.so") || sscanf(line, "%lx-%lx", &begin, &end) != 2)
			continue;
		if (!libc_begin)
			libc_begin = begin;
		libc_end = end;
	}
	fclose(maps);
}

/* Up to the next stop for a system call; false if the command has ended. */
static bool next_stop(pid_t pid, int *status)
{
	int sig = 0;

	for (;;) {
		need(!ptrace(PTRACE_SYSCALL, pid, NULL, sig), "ptrace");
		need(waitpid(pid, status, 0) == pid, "waitpid");
		if (!WIFSTOPPED(*status))
			return false;
		if (WSTOPSIG(*status) == (SIGTRAP | 0x80))
			return true;
		sig = WSTOPSIG(*status);
	}
}

static bool ends_in(pid_t pid, unsigned long addr, const char *end)
{
	char text[512] = "";
	size_t i, len;

	for (i = 0; i < sizeof(text) - sizeof(long) && !memchr(text, 0, i); i += sizeof(long)) {
		long word = ptrace(PTRACE_PEEKDATA, pid, addr + i, NULL);

		memcpy(text + i, &word, sizeof(word));
	}
	len = strlen(text);
	return len >= strlen(end) && !strcmp(text + len - strlen(end), end);
}

/*
 * At the beginning of a call: none is made, and it ends with an error. But Linux closes a file
 * whatever it says.
 */
static void deny(pid_t pid, const struct user_regs_struct *regs)
{
	bool grows = regs->orig_rax == SYS_brk;
	struct user_regs_struct denied = *regs;
	int status;

	/* that has no errors: it says where the end is, which stays there */
	if (grows)
		denied.rdi = 0;
	else if (regs->orig_rax != SYS_close)
		denied.orig_rax = -1;
	need(!ptrace(PTRACE_SETREGS, pid, NULL, &denied), "ptrace");
	need(next_stop(pid, &status), "the denied call");
	need(!ptrace(PTRACE_GETREGS, pid, NULL, &denied), "ptrace");
	denied.rdi = regs->rdi;
	if (!grows)
		denied.rax = -error;
	need(!ptrace(PTRACE_SETREGS, pid, NULL, &denied), "ptrace");
}

/* Without it the C library ends the process, and says so. */
static bool is_vital(unsigned long long call)
{
	return call == SYS_getrandom;
}

/*
 * From where main() begins to where it ends deny the nth call; counts down in *@left. What
 * starts a program and what sanitizers and counts of lines do at its exit is not the command's.
 * Returns whether it has ended, with @status.
 */
static bool deny_call(pid_t pid, unsigned long nth, unsigned long *left, struct result *r,
		      int *status)
{
	struct user_regs_struct regs;
	bool begun = false;

	*left = nth;
	need(!ptrace(PTRACE_SETOPTIONS, pid, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL), "ptrace");
	while (next_stop(pid, status)) {
		need(!ptrace(PTRACE_GETREGS, pid, NULL, &regs), "ptrace");
		if (!begun) {
			begun = regs.orig_rax == SYS_prctl && regs.rdi == DENIED_BEGIN;
			if (begun)
				find_libc(pid);
			if (!next_stop(pid, status))
				return true;
			continue;
		}
		/* LeakSanitizer, which wants to be who traces it; counts */
		if ((regs.orig_rax == SYS_clone && libc_end &&
		     (regs.rip < libc_begin || regs.rip >= libc_end)) ||
		    regs.orig_rax == SYS_exit_group ||
		    (regs.orig_rax == SYS_openat && ends_in(pid, regs.rsi, ".gcda")))
			break;
		if ((!libc_end || (regs.rip >= libc_begin && regs.rip < libc_end)) &&
		    !is_vital(regs.orig_rax) && !--*left) {
			snprintf(r->what, sizeof(r->what), "system call %llu", regs.orig_rax);
			r->unsaid = regs.rdi == STDERR_FILENO &&
				(regs.orig_rax == SYS_write || regs.orig_rax == SYS_writev);
			deny(pid, &regs);
			break;
		}
		if (!next_stop(pid, status))
			return true;
	}
	if (!WIFSTOPPED(*status))
		return true;
	need(!ptrace(PTRACE_DETACH, pid, NULL, NULL), "ptrace");
	return false;
}

/* --- a round ----------------------------------------------------------------------- */

/* From a file that was written to. */
static unsigned long lines_of(int fd, char *text, size_t size)
{
	need(!lseek(fd, 0, SEEK_SET), "lseek");
	return read_lines(fd, text, size);
}

/* A screen is not counted in lines. */
static pid_t open_terminal(int *slave, int out)
{
	const struct winsize size = { .ws_row = 24, .ws_col = 80 };
	int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	char buf[4096];
	ssize_t n;
	pid_t pid;

	need(master >= 0 && !grantpt(master) && !unlockpt(master), "posix_openpt");
	*slave = open(ptsname(master), O_RDWR | O_NOCTTY | O_CLOEXEC);
	need(*slave >= 0 && !ioctl(*slave, TIOCSWINSZ, &size), "pty");
	pid = fork();
	need(pid >= 0, "fork");
	if (!pid) {
		close(*slave);
		while ((n = read(master, buf, sizeof(buf))) > 0 || (n < 0 && errno == EINTR))
			need(write(out, buf, n) == n, "write");
		_exit(0);
	}
	close(master);
	return pid;
}

static void run(unsigned long nth, struct result *r)
{
	int out = memfd_create("out", MFD_CLOEXEC), err = memfd_create("err", MFD_CLOEXEC);
	int hit = memfd_create("hit", 0), slave = -1, status;
	unsigned long left = 0;
	bool ended = false;
	pid_t pid, reader = 0;
	char denied[64], text[2];

	need(out >= 0 && err >= 0 && hit >= 0, "memfd_create");
	*r = (struct result) { .what = "memory" };
	if (before)
		need(!system(before), before);
	if (terminal)
		reader = open_terminal(&slave, out);
	snprintf(denied, sizeof(denied), "%lu:%d", nth, hit);
	fflush(stdout);
	pid = fork();
	need(pid >= 0, "fork");
	if (!pid) {
		if (calls)
			ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		else
			setenv("DENIED", denied, 1);
		if (terminal)
			dup2(slave, STDIN_FILENO);
		dup2(terminal ? slave : out, STDOUT_FILENO);
		dup2(err, STDERR_FILENO);
		alarm(600);	/* it hangs */
		execvp(command[0], command);
		_exit(127);
	}
	if (slave >= 0)
		close(slave);
	if (calls) {
		need(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status), command[0]);
		ended = deny_call(pid, nth, &left, r, &status);
		r->denied = !left;
	}
	if (!ended)
		need(waitpid(pid, &status, 0) == pid, "waitpid");
	r->status = status;
	if (reader)
		waitpid(reader, &status, 0);
	lines_of(hit, text, sizeof(text));
	if (!calls)
		r->denied = *text;
	r->out = lines_of(out, text, sizeof(text));
	if (!r->out && *text)
		r->out = 1;
	r->err = lines_of(err, r->said, sizeof(r->said));
	r->why = r->said + strlen(r->said);
	while (r->why > r->said && (!r->why[0] || !r->why[1] || r->why[-1] != '\n'))
		r->why--;
}

static void complain(unsigned long nth, const struct result *r, const char *what)
{
	if (wrong++ < 10)
		printf("%s, %s %lu: status 0x%x, %lu lines, %lu of errors: %.300s\n", what, r->what, nth,
		       r->status, r->out, r->err, r->said);
}

static void judge(unsigned long nth, const struct result *r, const struct result *wanted)
{
	char said[300] = "", set[32];
	FILE *f;

	if (!r->status) {
		bool all_said = r->err == wanted->err || (r->unsaid && r->err < wanted->err);

		if (!all_said || (terminal ? !r->out : r->out != wanted->out))
			complain(nth, r, "not all is there, and no error");
	} else {
		count_error(r->why);
		/* the terminal is gone; or ncurses has no memory, and says so itself */
		if (terminal && WIFSIGNALED(r->status) && WTERMSIG(r->status) == SIGHUP)
			return;
		if (terminal && r->err == 1 && strstr(r->said, "Out of memory"))
			return;
		if (!WIFEXITED(r->status))
			complain(nth, r, "it died");
		else if ((!prints && r->err != 1) || strncmp(r->why, "wsdump: ", 8) ||
			 strlen(r->why) < 12)
			complain(nth, r, "not one line says why");
		else if (r->out && !terminal && !prints &&
			 !strstr(r->said, "can't write to standard output"))
			complain(nth, r, "something is printed, and an error");
	}
	if (!after)
		return;
	snprintf(set, sizeof(set), "%d", r->status);
	setenv("STATUS", set, 1);
	f = popen(after, "re");
	need(f, after);
	said[fread(said, 1, sizeof(said) - 1, f)] = 0;
	pclose(f);
	if (*said)
		complain(nth, r, said);
}

#define NEVER 1000000000UL

int main(int argc, char **argv)
{
	unsigned long nth, step = 1, rounds = 0, total = 0, done = 0, failed = 0;
	struct result wanted, r;
	int c;

	setvbuf(stdout, NULL, _IOLBF, 0);
	while ((c = getopt(argc, argv, "+b:a:e:r:pt")) != -1) {
		switch (c) {
		case 'b': before = optarg; break;
		case 'a': after = optarg; break;
		case 'e': error = atoi(optarg); break;
		case 'r': rounds = strtoul(optarg, NULL, 10); break;
		case 'p': prints = true; break;
		case 't': terminal = true; break;
		default: return 2;
		}
	}
	if (argc - optind < 2)
		return 2;
	calls = !strcmp(argv[optind], "calls");
	command = argv + optind + 1;

	run(NEVER, &wanted);
	if (wanted.status) {
		complain(0, &wanted, "with nothing denied");
		return 1;
	}
	judge(0, &wanted, &wanted);
	/* how many there are: twice as many rounds each time, until none is left */
	for (nth = 1; rounds; nth *= 2) {
		run(nth, &r);
		judge(nth, &r, &wanted);
		if (!r.denied)
			break;
		total = nth;
		done++;
		failed += !!r.status;
	}
	step = rounds && total > rounds ? 2 * total / rounds : 1;
	for (nth = step > 1 ? 3 : 1;; nth += step) {
		run(nth, &r);
		judge(nth, &r, &wanted);
		if (!r.denied)
			break;
		done++;
		failed += !!r.status;
	}
	print_errors();
	printf("some %lu can be denied, in %lu rounds one was: %lu failed, %lu did all; wrong %lu\n",
	       nth - 1, done, failed, done - failed, wrong);
	if (!failed)
		printf("nothing ever failed\n");
	return wrong || !failed;
}
