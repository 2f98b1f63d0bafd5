// SPDX-License-Identifier: GPL-2.0-only
/*
 * arguments COMMAND FIRST RUNS - run a command with arguments and an environment that are
 * made from the number of the run, and nothing else, and complain of each run that ends in
 * any way but those which are documented: results or one line of error, statuses 0, 1 and 2
 * (125 to 127 of `run`), nothing on standard output or error that a terminal obeys.
 *
 * The files old and new should be in the current directory, which fills with others.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_ARGS	10
#define MAX_ENV		12
#define BAD_EXIT	99	/* of the sanitizers, by ASAN_OPTIONS */

/* What it may run on for: that of a machine with much else to do. */
#define PATIENCE_S	60

static const char *const verbs[] = { "list", "why", "watch", "diff", "run", "trace", "wsdump", "" };

static const char *const words[] = {
	"--active", "-a", "--since", "--name", "--sort", "-s", "--top", "-t", "--output", "-o",
	"--output-all", "-O", "--format", "-f", "--json", "-j", "--raw", "-r", "--pairs", "-P",
	"--csv", "--noheadings", "-n", "--ns", "--write", "-w", "--mode", "--verbose", "-v",
	"--device", "--id", "--color", "--all",
	"--help", "-h", "--version", "-V", "--idle", "-i", "--count", "-c", "--perfetto", "--svg",
	"--quiet", "-q", "--unpin", "--", "-", "", "-jnr", "--o", "--output=", "--n=x", "-o=",
	"name", "+name", "name,id", "-total", "total", "name,,id", ",", "+", "-", "NAME,name",
	"json", "raw", "csv", "pairs", "table", "debugfs", "android", "openmetrics", "prometheus",
	"0", "1", "-1", "0x10", "1e3", "1.5", ".5", "1m", "5s", "1h2m3s", "3m12", "99999999999999999999",
	"18446744073709551615", "9223372036854775807", "nan", "inf", "644", "7777", "*", "[", "[a",
	"\\", "?*", "old", "new", "/dev/null", "/dev/full", "/nonexistent/x", ".", "out", "true",
	"false", "%s%n%s", "\033[31m", "\xff\xfe", "a\nb", "\xc2\x9b", "'", "\"",
};

static const char *const variables[] = {
	"TERM", "LANG", "LC_ALL", "LC_CTYPE", "LC_NUMERIC", "COLUMNS", "LINES", "NO_COLOR", "TZ",
	"POSIXLY_CORRECT", "TERMINFO", "TERMINFO_DIRS", "PATH", "HOME", "LOCPATH", "LANGUAGE",
	"JSON_C_PARSE", "NCURSES_NO_UTF8_ACS", "ESCDELAY", "XDG_CONFIG_HOME", "=", "",
};

static const char *const values[] = {
	"", "C", "C.UTF-8", "de_DE.UTF-8", "de_DE@euro", "POSIX", "xterm", "dumb", "linux", "vt100",
	"../../etc/passwd", "/dev/zero", "/", "0", "1", "-1", "99999999999", "UTC", ":/etc/passwd",
	"XXX-99:99:99", "<+00>0", "%s%s%n", "\033[2J", "\xff", "1,5",
};

#define NR(array) (sizeof(array) / sizeof((array)[0]))

static uint64_t state;

static uint64_t number(uint64_t below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state % below;
}

/* Bytes of any value but NUL; few, or as many as a line of a script may have. */
static char *bytes(void)
{
	size_t n = number(20) ? number(24) : number(8000);
	char *s = malloc(n + 1);

	if (!s)
		err(2, "malloc");
	for (size_t i = 0; i < n; i++)
		s[i] = 1 + number(255);
	s[n] = '\0';
	return s;
}

static char *word(const char *const *from, size_t nr)
{
	char *a, *b, *both;

	switch (number(8)) {
	case 0:
		return bytes();
	case 1:
		a = strdup(from[number(nr)]);
		b = bytes();
		if (asprintf(&both, "%s%s%s", a, number(2) ? "=" : "", b) < 0)
			err(2, "asprintf");
		free(a);
		free(b);
		return both;
	default:
		return strdup(from[number(nr)]);
	}
}

static void show(const char *what, const char *s, size_t n)
{
	printf("# %s ", what);
	for (size_t i = 0; i < n && i < 300; i++)
		if (s[i] >= ' ' && s[i] < 0x7f)
			putchar(s[i]);
		else
			printf("\\x%02x", (unsigned char)s[i]);
	putchar('\n');
}

/* A control character, of ASCII or of C1 in UTF-8, other than those in @allowed. */
static bool has_control(const char *s, size_t n, const char *allowed)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = s[i], next = i + 1 < n ? s[i + 1] : 0;

		if ((c < ' ' || c == 0x7f) && (!c || !strchr(allowed, c)))
			return true;
		if (c == 0xc2 && next >= 0x80 && next < 0xa0)
			return true;
	}
	return false;
}

struct output {
	char *s;
	size_t n;
};

static struct output take(int fd)
{
	struct output o = { .n = lseek(fd, 0, SEEK_END) };

	o.s = malloc(o.n + 1);
	if (!o.s || pread(fd, o.s, o.n, 0) != (ssize_t)o.n)
		err(2, "reading what it printed");
	close(fd);
	return o;
}

static pid_t start(char **argv, char **env, int out, int error)
{
	pid_t pid = fork();

	if (pid < 0)
		err(2, "fork");
	if (pid)
		return pid;
	dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(error, STDERR_FILENO);
	execve(argv[0], argv, env);
	_exit(98);
}

/* Its status; what never ends by itself is asked to after a while, and then made to. */
static int end(pid_t pid, bool *asked)
{
	struct timespec nap = { .tv_nsec = 1000000 };
	int status, naps = 0;

	*asked = false;
	while (!waitpid(pid, &status, WNOHANG)) {
		nanosleep(&nap, NULL);
		if (++naps == 500) {
			*asked = true;
			kill(pid, SIGTERM);
		}
		if (naps == PATIENCE_S * 1000)
			kill(pid, SIGKILL);
	}
	return status;
}

static const char *judge(char **argv, int status, bool asked, const struct output *out,
			 const struct output *error)
{
	bool runs = argv[1] && !strcmp(argv[1], "run"), own = false;
	int code = WEXITSTATUS(status);
	const char *line = error->s;

	if (WIFSIGNALED(status))
		return asked && WTERMSIG(status) == SIGTERM ? NULL : "it was ended by a signal";
	if (code == BAD_EXIT)
		return "a sanitizer has a report";
	if (code > 2 && !(runs && code >= 125 && (code <= 127 || code == 128 + SIGTERM)))
		return "the status is none of those documented";
	for (char **arg = argv + 1; *arg; arg++)
		own |= strstr(*arg, "debugfs") || strstr(*arg, "android");
	if (!own && has_control(out->s, out->n, "\t\n\r"))
		return "standard output has a control character";
	if (has_control(error->s, error->n, "\t\n"))
		return "standard error has a control character";
	if (!code || runs)
		return NULL;
	/* -v has the verifier's lines before that: of each function that it looks at, and of all */
	while ((!strncmp(line, "processed ", 10) || !strncmp(line, "Func#", 5)) &&
	       strchr(line, '\n'))
		line = strchr(line, '\n') + 1;
	if (strncmp(line, "wsdump: ", 8) || strchr(line, '\n') != error->s + error->n - 1)
		return "the error is not one line";
	return code == 2 && out->n ? "wrong usage, and something on standard output" : NULL;
}

static bool try(char *command, uint64_t run, unsigned int *statuses)
{
	char *argv[MAX_ARGS + 2] = { command }, *env[MAX_ENV + 3] = { 0 };
	int out = memfd_create("out", MFD_CLOEXEC), error = memfd_create("error", MFD_CLOEXEC);
	struct output said, said_error;
	const char *bad;
	size_t n = 1, e = 0;
	bool asked;
	int status;

	state = (run + 1) * 0x9e3779b97f4a7c15;
	if (number(2))
		argv[n++] = strdup(verbs[number(NR(verbs))]);
	for (size_t nr = number(MAX_ARGS - 1); nr; nr--)
		argv[n++] = word(words, NR(words));
	for (size_t nr = number(MAX_ENV); nr; nr--) {
		char *value = word(values, NR(values));

		if (asprintf(&env[e++], "%s=%s", variables[number(NR(variables))], value) < 0)
			err(2, "asprintf");
		free(value);
	}
	for (int i = 0; i < 2; i++) {
		const char *name = i ? "UBSAN_OPTIONS" : "ASAN_OPTIONS";

		if (getenv(name) && asprintf(&env[e++], "%s=%s", name, getenv(name)) < 0)
			err(2, "asprintf");
	}
	status = end(start(argv, env, out, error), &asked);
	said = take(out);
	said_error = take(error);
	said_error.s[said_error.n] = '\0';
	statuses[WIFEXITED(status) ? WEXITSTATUS(status) : 0]++;
	bad = judge(argv, status, asked, &said, &said_error);
	if (bad) {
		printf("# run %llu: %s, status %#x\n", (unsigned long long)run, bad, status);
		for (size_t i = 1; i < n; i++)
			show("argument", argv[i], strlen(argv[i]));
		for (size_t i = 0; i < e; i++)
			show("environment", env[i], strlen(env[i]));
		show("standard error", said_error.s, said_error.n);
	}
	free(said.s);
	free(said_error.s);
	for (size_t i = 1; i < n; i++)
		free(argv[i]);
	for (size_t i = 0; i < e; i++)
		free(env[i]);
	return bad;
}

int main(int argc, char **argv)
{
	unsigned int statuses[256] = { 0 }, bad = 0;
	uint64_t first, runs;

	if (argc != 4)
		errx(2, "usage: arguments COMMAND FIRST RUNS");
	first = strtoull(argv[2], NULL, 10);
	runs = strtoull(argv[3], NULL, 10);
	for (uint64_t run = first; run < first + runs && bad < 10; run++)
		bad += try(argv[1], run, statuses);
	printf("# statuses:");
	for (int i = 0; i < 256; i++)
		if (statuses[i])
			printf(" %d: %u", i, statuses[i]);
	printf("\n%u of %llu runs were bad\n", bad, (unsigned long long)runs);
	return bad ? 1 : 0;
}
