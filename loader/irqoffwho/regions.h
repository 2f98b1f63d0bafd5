/* SPDX-License-Identifier: GPL-2.0-only */
/* Regions as rows: what there is to say of one, and the formats for it. */
#ifndef WSDUMP_IRQOFFWHO_REGIONS_H
#define WSDUMP_IRQOFFWHO_REGIONS_H

#include <stddef.h>

#include "common/ksyms.h"
#include "common/listing.h"
#include "../../bpf/irqoffwho.h"

/**
 * struct region - a row
 * @r: what was sampled
 * @length_ns: for how long the samples saw interrupts off
 * @most_ns: how long it may have been: since the sample before
 * @going_on: it is not over
 * @function: where it was at the first sample
 * @stack: how it came there, from the outside in, with ';' between
 * @cmdline: arguments, with a space between; NULL for none
 * @cgroup: path, or NULL where it has none any more
 */
struct region {
	struct irqoff_region r;
	uint64_t length_ns;
	uint64_t most_ns;
	bool going_on;
	char *function;
	char *stack;
	char *cmdline;
	char *cgroup;
};

/**
 * struct regions - all that was sampled: the whole of the rows
 * @v: the rows
 * @nr: how many
 * @size: how many @v has room for
 * @told: how many there were, dropped ones as well
 * @syms: names of functions
 * @period_ns: between two samples
 * @min_ns: what is shorter is not here
 * @looked_ns: for how long samples were taken
 * @cpus: on how many CPUs
 * @counts: of all samples
 */
struct regions {
	struct region **v;
	size_t nr;
	size_t size;
	uint64_t told;
	struct ksyms *syms;
	uint64_t period_ns;
	uint64_t min_ns;
	uint64_t looked_ns;
	unsigned int cpus;
	struct irqoff_counts counts;
};

extern const struct column region_columns[];
extern const struct format region_formats[];

/** region_order() - the longest first; see struct listing */
int region_order(const void *x, const void *y);

/**
 * regions_add() - make a row of what was sampled
 *
 * Return: the row, or NULL when there is no memory.
 */
struct region *regions_add(struct regions *all, const struct irqoff_region *sampled);

/** regions_drop() - free all rows, and keep the rest */
void regions_drop(struct regions *all);

/** regions_limits() - print what can't be seen, on stderr, for people */
void regions_limits(const struct regions *all);

#endif
