// SPDX-License-Identifier: GPL-2.0-only
#include "harness.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <bpf/bpf.h>

#include "common/defer.h"

#define PATIENCE_S 600		/* as in tests/lib/lib.sh */

struct defer_bpf *skel;
bool in_kernel;
static struct bpf_link *owner, *nmis;

void need(bool holds, const char *what)
{
	if (holds)
		return;
	printf("not ok - %s: %s\n", what, strerror(errno));
	exit(1);
}

void ok(bool is, const char *fmt, ...)
{
	va_list args;

	printf("%sok - ", is ? "" : "not ");
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
}

void is(long long got, long long wanted, const char *what)
{
	if (got == wanted)
		ok(true, "%s", what);
	else
		ok(false, "%s: got %lld, wanted %lld", what, got, wanted);
}

void harness_load(void)
{
	in_kernel = defer_in_kernel();
	skel = defer_bpf__open();
	need(skel, "open");
	need(!defer_prepare(skel->obj, SLOTS), "prepare");
	need(!defer_bpf__load(skel), "load");
}

void harness_attach(void)
{
	errno = -defer_begin(skel->obj, &owner);
	need(!errno, "attach the members");
	nmis = bpf_program__attach(skel->progs.nmi);
	need(nmis, "attach to NMIs");
}

void harness_end(void)
{
	bpf_link__destroy(nmis);
	bpf_link__destroy(owner);
	nmis = owner = NULL;
	defer_bpf__destroy(skel);
	skel = NULL;
}

void be_on(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	need(!sched_setaffinity(0, sizeof(set), &set), "be on a CPU");
	if (skel)
		skel->bss->nmi_cpu = cpu;
}

static int open_file(const char *file, int flags)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "/sys/kernel/debug/nmi_fixture/%s", file);
	fd = open(path, flags);
	need(fd >= 0, path);
	return fd;
}

int fixture(const char *file, const char *fmt, ...)
{
	int fd = open_file(file, O_WRONLY), err;
	char text[128];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	err = write(fd, text, strlen(text)) < 0 ? -errno : 0;
	close(fd);
	return err;
}

unsigned long long fixture_read(const char *file)
{
	int fd = open_file(file, O_RDONLY);
	char text[32] = "";

	need(read(fd, text, sizeof(text) - 1) > 0, file);
	close(fd);
	return strtoull(text, NULL, 10);
}

struct step *step(int at, enum what what, __u32 slot, __u64 nsec, __u64 flags)
{
	struct step *s = &skel->bss->steps[at];

	*s = (struct step) { .what = what, .slot = slot, .nsec = nsec, .flags = flags, .got = -999 };
	return s;
}

int run_in_task(__u32 first, __u32 end)
{
	struct batch batch = { first, end };
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = &batch, .ctx_size_in = sizeof(batch));

	need(!bpf_prog_test_run_opts(bpf_program__fd(skel->progs.in_task), &opts), "run in a task");
	return opts.retval;
}

/* The fixture comes back when the NMI was handled. */
void run_in_nmi(__u32 first, __u32 end)
{
	skel->bss->in_nmi = (struct batch) { first, end };
	need(!fixture("send", "%u 1", skel->bss->nmi_cpu), "an NMI");
	need(!skel->bss->in_nmi.end, "the program in NMI has run");
}

bool wait_until(bool (*holds)(const void *arg), const void *arg)
{
	struct timespec begun, now;

	clock_gettime(CLOCK_MONOTONIC, &begun);
	do {
		if (holds(arg))
			return true;
		usleep(200);
		clock_gettime(CLOCK_MONOTONIC, &now);
	} while (now.tv_sec - begun.tv_sec < PATIENCE_S);
	return false;
}

struct count {
	const __u64 *counter;
	__u64 n;
};

static bool has_count(const void *arg)
{
	const struct count *count = arg;

	return *(volatile const __u64 *)count->counter >= count->n;
}

bool wait_count(const __u64 *counter, __u64 n)
{
	struct count count = { counter, n };

	return wait_until(has_count, &count);
}
