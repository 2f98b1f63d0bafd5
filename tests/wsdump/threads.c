// SPDX-License-Identifier: GPL-2.0-only
/*
 * threads [FLAGS] - use the library from several threads at once, as it allows
 *
 * With FLAGS it just opens a reader with these, and prints why that failed.
 */
#include <err.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libwakeup.h>

#define THREADS 8
#define SNAPSHOTS 200

static void *take(void *wrong)
{
	struct wakeup_reader *reader = wakeup_open(0);

	if (!reader)
		errx(1, "%s", wakeup_error());
	for (int i = 0; i < SNAPSHOTS; i++) {
		const struct wakeup_snapshot *snap = wakeup_snapshot_take(reader);
		const struct wakeup_source *src = NULL;
		size_t n = 0, len;

		if (!snap)
			errx(1, "%s", wakeup_error());
		while ((src = wakeup_snapshot_next(snap, src))) {
			n++;
			if (strlen(wakeup_source_name(src, &len)) != len)
				++*(unsigned long *)wrong;
		}
		if (n != wakeup_snapshot_size(snap))
			++*(unsigned long *)wrong;
	}
	wakeup_close(reader);
	return NULL;
}

/* Another thread's failure is not this one's. */
static void *fail_once(void *wrong)
{
	if (wakeup_open(1U << 31) || !strstr(wakeup_error(), "0x80000000"))
		++*(unsigned long *)wrong;
	return NULL;
}

int main(int argc, char **argv)
{
	unsigned long wrong[THREADS + 1] = { 0 }, sum = 0;
	pthread_t thread[THREADS + 1];

	if (argc > 1) {
		if (wakeup_open(strtoul(argv[1], NULL, 0)))
			errx(1, "it opened");
		errx(1, "%s", wakeup_error());
	}
	for (int i = 0; i <= THREADS; i++)
		if (pthread_create(&thread[i], NULL, i < THREADS ? take : fail_once, &wrong[i]))
			errx(1, "no thread");
	for (int i = 0; i <= THREADS; i++) {
		pthread_join(thread[i], NULL);
		sum += wrong[i];
	}
	if (*wakeup_error())
		sum++;
	printf("%d threads, %d snapshots each, %lu wrong\n", THREADS, SNAPSHOTS, sum);
	return sum ? 1 : 0;
}
