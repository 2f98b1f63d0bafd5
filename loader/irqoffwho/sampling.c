// SPDX-License-Identifier: GPL-2.0-only
#include "sampling.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/perf_event.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "common/clock.h"
#include "common/defer.h"
#include "common/duration.h"
#include "common/kfuncs.h"
#include "irqoffwho.skel.h"

#define MAX_HZ 20000

/* How long kernel threads may take to complete a region. */
#define COMPLETE_NS (30 * NS_PER_S)

static const struct kfuncs kfuncs = {
	.kfunc = "bpf_timer_cancel_async",
	.module = "nmi_defer",
	.package = "nmi-defer",
	.subsystem_func = "perf_event_create_kernel_counter",
	.subsystem_config = "CONFIG_PERF_EVENTS",
	.subsystem_lack = "events to sample by",
	.bpf_needs = (const char *const[]) { "bpf_iter_num_new", "bpf_task_from_pid",
					     "bpf_wq_start", NULL },
	.oldest = "6.12",
};

struct sampling {
	const struct sampling_options *options;
	struct irqoffwho_bpf *skel;
	struct bpf_link *deferral;
	struct bpf_link *samplers[IRQOFF_MAX_CPUS];
	struct ring_buffer *regions;
	unsigned int nr_cpus;
	int (*tell)(const struct irqoff_region *region, void *arg, struct fail *why);
	void *arg;
	struct fail *why;	/* of who has regions told now */
	bool told_off;		/* @tell can't go on, and has said why */
};

/* --- options ------------------------------------------------------------------ */

static int set_min(void *to, const char *arg, struct fail *why)
{
	if (duration_parse(arg, to))
		return fail(why, "'%s' is no duration such as 200us, 5ms or 1s", arg);
	return 0;
}

static int set_hz(void *to, const char *arg, struct fail *why)
{
	uint64_t *hz = to;

	if (option_number(to, arg, why))
		return -1;
	if (*hz > MAX_HZ)
		return fail(why, "'%s' samples a second are too many: %d at most", arg, MAX_HZ);
	return 0;
}

const struct option_row sampling_rows[] = {
	{ "min", 'm', "DURATION", "regions that are at least so long; 200us by default", set_min,
	  offsetof(struct sampling_options, min_ns) },
	{ "hz", 'F', "N", "samples a second, on each CPU; 1000 by default", set_hz,
	  offsetof(struct sampling_options, hz) },
	{ "nmi", 0, "HANDLER", "take samples in this NMI handler of the kernel, by no event",
	  option_string, offsetof(struct sampling_options, handler) },
	{ 0 }
};

/* --- loading ------------------------------------------------------------------ */

static bool print_log;

static int print_libbpf(enum libbpf_print_level level, const char *fmt, va_list args)
{
	(void)level;
	return print_log ? vfprintf(stderr, fmt, args) : 0;
}

/* Returns a negative errno, or 0. */
static int load(struct sampling *s)
{
	const char *handler = s->options->handler;
	int err;

	s->skel = irqoffwho_bpf__open();
	if (!s->skel)
		return -errno;
	s->skel->rodata->min_ns = s->options->min_ns;
	bpf_program__set_autoload(s->skel->progs.in_event, !handler);
	bpf_program__set_autoload(s->skel->progs.in_handler, handler);
	err = handler ? bpf_program__set_attach_target(s->skel->progs.in_handler, 0, handler) : 0;
	err = err ?: bpf_map__set_max_entries(s->skel->maps.cpus, s->nr_cpus);
	err = err ?: defer_prepare(s->skel->obj, s->nr_cpus);
	err = err ?: irqoffwho_bpf__load(s->skel);
	return err ?: defer_begin(s->skel->obj, &s->deferral);
}

static int load_failed(const struct sampling *s, int err, struct fail *why)
{
	if (err == -EPERM || err == -EACCES)
		return fail(why, "the kernel refused the BPF program: it needs CAP_SYS_ADMIN and CAP_PERFMON, so run it as root, for example with sudo");
	if (err == -ESRCH && s->options->handler)
		return fail(why, "the kernel has no function '%s' that a program could be called in: /proc/kallsyms has its functions",
			    s->options->handler);
	if (err == -ENOSPC)
		return fail(why, "32 programs defer by module nmi_defer already: /sys/module/nmi_defer/parameters/owners says which");
	return fail(why, "the kernel refused the BPF program: %s: -v prints its reasons",
		    strerror(-err));
}

static int load_or_provide(struct sampling *s, struct fail *why)
{
	int err;

	/* what the kernel lacks is known before, as libbpf's loading takes long */
	if (kfuncs_provide(&kfuncs, why) < 0)
		return -1;
	err = load(s);
	return err ? load_failed(s, err, why) : 0;
}

/* --- samples ------------------------------------------------------------------ */

static int no_event(int err, unsigned int cpu, struct fail *why)
{
	if (err == ENOENT || err == EOPNOTSUPP || err == ENODEV)
		return fail(why, "this machine has no counter of CPU cycles that makes NMIs, as most virtual machines: give it one ('-cpu host,pmu=on' in QEMU with KVM), or name a handler that other NMIs come to with --nmi, such as nmi_cpu_backtrace_handler");
	if (err == EACCES || err == EPERM)
		return fail(why, "sampling all CPUs is not permitted: it needs CAP_PERFMON, see also kernel.perf_event_paranoid");
	return fail(why, "can't sample CPU %u: %s", cpu, strerror(err));
}

/* Returns 0 also where the CPU is not there. */
static int sample_cpu(struct sampling *s, unsigned int cpu, struct fail *why)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_HARDWARE,
		.size = sizeof(attr),
		.config = PERF_COUNT_HW_CPU_CYCLES,
		.freq = 1,
		.sample_freq = s->options->hz,
		/* interrupts are on in programs of users */
		.exclude_user = 1,
	};
	int fd = syscall(SYS_perf_event_open, &attr, -1, cpu, -1, PERF_FLAG_FD_CLOEXEC), err;

	if (fd < 0)
		return errno == ENODEV && cpu ? 0 : no_event(errno, cpu, why);
	s->samplers[cpu] = bpf_program__attach_perf_event(s->skel->progs.in_event, fd);
	if (s->samplers[cpu])
		return 0;
	err = errno;
	close(fd);
	return fail(why, "can't sample CPU %u: %s", cpu, strerror(err));
}

static int attach(struct sampling *s, struct fail *why)
{
	if (s->options->handler) {
		s->samplers[0] = bpf_program__attach(s->skel->progs.in_handler);
		if (!s->samplers[0])
			return fail(why, "can't be called in %s: %s", s->options->handler,
				    strerror(errno));
		return 0;
	}
	for (unsigned int cpu = 0; cpu < s->nr_cpus; cpu++)
		if (sample_cpu(s, cpu, why))
			return -1;
	return 0;
}

/* --- what is told ------------------------------------------------------------- */

static int on_region(void *arg, void *data, size_t size)
{
	struct sampling *s = arg;

	if (size == sizeof(struct irqoff_region) && !s->tell(data, s->arg, s->why))
		return 0;
	s->told_off = true;
	return -ECANCELED;
}

static volatile sig_atomic_t to_end;

static void on_signal(int sig)
{
	(void)sig;
	to_end = 1;
}

struct sampling *sampling_begin(const struct sampling_options *options,
				int (*tell)(const struct irqoff_region *region, void *arg,
					    struct fail *why),
				void *arg, struct fail *why)
{
	struct sigaction action = { .sa_handler = on_signal };
	struct sampling *s = calloc(1, sizeof(*s));
	int nr = libbpf_num_possible_cpus();

#ifndef __x86_64__
	fail(why, "this needs NMIs that tell whether interrupts were off, which it knows of x86-64 only");
	goto failed;
#endif
	if (!s) {
		fail(why, "out of memory");
		goto failed;
	}
	if (nr < 1 || nr > IRQOFF_MAX_CPUS) {
		fail(why, "this machine may have %d CPUs, %d are the most", nr, IRQOFF_MAX_CPUS);
		goto failed;
	}
	*s = (struct sampling) { .options = options, .nr_cpus = nr, .tell = tell, .arg = arg };
	print_log = options->verbose;
	libbpf_set_print(print_libbpf);
	if (load_or_provide(s, why))
		goto failed;
	s->regions = ring_buffer__new(bpf_map__fd(s->skel->maps.regions), on_region, s, NULL);
	if (!s->regions) {
		fail(why, "no ring buffer: %s", strerror(errno));
		goto failed;
	}
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	if (attach(s, why))
		goto failed;
	return s;

failed:
	sampling_end(s);
	return NULL;
}

static int cant_read(const struct sampling *s, int err, struct fail *why)
{
	return s->told_off ? -1 : fail(why, "can't read what was sampled: %s", strerror(-err));
}

int sampling_wait(struct sampling *s, uint64_t until_ns, struct fail *why)
{
	s->why = why;
	while (!to_end) {
		uint64_t now = clock_ns(CLOCK_MONOTONIC);
		uint64_t left_ms = until_ns > now ? (until_ns - now + 999999) / 1000000 : 0;
		int n = ring_buffer__poll(s->regions, left_ms < 1000 ? (int)left_ms : 1000);

		if (n < 0 && n != -EINTR)
			return cant_read(s, n, why);
		if (!left_ms)
			return 0;
	}
	return 1;
}

static bool read_cpu(const struct sampling *s, unsigned int nr, struct irqoff_cpu *cpu)
{
	return !bpf_map_lookup_elem(bpf_map__fd(s->skel->maps.cpus), &nr, cpu);
}

bool sampling_going_on(const struct sampling *s, unsigned int nr, struct irqoff_region *region)
{
	struct irqoff_cpu cpu;

	if (!read_cpu(s, nr, &cpu) || !cpu.now.first_ns ||
	    clock_ns(CLOCK_MONOTONIC) < cpu.now.first_ns + s->options->min_ns)
		return false;
	*region = cpu.now;
	region->end_ns = 0;
	return true;
}

const struct irqoff_counts *sampling_counts(const struct sampling *s)
{
	return &s->skel->bss->counts;
}

unsigned int sampling_cpus(const struct sampling *s)
{
	return s->nr_cpus;
}

static void detach(struct sampling *s)
{
	for (unsigned int cpu = 0; cpu < s->nr_cpus; cpu++) {
		bpf_link__destroy(s->samplers[cpu]);
		s->samplers[cpu] = NULL;
	}
}

static bool is_busy(const struct sampling *s)
{
	struct irqoff_cpu cpu;

	for (unsigned int nr = 0; nr < s->nr_cpus; nr++)
		if (read_cpu(s, nr, &cpu) && cpu.busy)
			return true;
	return false;
}

int sampling_stop(struct sampling *s, struct fail *why)
{
	uint64_t until = clock_ns(CLOCK_MONOTONIC) + COMPLETE_NS;
	bool busy;
	int n;

	detach(s);
	s->why = why;
	do {
		/* what is told before it is not busy any more is in the buffer then */
		busy = is_busy(s);
		n = busy ? ring_buffer__poll(s->regions, 10) : ring_buffer__consume(s->regions);
		if (n < 0 && n != -EINTR)
			return cant_read(s, n, why);
	} while (busy && clock_ns(CLOCK_MONOTONIC) < until);
	if (busy)
		return fail(why, "the kernel's threads have not looked at the last regions for %llu s",
			    COMPLETE_NS / NS_PER_S);
	return 0;
}

void sampling_end(struct sampling *s)
{
	if (!s)
		return;
	detach(s);
	bpf_link__destroy(s->deferral);
	ring_buffer__free(s->regions);
	irqoffwho_bpf__destroy(s->skel);
	free(s);
}
