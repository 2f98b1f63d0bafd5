/* SPDX-License-Identifier: GPL-2.0-only */
/* What diff and run share: differences over a time, without watching. */
#ifndef WSDUMP_LOADER_DIFF_H
#define WSDUMP_LOADER_DIFF_H

#include "changes.h"
#include "libwakeup/libwakeup.h"
#include "why.h"

/**
 * struct diff_options - what diff and run are asked for; DIFF_OPTIONS is the default
 * @list: how to print it
 * @filter: which sources
 */
struct diff_options {
	struct listing list;
	struct change_filter filter;
};

#define DIFF_OPTIONS { \
	.list = { .all = diff_columns, .formats = change_formats, .order = change_order }, \
}

/** diff_help() - print what these mean, for --help */
void diff_help(void);

/**
 * diff_print() - compare and print, with a summary, on stdout by out.h
 * @o: how, after listing_ready()
 * @old: the older states
 * @new: the newer states
 * @rebooted: they are of different boots
 * @w: of wsdump run: what is known of suspends between them; or NULL
 * @why: the reason when it fails
 *
 * Return: 0 or -1.
 */
int diff_print(struct diff_options *o, const struct states *old, const struct states *new,
	       bool rebooted, const struct why *w, struct fail *why);

/** states_now() - a copy of what is now; returns 0, or -1 with the reason in @why */
int states_now(struct wakeup_reader *reader, struct states *states, struct fail *why);

#endif
