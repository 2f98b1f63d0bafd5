// SPDX-License-Identifier: GPL-2.0-only
/* irqoffwho: look for some time, print what was seen; or print each region as it ends. */
#include <stdlib.h>
#include <stdio.h>

#include "regions.h"
#include "sampling.h"
#include "common/clock.h"
#include "common/duration.h"
#include "common/kfuncs.h"
#include "common/out.h"
#include "common/privileges.h"
#include "verbs.h"

#define LOOK_NS (10 * NS_PER_S)

/* What a verb is told by its command line. */
struct look {
	struct sampling_options sampling;
	uint64_t for_ns;
	struct listing list;
};

static int set_for(void *to, const char *arg, struct fail *why)
{
	struct look *look = to;

	if (duration_parse(arg, &look->for_ns) || !look->for_ns)
		return fail(why, "'%s' is no duration such as 10s or 1m30s", arg);
	return 0;
}

static const struct option_row for_options[] = {
	{ "for", 'd', "DURATION", "look for so long; by default 10s, watch until it is stopped",
	  set_for, 0 },
	{ 0 }
};

#define LOOK { \
	.sampling = { .min_ns = 200000, .hz = 1000 }, \
	.list = { .all = region_columns, .formats = region_formats, .order = region_order }, \
}

static void more_help(void)
{
	columns_help(region_columns);
	formats_help(region_formats);
	puts("\nVerbs, with a --help of their own:\n"
	     " watch     print each region when it is over");
}

static int parse(struct look *look, const char *name, const char *about, int argc, char **argv)
{
	const struct option_group groups[] = {
		{ "How to look", sampling_rows, &look->sampling },
		{ NULL, for_options, look },
		{ "How to print it", order_options, &look->list },
		{ NULL, column_options, &look->list },
		{ NULL, format_options, &look->list },
		{ "Others", verbose_options, &look->sampling.verbose },
		{ 0 }
	};
	const struct command cmd = {
		.name = name,
		.operands = "",
		.about = about,
		.groups = groups,
		.more = more_help,
		.examples =
			" sudo irqoffwho --for 1m --min 1ms\n"
			" sudo irqoffwho --format folded | flamegraph.pl >off.svg\n",
	};
	struct fail why;
	int first, status;

	status = command_parse(&cmd, argc, argv, &first);
	if (status >= 0)
		return status;
	if (first < argc)
		return usage_error(&cmd, "unexpected argument '%s'", argv[first]);
	if (listing_ready(&look->list, &why))
		return usage_error(&cmd, "%s", why.text);
	return -1;
}

static int begin(struct look *look, struct regions *all, struct sampling **sampling,
		 int (*tell)(const struct irqoff_region *region, void *arg, struct fail *why),
		 void *arg, struct fail *why)
{
	if (kfuncs_may_load_bpf(why))
		return -1;
	all->syms = ksyms_load(why);
	if (!all->syms)
		return -1;
	if (!ksyms_count(all->syms))
		return fail(why, "/proc/kallsyms shows no addresses: it needs CAP_SYSLOG, and kernel.kptr_restrict below 2");
	all->period_ns = NS_PER_S / look->sampling.hz;
	all->min_ns = look->sampling.min_ns;
	*sampling = sampling_begin(&look->sampling, tell, arg, why);
	/* what is left is to read the maps, and the paths of control groups */
	return *sampling ? privileges_drop(STILL_READ, why) : -1;
}

/* What is not over yet comes last. */
static int end(struct regions *all, const struct sampling *sampling, uint64_t begun_ns,
	       struct fail *why)
{
	struct irqoff_region going_on;

	for (unsigned int cpu = 0; cpu < sampling_cpus(sampling); cpu++)
		if (sampling_going_on(sampling, cpu, &going_on) && !regions_add(all, &going_on))
			return fail(why, "out of memory");
	all->looked_ns = clock_ns(CLOCK_MONOTONIC) - begun_ns;
	all->cpus = sampling_cpus(sampling);
	all->counts = *sampling_counts(sampling);
	if (!all->counts.samples)
		return fail(why, "no sample was taken in %.1f s: there was no NMI, or none came to the handler",
			    (double)all->looked_ns / NS_PER_S);
	return 0;
}

/* What was printed, and is it all? */
static int finish(const struct regions *all, struct fail *why)
{
	regions_limits(all);
	if (all->counts.lost)
		return fail(why, "%llu regions are missing, which came faster than they could be read: a larger --min leaves less to read",
			    (unsigned long long)all->counts.lost);
	return 0;
}

/* --- without a verb ----------------------------------------------------------- */

static int keep(const struct irqoff_region *region, void *arg, struct fail *why)
{
	return regions_add(arg, region) ? 0 : fail(why, "out of memory");
}

static int print(const struct look *look, struct regions *all, struct fail *why)
{
	struct rows rows = { .whole = all, .now_ns = clock_ns(CLOCK_MONOTONIC) };
	int err;

	if (rows_room(&rows, all->nr)) {
		rows_free(&rows);
		return fail(why, "no memory for %zu regions", all->nr);
	}
	for (size_t i = 0; i < all->nr; i++)
		rows.v[rows.nr++] = all->v[i];
	listing_sort(&look->list, &rows);
	err = listing_print(&look->list, &rows, why);
	rows_free(&rows);
	return err;
}

int look_main(int argc, char **argv)
{
	struct look look = LOOK;
	struct regions all = { 0 };
	struct sampling *sampling = NULL;
	struct fail why;
	uint64_t begun;
	int err, status;

	look.for_ns = LOOK_NS;
	status = parse(&look, "irqoffwho",
		       "Look for regions in which the kernel keeps a CPU's interrupts off: the longest first.\n",
		       argc, argv);
	if (status >= 0)
		return status;
	err = begin(&look, &all, &sampling, keep, &all, &why);
	begun = clock_ns(CLOCK_MONOTONIC);
	err = err || sampling_wait(sampling, begun + look.for_ns, &why) < 0;
	if (!err) {
		err = sampling_stop(sampling, &why) || end(&all, sampling, begun, &why) ||
		      print(&look, &all, &why) || out_finish(&why);
	}
	sampling_end(sampling);
	err = err || finish(&all, &why);
	regions_drop(&all);
	free(all.v);
	ksyms_free(all.syms);
	return err ? complain(why.text) : STATUS_OK;
}

/* --- watch -------------------------------------------------------------------- */

struct watch {
	struct look look;
	struct regions all;
};

static int print_one(const struct irqoff_region *region, void *arg, struct fail *why)
{
	struct watch *watch = arg;

	if (!regions_add(&watch->all, region))
		return fail(why, "out of memory");
	if (print(&watch->look, &watch->all, why))
		return -1;
	out_flush();
	if (out.error)
		return out_finish(why);
	watch->look.list.no_headings = true;
	regions_drop(&watch->all);
	return 0;
}

int watch_main(int argc, char **argv)
{
	struct fail why;
	struct watch watch = { .look = LOOK };
	struct sampling *sampling = NULL;
	uint64_t begun;
	int err, status;

	watch.look.for_ns = UINT64_MAX / 2;
	status = parse(&watch.look, "irqoffwho watch",
		       "Print each region in which the kernel kept a CPU's interrupts off, when it is over.\n",
		       argc, argv);
	if (status >= 0)
		return status;
	err = begin(&watch.look, &watch.all, &sampling, print_one, &watch, &why);
	begun = clock_ns(CLOCK_MONOTONIC);
	err = err || sampling_wait(sampling, begun + watch.look.for_ns, &why) < 0;
	if (!err) {
		err = sampling_stop(sampling, &why) || end(&watch.all, sampling, begun, &why);
	}
	if (!err && watch.all.nr)
		err = print(&watch.look, &watch.all, &why);
	err = err || out_finish(&why);
	sampling_end(sampling);
	err = err || finish(&watch.all, &why);
	regions_drop(&watch.all);
	free(watch.all.v);
	ksyms_free(watch.all.syms);
	return err ? complain(why.text) : STATUS_OK;
}
