// SPDX-License-Identifier: GPL-2.0-only
/*
 * wsdump - print the kernel's wakeup sources: what keeps this machine awake
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "columns.h"
#include "json.h"
#include "out.h"
#include "raw.h"
#include "snapshot.h"
#include "table.h"

enum status {
	STATUS_FAILED = 1,
	STATUS_USAGE = 2,
};

static void help(void)
{
	fputs("Usage: wsdump [options]\n"
	      "\n"
	      "Print the wakeup sources of the running kernel: what keeps this machine\n"
	      "awake, since when, and how often. Active ones come first, then those that\n"
	      "were active for longest.\n"
	      "\n"
	      "Options:\n"
	      " -j, --json     print JSON, with all there is and times in nanoseconds\n"
	      " -r, --raw      print the same as lines of fields with a TAB between them\n"
	      "     --pin      keep the loaded program in the kernel, for faster runs from now on\n"
	      "     --unpin    undo that; until then the kernel module can't be upgraded\n"
	      " -v, --verbose  print the log of the kernel's BPF verifier on stderr\n"
	      " -h, --help     print this help\n"
	      " -V, --version  print the version\n"
	      "\n"
	      "Columns:\n", stdout);
	for (size_t i = 0; i < nr_columns; i++)
		if (columns[i].heading)
			printf(" %-8s %s\n", columns[i].heading, columns[i].help);
	fputs("\n"
	      "Exit status: 0 fine, 1 failed, 2 wrong usage.\n"
	      "\n"
	      "Examples:\n"
	      " sudo wsdump\n"
	      " sudo wsdump --json | jq -r '.wakeup_sources[] | select(.active) | .name'\n"
	      "\n"
	      "More in wsdump(8).\n", stdout);
}

static int complain(const struct fail *why)
{
	fprintf(stderr, "wsdump: %s\n", why->text);
	return STATUS_FAILED;
}

static int usage(const char *what, const char *arg)
{
	fprintf(stderr, "wsdump: %s '%s': try 'wsdump --help'\n", what, arg);
	return STATUS_USAGE;
}

/*
 * A file opened later must not become a standard stream, or a map of ours would be
 * what the table is written to.
 */
static int hold_standard_streams(struct fail *why)
{
	if (fcntl(STDIN_FILENO, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != STDIN_FILENO)
		return fail(why, "can't open /dev/null: %s", strerror(errno));
	if (fcntl(STDOUT_FILENO, F_GETFD) < 0)
		return fail(why, "standard output is closed: there is nowhere to print to");
	if (fcntl(STDERR_FILENO, F_GETFD) < 0 && open("/dev/null", O_WRONLY) != STDERR_FILENO)
		return fail(why, "can't open /dev/null: %s", strerror(errno));
	return 0;
}

/* Everything must have reached its destination before success is claimed. */
static int close_stdout(struct fail *why)
{
	int err = 0;

	/* A failed write drops what it could not write; trying it again tells why. */
	if (fflush(stdout) || (ferror(stdout) && (putchar(' ') == EOF || fflush(stdout))))
		err = errno;
	else if (ferror(stdout))
		err = EIO;
	if (fclose(stdout) && !err)
		err = errno;
	return err ? fail(why, "can't write to standard output: %s", strerror(err)) : 0;
}

typedef int (*printer)(const struct snapshot *snap, struct fail *why);

static int dump(printer print, bool verbose, struct fail *why)
{
	struct reader *reader = reader_open(verbose, why);
	struct snapshot snap;
	int ret = -1;

	if (reader && !reader_snapshot(reader, &snap, why))
		ret = print(&snap, why);
	reader_close(reader);
	return ret;
}

enum { OPT_PIN = 256, OPT_UNPIN };

static int pin(bool verbose, struct fail *why)
{
	if (reader_pin(verbose, why))
		return complain(why);
	fputs("wsdump: pinned; the kernel module can't be unloaded or upgraded before 'wsdump --unpin'\n",
	      stderr);
	return 0;
}

static int unpin(struct fail *why)
{
	int done = reader_unpin(why);

	if (done < 0)
		return complain(why);
	if (!done)
		fputs("wsdump: nothing was pinned\n", stderr);
	return 0;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "raw", no_argument, NULL, 'r' },
		{ "pin", no_argument, NULL, OPT_PIN },
		{ "unpin", no_argument, NULL, OPT_UNPIN },
		{ "verbose", no_argument, NULL, 'v' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ 0 }
	};
	printer print = table_print;
	bool verbose = false;
	int action = 0;
	struct fail why;
	int c;

	if (hold_standard_streams(&why))
		return complain(&why);

	opterr = 0;	/* one line, ours */
	while ((c = getopt_long(argc, argv, "jrvhV", options, NULL)) != -1) {
		switch (c) {
		case 'j':
			print = json_print;
			break;
		case 'r':
			print = raw_print;
			break;
		case OPT_PIN:
		case OPT_UNPIN:
			action = c;
			break;
		case 'v':
			verbose = true;
			break;
		case 'h':
			help();
			return close_stdout(&why) ? complain(&why) : 0;
		case 'V':
			puts("wsdump " WSDUMP_VERSION);
			return close_stdout(&why) ? complain(&why) : 0;
		default:
			/* a short one by its letter, a long one as it was typed */
			if (optopt > 0 && optopt < 256 && !strchr("jrvhV", optopt))
				return usage("unknown option", (char[]) { '-', (char)optopt, 0 });
			return usage("unknown option", argv[optind - 1]);
		}
	}
	if (optind < argc)
		return usage("unexpected argument", argv[optind]);

	if (action == OPT_PIN)
		return pin(verbose, &why);
	if (action == OPT_UNPIN)
		return unpin(&why);
	if (dump(print, verbose, &why) || out_finish(&why))
		return complain(&why);
	return 0;
}
