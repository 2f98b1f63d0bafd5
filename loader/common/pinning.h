/* SPDX-License-Identifier: GPL-2.0-only */
/* The options --pin and --unpin, of commands that can keep what they have loaded. */
#ifndef WSDUMP_LOADER_PINNING_H
#define WSDUMP_LOADER_PINNING_H

#include "options.h"

enum pinning {
	PINNING_NONE,
	PINNING_PIN,
	PINNING_UNPIN,
};

/* Rows of options, to an enum pinning. */
extern const struct option_row pin_options[];

/**
 * pinning_done() - print what --pin or --unpin came to
 * @pinning: which it was
 * @done: what the unpin function returned: 1, or 0 when nothing was pinned
 * @module: which brings the kfuncs, where the kernel does not
 *
 * Return: STATUS_OK.
 */
int pinning_done(enum pinning pinning, int done, const char *module);

#endif
