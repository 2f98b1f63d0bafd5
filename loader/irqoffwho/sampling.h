/* SPDX-License-Identifier: GPL-2.0-only */
/* Taking samples in NMI, and what comes of them. */
#ifndef WSDUMP_IRQOFFWHO_SAMPLING_H
#define WSDUMP_IRQOFFWHO_SAMPLING_H

#include <stdbool.h>
#include <stdint.h>

#include "common/fail.h"
#include "common/options.h"
#include "../../bpf/irqoffwho.h"

/**
 * struct sampling_options - how to look
 * @min_ns: regions that are shorter are not told
 * @hz: samples a second, on each CPU
 * @handler: take a sample when this handler of NMIs is called, and not by an event; or NULL
 * @verbose: print the verifier's log
 */
struct sampling_options {
	uint64_t min_ns;
	uint64_t hz;
	const char *handler;
	bool verbose;
};

/* Rows of options, to a struct sampling_options. */
extern const struct option_row sampling_rows[];

struct sampling;

/**
 * sampling_begin() - load the program and take samples from now on
 * @options: how; has to stay
 * @tell: called with each region that is over, by sampling_wait()
 * @arg: handed to @tell, which returns 0, or -1 with the reason when it can't go on
 * @why: the reason when it fails
 *
 * Return: what sampling_end() takes, or NULL.
 */
struct sampling *sampling_begin(const struct sampling_options *options,
				int (*tell)(const struct irqoff_region *region, void *arg,
					    struct fail *why),
				void *arg, struct fail *why);

/**
 * sampling_wait() - have regions told until that time
 * @until_ns: on the monotonic clock
 *
 * Return: 0; 1 when a signal says that it is to end; -1 with the reason in @why.
 */
int sampling_wait(struct sampling *sampling, uint64_t until_ns, struct fail *why);

/**
 * sampling_going_on() - what has begun and is long enough, and is not over
 * @cpu: which CPU
 * @region: the result, with an end_ns of 0
 *
 * A CPU whose interrupts never come back tells nothing by itself.
 *
 * Return: is there one?
 */
bool sampling_going_on(const struct sampling *sampling, unsigned int cpu,
		       struct irqoff_region *region);

const struct irqoff_counts *sampling_counts(const struct sampling *sampling);

/** sampling_cpus() - CPUs that samples are taken on are below this number */
unsigned int sampling_cpus(const struct sampling *sampling);

/**
 * sampling_stop() - take no more samples, and have all told that has been seen to end
 *
 * A region is completed by a kernel thread, a moment after its end.
 *
 * Return: 0, or -1 with the reason in @why.
 */
int sampling_stop(struct sampling *sampling, struct fail *why);

/** sampling_end() - accepts NULL */
void sampling_end(struct sampling *sampling);

#endif
