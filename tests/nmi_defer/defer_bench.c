// SPDX-License-Identifier: GPL-2.0-only
/*
 * defer_bench - what deferring costs, in a VM whose clock counts instructions
 *
 * Prints lines "FIGURE INSTRUCTIONS". The median of some turns counts.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <bpf/bpf.h>

#include "common/clock.h"
#include "common/defer.h"
#include "defer_bench.h"
#include "defer_bench.skel.h"

#define TURNS	101
#define CALLS	1000

static struct defer_bench_bpf *skel;
static int send_fd;

static void need(bool holds, const char *what)
{
	if (holds)
		return;
	printf("# %s: %s\n", what, strerror(errno));
	exit(1);
}

static int less(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

static uint64_t median(uint64_t *v)
{
	qsort(v, TURNS, sizeof(*v), less);
	return v[TURNS / 2];
}

static void nmi(enum in_nmi what)
{
	skel->bss->nmi_does = what;
	need(pwrite(send_fd, "0 1", 3, 0) == 3, "an NMI");
}

/* --- calls -------------------------------------------------------------------- */

static uint64_t in_task(enum in_task what)
{
	struct {
		__u32 what, times;
		__u64 ns;
	} loop = { what, CALLS, 0 };
	/* the kernel writes back what the program has written */
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = &loop, .ctx_size_in = sizeof(loop));
	uint64_t v[TURNS];

	for (int i = 0; i < TURNS; i++) {
		loop.what = what;
		loop.times = CALLS;
		need(!bpf_prog_test_run_opts(bpf_program__fd(skel->progs.in_task), &opts) &&
		     !opts.retval, "calls in a task");
		v[i] = loop.ns;
	}
	return median(v) / CALLS;
}

/* The call in NMI, without the clock. */
static uint64_t nmi_side(enum in_nmi what)
{
	uint64_t v[TURNS];

	for (int i = 0; i < TURNS; i++) {
		volatile struct stamps *s = &skel->bss->stamps;

		nmi(what);
		v[i] = s->returned - s->call - (s->clock - s->returned);
	}
	return median(v);
}

/* All of an NMI, to when what was deferred is done and the task goes on. */
static uint64_t whole_nmi(enum in_nmi what)
{
	uint64_t v[TURNS];

	for (int i = 0; i < TURNS; i++) {
		uint64_t begun = clock_ns(CLOCK_MONOTONIC);

		nmi(what);
		v[i] = clock_ns(CLOCK_MONOTONIC) - begun;
	}
	return median(v);
}

/* --- from a call in NMI to what it sets off ----------------------------------- */

static uint64_t to_irq(void)
{
	uint64_t v[TURNS];

	for (int i = 0; i < TURNS; i++) {
		volatile struct stamps *s = &skel->bss->stamps;

		s->irq = 0;
		nmi(NMI_IRQ);
		while (!s->irq)
			usleep(1000);
		v[i] = s->irq - s->call;
	}
	return median(v);
}

static uint64_t to_work(void)
{
	uint64_t v[TURNS];

	for (int i = 0; i < TURNS; i++) {
		volatile struct stamps *s = &skel->bss->stamps;

		s->work = 0;
		nmi(NMI_WORK);
		while (!s->work)
			usleep(1000);
		v[i] = s->work - s->call;
	}
	return median(v);
}

/* The usual detour: a record for a program, which is woken. */
static uint64_t woken_ns;
static sem_t answered;

static int on_event(void *ctx, void *data, size_t size)
{
	(void)ctx;
	(void)data;
	(void)size;
	woken_ns = clock_ns(CLOCK_MONOTONIC);
	sem_post(&answered);
	return 0;
}

static void *reader(void *arg)
{
	while (ring_buffer__poll(arg, -1) >= 0)
		;
	return NULL;
}

static uint64_t to_program(void)
{
	struct ring_buffer *events = ring_buffer__new(bpf_map__fd(skel->maps.events), on_event,
						      NULL, NULL);
	pthread_t thread;
	uint64_t v[TURNS];

	/* what other figures left there is none of this one's */
	need(events && ring_buffer__consume(events) >= 0 && !sem_init(&answered, 0, 0) &&
	     !pthread_create(&thread, NULL, reader, events), "a reader");
	for (int i = 0; i < TURNS; i++) {
		volatile struct stamps *s = &skel->bss->stamps;

		usleep(1000);		/* it sleeps */
		nmi(NMI_RINGBUF);
		sem_wait(&answered);
		v[i] = woken_ns - s->call;
	}
	return median(v);
}

int main(void)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts);
	struct bpf_link *owner, *nmis;
	uint64_t nothing;

	skel = defer_bench_bpf__open();
	need(skel && !defer_prepare(skel->obj, 1) && !defer_bench_bpf__load(skel), "load");
	errno = -defer_begin(skel->obj, &owner);
	need(!errno, "attach");
	nmis = bpf_program__attach(skel->progs.nmi);
	need(nmis, "attach to NMIs");
	need(!bpf_prog_test_run_opts(bpf_program__fd(skel->progs.init_own_timer), &opts) &&
	     !opts.retval, "a timer");
	send_fd = open("/sys/kernel/debug/nmi_fixture/send", O_WRONLY | O_CLOEXEC);
	need(send_fd >= 0, "the fixture");

	nothing = in_task(TASK_NOTHING);
	printf("start_direct %llu\n", (unsigned long long)(in_task(TASK_DEFER_TIMER) - nothing));
	printf("start_bpf_timer %llu\n", (unsigned long long)(in_task(TASK_BPF_TIMER) - nothing));
	printf("nmi_timer_call %llu\n", (unsigned long long)nmi_side(NMI_TIMER));
	printf("nmi_irq_call %llu\n", (unsigned long long)nmi_side(NMI_IRQ));
	printf("nmi_work_call %llu\n", (unsigned long long)nmi_side(NMI_WORK));
	printf("nmi_ringbuf_call %llu\n", (unsigned long long)nmi_side(NMI_RINGBUF));
	nothing = whole_nmi(NMI_NOTHING);
	printf("start_deferred %llu\n", (unsigned long long)(whole_nmi(NMI_TIMER) - nothing));
	printf("to_irq %llu\n", (unsigned long long)to_irq());
	printf("to_work %llu\n", (unsigned long long)to_work());
	printf("to_program %llu\n", (unsigned long long)to_program());
	bpf_link__destroy(nmis);
	bpf_link__destroy(owner);
	fflush(stdout);
	_exit(0);
}
