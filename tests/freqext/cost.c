// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a governor costs, for tests/bench/freqext: on a clock that counts instructions, on one CPU.
 *
 *	cost toggle N		N times: run as a real-time task, then sleep: up and down
 *	cost sleep N		N times: sleep for a moment: the scheduler's updates
 *	cost setspeed N		N writes to scaling_setspeed, each with another frequency
 *	cost hint N		N writes to the map of governor hint
 *	cost kfunc N		N requests from a program with interrupts off; then N equal ones
 *
 * Prints instructions for one of them. Those of an idle CPU don't count, all others do: the
 * kernel's threads, and interrupts.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "../../bpf/hint.h"

static uint64_t clock_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000ULL + ts.tv_nsec;
}

/* How long the CPU has been idle. */
static uint64_t idle(void)
{
	unsigned long long ns = 0;
	FILE *f = fopen("/proc/timer_list", "r");
	char line[256];

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, " .idle_sleeptime : %llu", &ns) == 1)
			break;
	if (!f || !ns) {
		fprintf(stderr, "cost: /proc/timer_list has no idle_sleeptime\n");
		exit(1);
	}
	fclose(f);
	return ns;
}

static void toggle(unsigned long n)
{
	struct sched_param fifo = { .sched_priority = 1 }, other = { 0 };
	struct timespec ms = { .tv_nsec = 4000000 };

	while (n--) {
		sched_setscheduler(0, SCHED_FIFO, &fifo);
		nanosleep(&ms, NULL);	/* as a real-time task it runs first when it wakes up */
		sched_setscheduler(0, SCHED_OTHER, &other);
		nanosleep(&ms, NULL);
	}
}

static void sleep_often(unsigned long n)
{
	struct timespec us = { .tv_nsec = 100000 };

	while (n--)
		nanosleep(&us, NULL);
}

static void setspeed(unsigned long n)
{
	int fd = open("/sys/devices/system/cpu/cpufreq/policy0/scaling_setspeed", O_WRONLY);
	const char *khz;

	while (n--) {
		khz = n % 2 ? "1000000" : "2000000";
		if (pwrite(fd, khz, 7, 0) != 7) {
			perror("cost: scaling_setspeed");
			exit(1);
		}
	}
	close(fd);
}

static void hints(unsigned long n)
{
	int fd = bpf_obj_get("/sys/fs/bpf/freqext-hint/hints-0000000000000001");
	struct hint_key key = { .kind = HINT_CPU };
	struct hint hint = { .expires_ns = ~0ULL };

	while (n--) {
		hint.perf = n % 2 ? 300 : 600;
		if (bpf_map_update_elem(fd, &key, &hint, BPF_ANY)) {
			perror("cost: hints");
			exit(1);
		}
	}
	close(fd);
}

static int kfunc(unsigned long n)
{
	struct bpf_object *obj = bpf_object__open_file("cost.bpf.o", NULL);
	struct { uint64_t n, request, suppressed; } *bss;
	struct bpf_link *link;
	size_t size;
	struct timespec ms = { .tv_nsec = 1000000 };

	if (!obj || bpf_object__load(obj))
		return 1;
	bss = (void *)bpf_map__initial_value(bpf_object__find_map_by_name(obj, ".bss"), &size);
	bss->n = n;
	link = bpf_program__attach(bpf_object__find_program_by_name(obj, "cost_switch"));
	if (!link)
		return 1;
	while (!*(volatile uint64_t *)&bss->suppressed)
		nanosleep(&ms, NULL);
	printf("request %llu\nsuppressed %llu\n", (unsigned long long)bss->request,
	       (unsigned long long)bss->suppressed);
	bpf_link__destroy(link);
	bpf_object__close(obj);
	return 0;
}

int main(int argc, char **argv)
{
	unsigned long n = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
	void (*what)(unsigned long n) = NULL;
	uint64_t ns;

	if (!n)
		return 2;
	if (!strcmp(argv[1], "kfunc"))
		return kfunc(n);
	if (!strcmp(argv[1], "toggle"))
		what = toggle;
	else if (!strcmp(argv[1], "sleep"))
		what = sleep_often;
	else if (!strcmp(argv[1], "setspeed"))
		what = setspeed;
	else if (!strcmp(argv[1], "hint"))
		what = hints;
	else
		return 2;
	what(n / 10 + 1);	/* what the first one costs once */
	ns = clock_now() - idle();
	what(n);
	ns = clock_now() - idle() - ns;
	printf("%llu\n", (unsigned long long)(ns / n));
	return 0;
}
