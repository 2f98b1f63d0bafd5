// SPDX-License-Identifier: GPL-2.0-only
#include "regions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cgroups.h"
#include "common/clock.h"

/* --- columns ------------------------------------------------------------------ */

#define TEXT_GETTER(what)						\
	static const char *get_##what(const void *row, size_t *len)	\
	{								\
		const char *s = ((const struct region *)row)->what;	\
									\
		*len = s ? strlen(s) : 0;				\
		return s;						\
	}

TEXT_GETTER(function)
TEXT_GETTER(stack)
TEXT_GETTER(cmdline)
TEXT_GETTER(cgroup)

static const char *get_comm(const void *row, size_t *len)
{
	const struct region *region = row;

	*len = strnlen(region->r.comm, sizeof(region->r.comm));
	return region->r.comm;
}

#define GETTER(what, field)						\
	static uint64_t get_##what(const void *row, int which)		\
	{								\
		(void)which;						\
		return ((const struct region *)row)->field;		\
	}

GETTER(length, length_ns)
GETTER(most, most_ns)
GETTER(going_on, going_on)
GETTER(samples, r.samples)
GETTER(cpu, r.cpu)
GETTER(pid, r.pid)
GETTER(tid, r.tid)
GETTER(begun, r.first_ns)

#define TEXT(name_, what, standard_, help_) \
	{ .name = (name_), .key = #what, .type = COLUMN_TEXT, .standard = (standard_), \
	  .help = (help_), .text = get_##what }
#define NUMBER(name_, key_, what, type_, standard_, help_) \
	{ .name = (name_), .key = (key_), .type = COLUMN_##type_, .standard = (standard_), \
	  .help = (help_), .number = get_##what }

const struct column region_columns[] = {
	NUMBER("LENGTH", "length_ns", length, DURATION, true,
	       "how long interrupts were seen to be off: at least so long"),
	NUMBER("MOST", "max_length_ns", most, DURATION, false,
	       "the same and the time between two samples: about so long at most"),
	NUMBER("SAMPLES", "samples", samples, COUNT, true, "samples that saw it"),
	NUMBER("GOES-ON", "going_on", going_on, FLAG, false,
	       "interrupts were still off when this was printed: 1 or 0"),
	NUMBER("CPU", "cpu", cpu, COUNT, true, "which CPU"),
	NUMBER("PID", "pid", pid, COUNT, true, "the process that ran there, 0 for an idle CPU"),
	NUMBER("TID", "tid", tid, COUNT, false, "its thread"),
	TEXT("COMM", comm, true, "the name of the thread"),
	TEXT("FUNCTION", function, true, "where the kernel was at the first sample"),
	NUMBER("BEGAN", "first_ns", begun, MOMENT, false, "how long ago the first sample was"),
	TEXT("CMDLINE", cmdline, false, "the arguments of the process, the first 256 bytes"),
	TEXT("CGROUP", cgroup, false, "the control group that it was in"),
	TEXT("STACK", stack, true, "how the kernel came there, from the outside in"),
	{ 0 }
};

int region_order(const void *x, const void *y)
{
	const struct region *a = x, *b = y;

	if (a->length_ns != b->length_ns)
		return a->length_ns < b->length_ns ? 1 : -1;
	if (a->r.first_ns != b->r.first_ns)
		return a->r.first_ns < b->r.first_ns ? -1 : 1;
	return (a->r.cpu > b->r.cpu) - (a->r.cpu < b->r.cpu);
}

/* --- rows --------------------------------------------------------------------- */

static char *name_of(const struct ksyms *syms, uint64_t addr)
{
	const char *name = ksyms_find(syms, addr);
	char *hex;

	if (name)
		return strdup(name);
	if (asprintf(&hex, "0x%llx", (unsigned long long)addr) < 0)
		return NULL;
	return hex;
}

/* What stands before the address of the sample is how the sample was taken. */
static unsigned int first_of_stack(const struct irqoff_region *r)
{
	for (unsigned int i = 0; i < r->nr_stack; i++)
		if (r->stack[i] == r->ip)
			return i;
	return 0;
}

static char *stack_of(const struct ksyms *syms, const struct irqoff_region *r)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);
	unsigned int i, first = first_of_stack(r);

	if (!f)
		return NULL;
	for (i = r->nr_stack; i > first; i--) {
		char *name = name_of(syms, r->stack[i - 1]);

		fprintf(f, "%s%s", i < r->nr_stack ? ";" : "", name ? name : "?");
		free(name);
	}
	if (fclose(f)) {
		free(text);
		return NULL;
	}
	return text;
}

/* Each argument ends with a NUL, but the last of those that do not fit. */
static char *cmdline_of(const struct irqoff_region *r)
{
	size_t len = r->cmdline_len;
	char *text;

	while (len && !r->cmdline[len - 1])
		len--;
	if (!len)
		return NULL;
	text = malloc(len + 1);
	if (!text)
		return NULL;
	for (size_t i = 0; i < len; i++)
		text[i] = r->cmdline[i] ? r->cmdline[i] : ' ';
	text[len] = '\0';
	return text;
}

static void free_region(struct region *region)
{
	free(region->function);
	free(region->stack);
	free(region->cmdline);
	free(region->cgroup);
	free(region);
}

struct region *regions_add(struct regions *all, const struct irqoff_region *sampled)
{
	uint64_t end = sampled->end_ns ? sampled->end_ns : clock_ns(CLOCK_MONOTONIC);
	struct region *region;

	if (all->nr == all->size) {
		size_t size = all->size ? 2 * all->size : 256;
		struct region **v = reallocarray(all->v, size, sizeof(*v));

		if (!v)
			return NULL;
		all->v = v;
		all->size = size;
	}
	region = calloc(1, sizeof(*region));
	if (!region)
		return NULL;
	region->r = *sampled;
	region->length_ns = end - sampled->first_ns;
	region->most_ns = region->length_ns + all->period_ns;
	region->going_on = !sampled->end_ns;
	region->function = name_of(all->syms, sampled->ip);
	region->stack = stack_of(all->syms, sampled);
	region->cmdline = cmdline_of(sampled);
	region->cgroup = cgroup_path(sampled->cgroup_id);
	if (!region->function || !region->stack) {
		free_region(region);
		return NULL;
	}
	all->v[all->nr++] = region;
	all->told++;
	return region;
}

void regions_drop(struct regions *all)
{
	while (all->nr)
		free_region(all->v[--all->nr]);
}

void regions_limits(const struct regions *all)
{
	fprintf(stderr, "irqoffwho: %.1f s, %llu samples on %u CPUs, %llu of them with interrupts off; %llu regions seen, %llu of at least %.0f us\n",
		(double)all->looked_ns / NS_PER_S, (unsigned long long)all->counts.samples,
		all->cpus, (unsigned long long)all->counts.off,
		(unsigned long long)all->counts.regions,
		(unsigned long long)all->told, (double)all->min_ns / 1000);
	fprintf(stderr, "irqoffwho: a region counts from its first sample, so may have been %.2f ms longer; shorter ones are met by chance only\n",
		(double)all->period_ns / 1000000);
}
