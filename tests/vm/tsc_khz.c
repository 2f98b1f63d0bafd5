// SPDX-License-Identifier: GPL-2.0-only
/*
 * Print how fast the counter runs that a guest reads as TSC, in kHz, where QEMU has no
 * hardware acceleration: this machine's own TSC, or one of nanoseconds if it has none.
 *
 * A guest finds that out by itself at boot, with a timer that QEMU serves when it gets a
 * processor. On a busy machine its kernel once found 95 MHz for 2300: its clock ran 24 times
 * too fast from then on, and what was to wait 5 seconds waited 0.2.
 */
#include <stdio.h>
#include <time.h>

#if defined(__x86_64__) || defined(__i386__)
#include <x86intrin.h>

struct instant {
	long long ns, ticks;
};

static long long now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC_RAW, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

/* Both clocks at once: of some tries the one that was least disturbed. */
static struct instant instant(void)
{
	long long before, ticks, took, least = -1;
	struct instant at = { 0 };
	int i;

	for (i = 0; i < 1000; i++) {
		before = now_ns();
		ticks = __rdtsc();
		took = now_ns() - before;
		if (least >= 0 && took >= least)
			continue;
		least = took;
		at = (struct instant) { .ns = before + took / 2, .ticks = ticks };
	}
	return at;
}

int main(void)
{
	struct timespec pause = { .tv_nsec = 100000000 };
	struct instant from, to;

	from = instant();
	nanosleep(&pause, NULL);
	to = instant();
	printf("%lld\n", (to.ticks - from.ticks) * 1000000 / (to.ns - from.ns));
	return 0;
}
#else
int main(void)
{
	puts("1000000");
	return 0;
}
#endif
