/* SPDX-License-Identifier: GPL-2.0-only */
/* Which processes have wakeup sources: those that wait by epoll with EPOLLWAKEUP. */
#ifndef WSDUMP_LOADER_PROCESSES_H
#define WSDUMP_LOADER_PROCESSES_H

#include <stddef.h>

#include "common/fail.h"

/**
 * struct process_source - one source that one process has
 * @name: of the source
 * @process: of the process, with its PID
 */
struct process_source {
	char name[64];
	char process[64];
};

struct process_sources {
	struct process_source *v;
	size_t nr;
};

/**
 * processes_read() - look at all processes that may be looked at
 *
 * Return: 0, or -1 when there is no memory; processes_free() has to be called in any case.
 */
int processes_read(struct process_sources *all);

/** processes_find() - those with a source of this name, with commas between; "" for none */
void processes_find(const struct process_sources *all, const char *name, char *buf, size_t size);

/** processes_free() - free what processes_read() has left */
void processes_free(struct process_sources *all);

#endif
