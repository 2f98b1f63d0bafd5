/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_TRACE_RUN_H
#define WSDUMP_LOADER_TRACE_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "common/fail.h"
#include "filter.h"

/**
 * struct trace_options - what to trace, and where to
 * @limit_ns: for how long, 0 until a signal ends it
 * @command: with its arguments: trace while it runs; or NULL
 * @perfetto: path of a trace for Perfetto's viewer, or NULL
 * @svg: path of a picture, or NULL
 * @filter: which sources
 * @raw: print fields with TABs between them and times in nanoseconds, and no summary
 * @json: the same, with an object a line
 * @quiet: print the summary only
 * @verbose: print what the verifier says
 */
struct trace_options {
	uint64_t limit_ns;
	char **command;
	const char *perfetto;
	const char *svg;
	struct filter filter;
	bool raw, json, quiet;
	bool verbose;
};

/**
 * trace_run() - trace, print, and write what was asked for
 *
 * @status: set to the command's exit status, if there is one; else to one of enum run_status
 *
 * With a command all is printed on standard error, as standard output is the command's.
 *
 * Return: 0, or -1 with the reason in @why. Standard output is not flushed.
 */
int trace_run(const struct trace_options *opt, int *status, struct fail *why);

#endif
