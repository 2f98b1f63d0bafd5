/* SPDX-License-Identifier: GPL-2.0-only */
/* Giving up what is not needed any more, once programs are loaded. */
#ifndef WSDUMP_PRIVILEGES_H
#define WSDUMP_PRIVILEGES_H

#include "fail.h"

/** enum still_needed - what a verb does after that, besides taking snapshots */
enum still_needed {
	STILL_READ	= 1 << 0,	/* files wherever the user says */
	STILL_WRITE	= 1 << 1,	/* likewise, new ones in the place of others */
	STILL_KILL	= 1 << 2,	/* signals to whatever its command has become */
};

/**
 * privileges_drop() - give up all capabilities but those that are needed from here on
 * @needed: of enum still_needed
 *
 * What is given up can't be had back, by running another program neither: a verb that runs a
 * command of its user's does so first. A capability that the process does not have, it does
 * not get.
 *
 * Return: 0, or -1 with the reason in @why.
 */
int privileges_drop(unsigned int needed, struct fail *why);

#endif
