// SPDX-License-Identifier: GPL-2.0-only
/* defer - each call, in each context: what it returns, and what is called then */
#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "harness.h"

#define ABS BPF_F_TIMER_ABS
#define PIN BPF_F_TIMER_CPU_PIN

static struct seen *seen;

/* All of @wanted are seen in slot @slot; then its counters are 0 again. */
static void called(int slot, int timers, int irqs, int works, const char *what)
{
	struct seen *s = &seen[slot];
	bool all = wait_count(&s->timers, timers) && wait_count(&s->irqs, irqs) &&
		   wait_count(&s->works, works);

	all = all && s->timers == (__u64)timers && s->irqs == (__u64)irqs &&
	      s->works == (__u64)works;
	ok(all, "%s (%llu timers, %llu interrupts, %llu works)", what, s->timers, s->irqs, s->works);
	s->timers = s->irqs = s->works = 0;
}

static void from_nmi(void)
{
	struct step *steps = skel->bss->steps;

	step(0, TIMER_START, 0, 0, 0);
	step(1, IRQ_START, 0, 0, 0);
	step(2, WORK_START, 0, 0, 0);
	run_in_nmi(0, 3);
	is(steps[0].got, 0, "in NMI a timer starts");
	is(steps[1].got, 0, "so does an interrupt");
	is(steps[2].got, 0, "so does work");
	called(0, 1, 1, 1, "and each is called once");

	/* what is deferred is deferred in this order: interrupt, timer, work */
	skel->bss->reactions = REACT_IRQ_TIMER | REACT_TIMER_WORK;
	step(0, IRQ_START, 1, 0, 0);
	run_in_nmi(0, 1);
	called(1, 1, 1, 1, "from NMI to an interrupt, to a timer, to work");

	skel->bss->reactions = REACT_WORK_TIMER;
	step(0, WORK_START, 2, 0, 0);
	run_in_nmi(0, 1);
	called(2, 0, 0, 1, "from NMI to work");
	called(3, 1, 0, 0, "which starts the timer of another slot");
	skel->bss->reactions = 0;
}

static void absolute_and_pinned(void)
{
	struct step *steps = skel->bss->steps;

	step(0, TIMER_START, 0, 1000000, ABS);
	step(1, TIMER_START, 1, 1000000, PIN);
	step(2, TIMER_START, 2, 1000000, ABS | PIN);
	step(3, TIMER_START, 3, 1000000, 0);
	run_in_nmi(0, 4);
	for (int i = 0; i < 4; i++) {
		is(steps[i].got, 0, "a timer in a millisecond starts in NMI");
		called(i, 1, 0, 0, "and fires");
		ok(seen[i].fired_ns >= seen[i].started_ns + 1000000, "not before its time");
	}
	run_in_task(0, 4);
	for (int i = 0; i < 4; i++) {
		is(steps[i].got, 0, "it starts in a task");
		called(i, 1, 0, 0, "and fires");
		ok(seen[i].fired_ns >= seen[i].started_ns + 1000000, "not before its time");
	}
}

static void cancelled(void)
{
	struct step *steps = skel->bss->steps;

	step(0, TIMER_START, 0, FAR_NS, 0);
	step(1, TIMER_CANCEL, 0, 0, 0);
	step(2, TIMER_CANCEL, 0, 0, 0);
	run_in_task(0, 3);
	is(steps[1].got, 1, "cancelling says that a timer was armed");
	is(steps[2].got, 0, "and that it was not");

	run_in_nmi(0, 1);
	run_in_nmi(1, 2);
	is(steps[1].got, -ECANCELED, "in NMI it says that it will be cancelled");
	run_in_task(2, 3);
	is(steps[2].got, 0, "and then it is not armed");

	step(0, TIMER_CANCEL, 0, 0, 0);
	step(1, TIMER_START, 0, FAR_NS, 0);
	run_in_nmi(0, 2);
	run_in_task(2, 3);
	is(steps[2].got, 1, "the last of two commands in one NMI holds: start");
	step(0, TIMER_START, 0, FAR_NS, 0);
	step(1, TIMER_CANCEL, 0, 0, 0);
	run_in_nmi(0, 2);
	run_in_task(2, 3);
	is(steps[2].got, 0, "and cancel");
	step(0, TIMER_START, 0, FAR_NS, 0);
	step(1, TIMER_START, 0, 0, 0);
	run_in_nmi(0, 2);
	called(0, 1, 0, 0, "and the second of two starts");
}

static void again(void)
{
	skel->bss->reactions = REACT_TIMER_AGAIN;
	skel->bss->again = 100;
	step(0, TIMER_START, 4, 0, 0);
	run_in_nmi(0, 1);
	called(4, 100, 0, 0, "a timer starts itself again");
	skel->bss->reactions = 0;
}

static void bad(void)
{
	struct step *steps = skel->bss->steps;
	static const __u64 no_flags[] = { 1 << 2, 1ULL << 63, ~0ULL };

	for (int i = 0; i < 3; i++)
		step(i, TIMER_START, 0, 0, no_flags[i]);
	step(3, TIMER_START, 0, 1ULL << 59, 0);
	step(4, TIMER_START, 0, ~0ULL, 0);
	step(5, TIMER_START, 0, ~0ULL, ABS);
	step(6, TIMER_START, SLOTS, 0, 0);
	step(7, TIMER_START, ~0U, 0, 0);
	step(8, TIMER_CANCEL, SLOTS, 0, 0);
	step(9, IRQ_START, SLOTS, 0, 0);
	step(10, WORK_START, SLOTS, 0, 0);
	run_in_nmi(0, 11);
	for (int i = 0; i < 11; i++)
		is(steps[i].got, -EINVAL, "in NMI, what can't be is refused");
	run_in_task(0, 11);
	for (int i = 0; i < 11; i++)
		is(steps[i].got, -EINVAL, "and in a task");
	step(0, TIMER_START, 0, (1ULL << 59) - 1, 0);
	step(1, TIMER_CANCEL, 0, 0, 0);
	run_in_task(0, 2);
	is(steps[0].got, 0, "the longest time is no error");
	is(steps[1].got, 1, "and arms the timer");
}

/* What only the module says or does. */
static void modules_own(void)
{
	struct step *steps = skel->bss->steps;
	static const char text[] = "sleeper";

	step(0, IRQ_START, 5, 0, 0);
	step(1, IRQ_START, 5, 0, 0);
	step(2, WORK_START, 5, 0, 0);
	step(3, WORK_START, 5, 0, 0);
	run_in_nmi(0, 4);
	is(steps[1].got, 1, "an interrupt that waits already says so");
	is(steps[3].got, 1, "so does work");
	called(5, 0, 1, 1, "and both are called once");

	step(0, WORK_START, 5, 0, 0);
	step(1, WORK_CANCEL, 5, 0, 0);
	run_in_nmi(0, 2);
	is(steps[1].got, -ECANCELED, "in NMI work will be cancelled");
	/* -1: the call above was counted, but has not returned yet */
	do {
		step(2, WORK_CANCEL, 5, 0, 0);
		run_in_task(2, 3);
	} while (steps[2].got == -1 && !usleep(1000));
	is(steps[2].got, 0, "and then none waits");
	is(seen[5].works, 0, "nor has it run");

	skel->bss->reactions = REACT_IRQ_IRQ;
	step(0, IRQ_START, 6, 0, 0);
	run_in_nmi(0, 1);
	called(6, 0, 1, 0, "an interrupt that starts itself is called once");
	is((int)seen[6].nested_irq, -EDEADLK, "as it is refused");
	skel->bss->reactions = 0;

	skel->bss->read_pid = getpid();
	skel->bss->read_from = (__u64)text;
	step(0, WORK_START, 7, 0, 0);
	run_in_nmi(0, 1);
	called(7, 0, 0, 1, "work that reads a task's memory runs");
	is(skel->bss->read_got, 0, "and succeeds");
	ok(!memcmp((char *)skel->bss->was_read, text, 8), "with what is there");
	skel->bss->read_from = 8;
	run_in_nmi(0, 1);
	called(7, 0, 0, 1, "likewise where there is nothing");
	is(skel->bss->read_got, -EFAULT, "which fails");
	is(skel->bss->was_read[0], 0, "and leaves zeros");
	skel->bss->read_pid = 0;

	step(0, TIMER_START, 0, 0, 0)->owner = skel->bss->nmi_defer_owner + (1 << 8);
	step(1, TIMER_START, 0, 0, 0)->owner = 31 | 1 << 8;
	step(2, TIMER_START, 0, 0, 0)->owner = 32 | 1 << 8;
	step(3, TIMER_START, 0, 0, 0)->owner = ~0U;
	run_in_nmi(0, 4);
	for (int i = 0; i < 4; i++)
		is(steps[i].got, -ENOENT, "there is no owner of another id");
}

/* Programs of the other types that call in contexts of their own. */
static void other_callers(void)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE, .size = sizeof(attr),
		.config = PERF_COUNT_SW_CPU_CLOCK, .sample_period = 1000000,
	};
	struct bpf_link *link;
	int fd;

	step(0, TIMER_START, 8, 0, 0);
	step(1, TIMER_START, 9, 0, 0);
	link = bpf_program__attach(skel->progs.in_kprobe);
	need(link, "attach a kprobe");
	syscall(SYS_getpgid, 0);
	called(8, 1, 0, 0, "a kprobe starts a timer");
	bpf_link__destroy(link);
	link = bpf_program__attach(skel->progs.in_tracepoint);
	need(link, "attach a tracepoint");
	syscall(SYS_getpgid, 0);
	called(9, 1, 0, 0, "so does a tracepoint");
	bpf_link__destroy(link);

	step(0, IRQ_START, 10, 0, 0);
	fd = syscall(SYS_perf_event_open, &attr, -1, skel->bss->nmi_cpu, -1, 0);
	need(fd >= 0, "a perf event");
	link = bpf_program__attach_perf_event(skel->progs.in_perf_event, fd);
	need(link, "attach a perf event");
	skel->bss->in_nmi.end = 1;
	called(10, 0, 1, 0, "a perf event starts an interrupt");
	bpf_link__destroy(link);
}

/* While interrupts are off nothing is called; by the time that they are on, it was. */
static void when_interrupts_are_on(void)
{
	__u64 before;

	step(0, IRQ_START, 11, 0, 0);
	need(!fixture("storm", "200"), "NMIs");
	before = fixture_read("count");
	skel->bss->in_nmi = (struct batch) { 0, 1 };
	while (fixture_read("count") < before + 10)
		usleep(1000);
	need(!fixture("storm", "0"), "no more NMIs");
	called(11, 0, 1, 0, "an NMI of a storm starts an interrupt once");
}

/* Interrupts of CPU 1 are off, with NMIs nevertheless. */
static void *keep_irqs_off(void *arg)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(1, &set);
	need(!sched_setaffinity(0, sizeof(set), &set), "be on CPU 1");
	need(!fixture("irqs_off", "400000"), "interrupts off");
	return arg;
}

/* A command that waits for another CPU is older than one in a task, and must not undo that. */
static void older_command_waits(void)
{
	volatile struct batch *in_nmi = (volatile struct batch *)&skel->bss->in_nmi;
	struct step *steps = skel->bss->steps;
	pthread_t thread;

	step(0, TIMER_START, 12, FAR_NS, 0);
	step(1, TIMER_CANCEL, 12, 0, 0);
	step(2, TIMER_CANCEL, 12, 0, 0);
	need(!fixture("storm", "1000"), "NMIs");
	need(!pthread_create(&thread, NULL, keep_irqs_off, NULL), "a thread");
	usleep(100000);
	skel->bss->nmi_cpu = 1;
	skel->bss->in_nmi = (struct batch) { 0, 1 };
	while (in_nmi->end)
		usleep(1000);
	run_in_task(1, 2);
	is(steps[1].got, 1, "a task cancels what an NMI of another CPU has started");
	pthread_join(thread, NULL);
	run_in_task(2, 3);
	is(steps[2].got, 0, "and it does not come back when that CPU takes interrupts");
	need(!fixture("storm", "0"), "no more NMIs");
	skel->bss->nmi_cpu = 0;
}

static bool set_cpu_1(const char *online)
{
	int fd = open("/sys/devices/system/cpu/cpu1/online", O_WRONLY);
	bool done = fd >= 0 && write(fd, online, 1) == 1;

	close(fd);
	return done;
}

/* The last that a CPU does: whatever it queued would never run, and end no owner. */
static void cpu_leaves(void)
{
	struct step *steps = skel->bss->steps;
	struct bpf_link *link = bpf_program__attach_kprobe(skel->progs.in_kprobe, false,
							   "cpuhp_report_idle_dead");

	need(link, "attach a kprobe");
	step(0, IRQ_START, 13, 0, 0);
	need(set_cpu_1("0"), "CPU 1 goes offline");
	is(steps[0].got, -ENODEV, "a CPU that goes offline defers nothing");
	need(set_cpu_1("1"), "CPU 1 comes back");
	called(13, 0, 0, 0, "and nothing is called when it is back");
	bpf_link__destroy(link);
}

int main(void)
{
	harness_load();
	be_on(0);
	harness_attach();
	seen = skel->bss->seen;
	printf("# deferral is the %s\n", in_kernel ? "kernel's" : "module's");

	from_nmi();
	absolute_and_pinned();
	cancelled();
	again();
	bad();
	other_callers();
	when_interrupts_are_on();
	if (!in_kernel) {
		modules_own();
		older_command_waits();
		cpu_leaves();
	}
	harness_end();
	return 0;
}
