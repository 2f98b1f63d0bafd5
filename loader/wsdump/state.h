/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * All wakeup sources at one time, as a copy that lasts: of a snapshot, or from a file.
 * Two of them can be compared.
 */
#ifndef WSDUMP_LOADER_STATE_H
#define WSDUMP_LOADER_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/fail.h"
#include "libwakeup/libwakeup.h"

/* What is counted, in the order of counters[]. The sums come first. */
enum counter {
	TOTAL_TIME,
	PREVENT_TIME,
	ACTIVE_COUNT,
	RELAX_COUNT,
	EVENT_COUNT,
	WAKEUP_COUNT,
	EXPIRE_COUNT,
	MAX_TIME,
	LAST_CHANGE,
	NR_GROWING,		/* all above never shrink while a source is registered */
	ACTIVE_TIME = NR_GROWING,
	NR_COUNTERS
};

#define NR_SUMS MAX_TIME	/* a difference of two is what happened in between */

/**
 * struct counter_of - where a counter is found
 * @key: in JSON
 * @get: in a snapshot
 */
struct counter_of {
	const char *key;
	uint64_t (*get)(const struct wakeup_source *src);
};

extern const struct counter_of counters[NR_COUNTERS];

/**
 * struct state - one source at one time
 * @name: bytes of any value but NUL, which ends them
 * @device: likewise, NULL where there is none
 * @name_len: length of @name in bytes
 * @device_len: length of @device in bytes, or 0
 * @id: the kernel's number
 * @active: it keeps the system awake
 * @autosleep: PREVENT_TIME is being counted
 * @n: the counters, times in nanoseconds
 */
struct state {
	const char *name;
	const char *device;
	size_t name_len;
	size_t device_len;
	unsigned int id;
	bool active;
	bool autosleep;
	uint64_t n[NR_COUNTERS];
};

/**
 * struct states - all sources at one time
 * @v: the sources, in the kernel's order, the newest first
 * @nr: how many
 * @monotonic_ns: the time on CLOCK_MONOTONIC, the clock of the counters
 * @realtime_ns: the same moment since 1970
 * @unit_ns: what times are multiples of; 0 is 1
 * @no_ids: the numbers of sources mean nothing, as debugfs has none
 * @untimed: when it was is not known
 * @left_out: sources that there were besides these, as others were asked for
 * @text: memory of the names
 * @size: number of sources that @v has room for
 * @text_size: bytes that @text has room for
 */
struct states {
	struct state *v;
	size_t nr;
	uint64_t monotonic_ns;
	uint64_t realtime_ns;
	uint64_t unit_ns;
	bool no_ids;
	bool untimed;
	size_t left_out;
	char *text;
	size_t size;
	size_t text_size;
};

/**
 * states_room() - have memory for sources and names, which are lost
 * @states: zeroed before its first use
 * @sources: how many
 * @text: bytes of names and devices, each with its NUL
 *
 * Return: 0, or -1 when there is no memory; @states is to be freed in either case.
 */
int states_room(struct states *states, size_t sources, size_t text);

/**
 * states_copy() - copy a snapshot
 * @states: zeroed before its first use; the memory of an earlier copy is used again
 * @snap: the snapshot
 * @why: the reason when it fails
 *
 * Return: 0, or -1; @states is to be freed in either case.
 */
int states_copy(struct states *states, const struct wakeup_snapshot *snap, struct fail *why);

/** states_free() - free what the above have left */
void states_free(struct states *states);

#endif
