// SPDX-License-Identifier: GPL-2.0-only
/*
 * parity SEQUENCES SEED - random sequences of calls, in NMI and in a task, and the state of the
 * timer in the end
 *
 * A sequence has up to four batches, and each of them up to four calls: a timer that is to fire
 * at once or much later, by relative or absolute time, or cancelling it. A batch runs in one NMI
 * or in a task. What has to come of it is what the last call says, and that goes for the kernel's
 * deferral as for the module's. Calls whose result does not depend on whether a timer of no time
 * has fired yet must return the same, too. The last line is a digest of all of it.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "harness.h"

enum state {
	IDLE,
	ARMED,		/* for much later */
	FIRES,		/* at once */
};

static uint64_t state_of_random, digest = 14695981039346656037ULL;

static unsigned int random_below(unsigned int n)
{
	state_of_random = state_of_random * 6364136223846793005ULL + 1442695040888963407ULL;
	return (state_of_random >> 33) % n;
}

static void note(int64_t value)
{
	digest = (digest ^ (uint64_t)value) * 1099511628211ULL;
}

static bool fired(const void *slot)
{
	volatile struct seen *seen = &skel->bss->seen[*(const int *)slot];

	return seen->fired_ns >= seen->started_ns;
}

/*
 * Timers of no time fire in the order in which they were started on a CPU. So what was to fire has,
 * when one of another slot has. (That fired() holds does not say it: a timer that a later call
 * replaced may fire between that call's note of the time and the call itself.)
 */
static bool settled(void)
{
	int slot = 1;

	step(0, TIMER_START, slot, 0, 0);
	run_in_task(0, 1);
	return wait_until(fired, &slot);
}

/* A call, and the state after it. */
static enum state random_step(int at)
{
	switch (random_below(5)) {
	case 0:
		step(at, TIMER_START, 0, 0, 0);
		return FIRES;
	case 1:
		step(at, TIMER_START, 0, FAR_NS, 0);
		return ARMED;
	case 2:
		step(at, TIMER_START, 0, FAR_NS, BPF_F_TIMER_ABS);
		return ARMED;
	case 3:
		step(at, TIMER_START, 0, FAR_NS, BPF_F_TIMER_CPU_PIN);
		return ARMED;
	default:
		step(at, TIMER_CANCEL, 0, 0, 0);
		return IDLE;
	}
}

/* What a call returned, against what it had to; what can't be known is any of three. */
static bool as_expected(int got, enum what what, bool in_nmi, enum state before, bool sure)
{
	if (what == TIMER_START)
		return got == 0;
	if (in_nmi)
		return got == -ECANCELED;
	if (sure)
		return got == (before == ARMED);
	return got >= -1 && got <= 1;
}

/* The number of what was not as it had to be. */
static int sequence(void)
{
	enum state state = IDLE;
	bool sure = true;	/* no timer of no time is on its way */
	int slot = 0, wrong = 0, got;

	for (int batches = 1 + random_below(4); batches; batches--) {
		int n = 1 + random_below(4), i;
		bool in_nmi = random_below(2);
		enum state before[4];
		bool was_sure[4];

		for (i = 0; i < n; i++) {
			before[i] = state;
			was_sure[i] = sure;
			state = random_step(i);
			sure = sure && state != FIRES;
		}
		if (in_nmi)
			run_in_nmi(0, n);
		else
			run_in_task(0, n);
		for (i = 0; i < n; i++) {
			const struct step *s = &skel->bss->steps[i];

			wrong += !as_expected(s->got, s->what, in_nmi, before[i], was_sure[i]);
			if (was_sure[i])
				note(s->got);
		}
	}

	if ((state == FIRES && !wait_until(fired, &slot)) || !settled()) {
		printf("# a timer never fired\n");
		wrong++;
	}
	step(0, TIMER_CANCEL, 0, 0, 0);
	run_in_task(0, 1);
	got = skel->bss->steps[0].got;
	if (got != (state == ARMED)) {
		printf("# state %d, but cancelling returns %d\n", state, got);
		wrong++;
	}
	note(state);
	return wrong;
}

int main(int argc, char **argv)
{
	int sequences = argc > 1 ? atoi(argv[1]) : 10000, wrong = 0;

	state_of_random = argc > 2 ? strtoull(argv[2], NULL, 0) : 1;
	harness_load();
	be_on(0);
	harness_attach();
	printf("# deferral is the %s\n", in_kernel ? "kernel's" : "module's");
	for (int i = 0; i < sequences; i++)
		wrong += sequence();
	is(wrong, 0, "each state and each result is what the calls say");
	harness_end();
	printf("# digest %d %016llx\n", sequences, (unsigned long long)digest);
	return 0;
}
