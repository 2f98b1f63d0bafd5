/* SPDX-License-Identifier: GPL-2.0-only */
/* `wsdump watch`: what its screen and its blocks of lines share. */
#ifndef WSDUMP_LOADER_WATCH_H
#define WSDUMP_LOADER_WATCH_H

#include "changes.h"

#define WATCH_SUMMARY_LEN 128

/**
 * struct watch - what is being watched
 * @reader: open all the time
 * @states: the last two
 * @newest: which of them is the newer one
 * @cmp: their difference
 * @view: what is shown of it
 * @interval_ns: time between two looks
 * @count: looks before it ends, 0 for no end
 */
struct watch {
	struct wakeup_reader *reader;
	struct states states[2];
	int newest;
	struct comparison cmp;
	struct change_view view;
	uint64_t interval_ns;
	uint64_t count;
};

/**
 * watch_look() - look once more, and compare with the time before
 *
 * Return: 0, or -1 with the reason in @why and everything as it was before.
 */
int watch_look(struct watch *w, struct fail *why);

/** watch_summary() - one line: when, how long, how many */
void watch_summary(const struct watch *w, char line[WATCH_SUMMARY_LEN]);

/** watch_now_ns() - CLOCK_MONOTONIC */
uint64_t watch_now_ns(void);

/**
 * watch_screen() - show it on the terminal until a key, a signal or @count ends it
 *
 * The terminal is as before when this returns, with an error as well.
 *
 * Return: 0, the number of the signal that ended it, or -1 with the reason in @why.
 */
int watch_screen(struct watch *w, struct fail *why);

#endif
