/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The difference of two states: what every source did between them.
 */
#ifndef WSDUMP_LOADER_COMPARE_H
#define WSDUMP_LOADER_COMPARE_H

#include "state.h"

/**
 * enum change_kind - what became of a source
 * @CHANGE_KEPT: it is in both
 * @CHANGE_CAME: only in the newer: all that it counted was in between
 * @CHANGE_RESET: in both, but something that only grows is less: it was unregistered and
 *		  registered again, by the same name, and was given the same number. What
 *		  it counted since then was in between, what before then is lost
 * @CHANGE_GONE: only in the older: what it counted in between is not known
 */
enum change_kind {
	CHANGE_KEPT,
	CHANGE_CAME,
	CHANGE_RESET,
	CHANGE_GONE,
	NR_KINDS
};

/**
 * struct change - what one source did
 * @kind: whether it is the same source
 * @changed: it counted something, came, or went
 * @shown: likewise, or is active
 * @left_out: the older or newer states were asked for others, so nothing is known of it
 * @always: it was active all the time, and is
 * @now: its newer state; its last known one for CHANGE_GONE
 * @n: the sums' differences, 0 for CHANGE_GONE
 * @share: ten thousandths of the interval for which it was active, 10000 at most
 */
struct change {
	enum change_kind kind;
	bool changed;
	bool shown;
	bool left_out;
	bool always;
	const struct state *now;
	uint64_t n[NR_SUMS];
	unsigned int share;
};

/**
 * struct comparison - the difference of two states
 * @v: one change for each source of either; the newer's in its order, then the gone
 * @nr: how many
 * @kinds: how many of each kind
 * @interval_ns: time between them on CLOCK_MONOTONIC, which stands still in suspend;
 *		 after a reboot, time since the boot
 * @untimed: @interval_ns is 0 as it is not known
 * @rebooted: the older is of another boot: then everything is since the newer boot
 * @now_ns: time of the newer on CLOCK_MONOTONIC
 * @size: number of changes that @v has room for
 */
struct comparison {
	struct change *v;
	size_t nr;
	size_t kinds[NR_KINDS];
	uint64_t interval_ns;
	uint64_t now_ns;
	bool untimed;
	bool rebooted;
	size_t size;
};

/**
 * compare() - work out the difference of two states
 * @old: the older one; no two of its sources may have the same id
 * @new: the newer one, likewise
 * @rebooted: they are of different boots
 * @cmp: the result, good as long as both; zeroed before its first use, and the memory
 *	 of an earlier result is used again
 *
 * In one boot a source is the same if id and name are: ids are used again once a source
 * is unregistered, and any number of sources may share a name. Over a reboot nothing
 * but the name is left, and sources that share one are paired in the kernel's order.
 *
 * Return: 0, or -1 when out of memory.
 */
int compare(const struct states *old, const struct states *new, bool rebooted,
	    struct comparison *cmp);

/** compare_free() - free what compare() has left */
void compare_free(struct comparison *cmp);

#endif
