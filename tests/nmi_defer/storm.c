// SPDX-License-Identifier: GPL-2.0-only
/*
 * storm SECONDS HZ [lone|shared|detach] - commands at random, in NMI on each CPU and in tasks,
 * for that long or, on a slow machine, till there were enough
 *
 * lone:   each CPU's NMIs have a slot of their own, and no task interferes. In the end each
 *	   timer is as the last command for it says, and all that was asked for was called
 * shared: all CPUs' NMIs have one slot, and tasks give commands to it, too
 * detach: likewise, and owners come and go all the while
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysinfo.h>
#include <time.h>
#include <unistd.h>

#include <bpf/bpf.h>

#include "harness.h"

#define MAX_THREADS 8
#define ENOUGH	100	/* NMIs, and commands for each slot: it takes as long as it takes */

static atomic_bool over;

static void *commands(void *arg)
{
	__u32 times = 100;
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = &times, .ctx_size_in = sizeof(times));

	while (!over)
		need(!bpf_prog_test_run_opts(bpf_program__fd(skel->progs.storm_in_task), &opts),
		     "commands of a task");
	return arg;
}

static bool has_fired(const void *arg)
{
	const volatile struct seen *seen = arg;

	return seen->fired_ns >= seen->started_ns;
}

/* What the last command for each slot says is so. */
static void check_states(int slots)
{
	int lost = 0;

	for (int i = 0; i < slots; i++) {
		struct seen *seen = &skel->bss->seen[i];
		bool fires = !seen->armed && seen->started_ns;

		if (fires && !wait_until(has_fired, seen)) {
			printf("# slot %d: a timer never fired\n", i);
			lost++;
		}
		step(0, TIMER_CANCEL, i, 0, 0);
		run_in_task(0, 1);
		if ((skel->bss->steps[0].got == 1) != seen->armed) {
			printf("# slot %d: armed %u, but cancelling returns %d\n", i, seen->armed,
			       skel->bss->steps[0].got);
			lost++;
		}
		printf("# slot %d: %u commands, %llu timers, %llu of %llu interrupts, %llu works of %llu\n",
		       i, seen->commands, seen->timers, seen->irqs, seen->asked_irqs, seen->works,
		       seen->asked_works);
		ok(seen->commands > ENOUGH, "slot %d: there was a storm", i);
		if (!in_kernel) {
			is(seen->irqs, seen->asked_irqs, "each interrupt that was asked for was called");
			ok(wait_count(&seen->works, seen->asked_works), "so was work");
		}
	}
	is(lost, 0, "each timer is as the last command for it says");
}

/* Enough NMIs; and commands for each of these slots. */
static bool enough(int slots)
{
	for (int i = 0; i < slots; i++)
		if (skel->bss->seen[i].commands <= ENOUGH)
			return false;
	return skel->bss->nmis > ENOUGH;
}

int main(int argc, char **argv)
{
	int seconds = argc > 1 ? atoi(argv[1]) : 4, hz = argc > 2 ? atoi(argv[2]) : 1000, nr = 0;
	const char *how = argc > 3 ? argv[3] : "lone";
	bool lone = !strcmp(how, "lone"), detach = !strcmp(how, "detach");
	pthread_t threads[MAX_THREADS];
	unsigned long rounds = 0, long_nmis = 0;
	time_t end = time(NULL) + seconds;

	harness_load();
	harness_attach();
	printf("# deferral is the %s\n", in_kernel ? "kernel's" : "module's");
	need(!fixture("storm", "%d", hz), "NMIs");
	do {
		skel->bss->storm_slots = lone ? get_nprocs() : 1;
		over = false;
		for (nr = 0; !lone && nr < get_nprocs() + 1 && nr < MAX_THREADS; nr++)
			need(!pthread_create(&threads[nr], NULL, commands, NULL), "a thread");
		if (detach)
			usleep(20000 + rounds % 10 * 3000);
		else
			while (time(NULL) < end || !enough(lone ? get_nprocs() : 0))
				usleep(100000);
		over = true;
		while (nr)
			pthread_join(threads[--nr], NULL);
		rounds++;
		if (detach) {
			long_nmis += skel->bss->nmis;
			/* in the middle of what is queued, armed and running */
			harness_end();
			harness_load();
			harness_attach();
		}
	} while (time(NULL) < end || (detach && long_nmis <= ENOUGH));
	skel->bss->storm_slots = 0;
	need(!fixture("storm", "0"), "no more NMIs");

	if (lone)
		check_states(get_nprocs());
	if (detach)
		printf("# %lu owners, %lu NMIs\n", rounds, long_nmis);
	ok((detach ? long_nmis : skel->bss->nmis) > ENOUGH, "there were NMIs");
	harness_end();
	return 0;
}
