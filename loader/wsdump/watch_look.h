/* SPDX-License-Identifier: GPL-2.0-only */
/* What is being watched: `wsdump watch` shows it on a screen or in blocks of lines. */
#ifndef WSDUMP_LOADER_WATCH_LOOK_H
#define WSDUMP_LOADER_WATCH_LOOK_H

#include "changes.h"
#include "libwakeup/libwakeup.h"

#define WATCH_SUMMARY_LEN 320

/**
 * struct watch - what is being watched
 * @reader: open all the time
 * @states: the last two
 * @newest: which of them is the newer one
 * @cmp: their difference
 * @list: how to show it
 * @filter: what to show of it
 * @interval_ns: time between two looks
 * @count: looks before it ends, 0 for no end
 * @log: the kernel's log, from before the first look on
 * @asleep_ns: time in suspend since the boot, at the last look
 * @slept: what there is to say of the last suspend that was seen, or empty
 */
struct watch {
	struct wakeup_reader *reader;
	struct states states[2];
	int newest;
	struct comparison cmp;
	struct listing list;
	struct change_filter filter;
	uint64_t interval_ns;
	uint64_t count;
	struct suspend_log log;
	uint64_t asleep_ns;
	char slept[128];
};

/**
 * watch_look() - look once more, and compare with the time before
 *
 * Return: 0, or -1 with the reason in @why and everything as it was before.
 */
int watch_look(struct watch *w, struct fail *why);

/** watch_summary() - one line: when, how long, how many */
void watch_summary(const struct watch *w, char line[WATCH_SUMMARY_LEN]);

/** watch_free() - free what the looks have left */
void watch_free(struct watch *w);

#endif
