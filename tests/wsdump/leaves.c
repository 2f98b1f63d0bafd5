// SPDX-License-Identifier: GPL-2.0-only
/*
 * leaves - what calls of the library leave of the process that makes them
 *
 * Prints what differs afterwards of what belongs to the whole process: umask, directory, signals,
 * descriptors, children, user and capabilities; and the calls that failed.
 */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/capability.h>
#include <libwakeup.h>

static char before[8192], after[8192];

static void look(char *text, size_t size)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct caps[2] = { 0 };
	FILE *f = fmemopen(text, size, "w");
	DIR *fds = opendir("/proc/self/fd");
	mode_t mask = umask(0);
	char dir[4096];
	sigset_t blocked;
	int nr_fds = 0;

	umask(mask);
	fprintf(f, "umask %o\ndirectory %s\nuser %d %d\n", mask, getcwd(dir, sizeof(dir)),
		geteuid(), getegid());
	while (readdir(fds))
		nr_fds++;
	closedir(fds);
	fprintf(f, "descriptors %d\n", nr_fds);
	syscall(SYS_capget, &head, caps);
	fprintf(f, "capabilities %x %x %d\n", caps[0].effective, caps[1].effective,
		prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
	fprintf(f, "children %d\n", waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD ? 0 : 1);
	sigprocmask(SIG_SETMASK, NULL, &blocked);
	for (int sig = 1; sig < 32; sig++) {
		struct sigaction action;

		if (!sigaction(sig, NULL, &action))
			fprintf(f, "signal %d %p %d\n", sig, (void *)action.sa_handler,
				sigismember(&blocked, sig));
	}
	fclose(f);
}

static void failed(const char *call)
{
	printf("%s: %s\n", call, wakeup_error());
}

int main(void)
{
	struct wakeup_reader *reader;
	struct wakeup_events *events;

	umask(0123);	/* none that anybody has */
	look(before, sizeof(before));
	if (wakeup_pin(0))
		failed("wakeup_pin");
	reader = wakeup_open(0);
	if (!reader || !wakeup_snapshot_take(reader))
		failed("wakeup_snapshot");
	events = wakeup_events_open(0);
	if (!events)
		failed("wakeup_events_open");
	wakeup_kfuncs_origin();
	wakeup_events_close(events);
	wakeup_close(reader);
	if (wakeup_unpin() != 1)
		failed("wakeup_unpin");
	look(after, sizeof(after));
	if (strcmp(before, after))
		printf("before:\n%safter:\n%s", before, after);
	return 0;
}
