// SPDX-License-Identifier: GPL-2.0-only
/* Processes that hold dma-bufs, as rows. */
#include <string.h>

#include "views.h"

static const char *get_comm(const void *row, size_t *len)
{
	const struct process *proc = row;

	*len = strlen(proc->comm);
	return proc->comm;
}

static const char *get_shared_with(const void *row, size_t *len)
{
	const struct process *proc = row;

	*len = proc->shared_with_len;
	return proc->shared_with;
}

enum which { PID, RSS, PSS, UNIQUE, BUFFERS, FDS, MAPS };

static uint64_t get(const void *row, int which)
{
	const struct process *proc = row;

	switch ((enum which)which) {
	case PID:
		return proc->pid;
	case RSS:
		return proc->rss;
	case PSS:
		return proc->pss;
	case UNIQUE:
		return proc->unique;
	case BUFFERS:
		return proc->buffers;
	case FDS:
		return proc->fds;
	case MAPS:
		return proc->maps;
	}
	return 0;
}

#define NUMBER(name_, key_, type_, which_, help_) \
	{ .name = (name_), .key = (key_), .type = COLUMN_##type_, .standard = true, \
	  .help = (help_), .number = get, .which = (which_) }

static const struct column columns[] = {
	NUMBER("PID", "pid", COUNT, PID, "the process"),
	{ .name = "COMM", .key = "comm", .type = COLUMN_TEXT, .standard = true,
	  .help = "its name", .text = get_comm },
	NUMBER("RSS", "rss", BYTES, RSS, "all buffers that it holds"),
	NUMBER("PSS", "pss", BYTES, PSS, "likewise, each shared out among its holders"),
	NUMBER("UNIQUE", "unique", BYTES, UNIQUE, "buffers that no other process holds"),
	NUMBER("BUFFERS", "buffers", COUNT, BUFFERS, "how many it holds"),
	NUMBER("FDS", "fds", COUNT, FDS, "by so many file descriptors"),
	NUMBER("MAPS", "maps", COUNT, MAPS, "and mappings"),
	{ .name = "SHARED-WITH", .key = "shared_with", .type = COLUMN_TEXT, .standard = true,
	  .help = "who holds some of these as well", .text = get_shared_with },
	{ 0 }
};

static int order(const void *x, const void *y)
{
	const struct process *a = x, *b = y;

	return larger_first(a->pss, b->pss) ?: -larger_first(a->pid, b->pid);
}

static bool holds_some(const struct snapshot *snap, const struct filter *filter, size_t process)
{
	for (size_t i = 0; i < snap->nr_holdings; i++)
		if (snap->holdings[i].process == process &&
		    filter_passes(filter, snap, &snap->buffers[snap->holdings[i].buffer]))
			return true;
	return false;
}

/* Those that are asked for and hold one of the buffers that are. */
static void fill(const struct snapshot *snap, const struct filter *filter, struct rows *rows)
{
	for (size_t i = 0; i < snap->nr_processes; i++)
		if (filter_has_pid(filter, snap->processes[i].pid) &&
		    (!filter->min_bytes || holds_some(snap, filter, i)))
			rows->v[rows->nr++] = &snap->processes[i];
}

static size_t nr(const struct snapshot *snap)
{
	return snap->nr_processes;
}

const struct view processes_view = { "processes", columns, order, fill, nr };
