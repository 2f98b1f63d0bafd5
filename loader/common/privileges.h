/* SPDX-License-Identifier: GPL-2.0-only */
/* Giving up what is not needed any more. */
#ifndef WSDUMP_PRIVILEGES_H
#define WSDUMP_PRIVILEGES_H

#include "fail.h"

/** enum still_needed - what a verb does after that */
enum still_needed {
	STILL_READ	= 1 << 0,	/* files wherever the user says */
	STILL_WRITE	= 1 << 1,	/* likewise, new ones in the place of others */
	STILL_KILL	= 1 << 2,	/* signals to whatever its command has become */
	STILL_LOAD	= 1 << 3,	/* programs, with a larger buffer when the list grows */
};

/**
 * become_nobody() - keep no right but those that are needed from here on
 * @needed: of enum still_needed
 *
 * Who is root becomes user and group 65534, without other groups. This takes CAP_SETUID and
 * CAP_SETGID, and a user namespace in which there is that user; else only capabilities go.
 *
 * What is given up can't be had back, by running another program neither: a verb that runs a
 * command of its user's does so first, and one that reads or writes files has opened them. A
 * capability that the process does not have, it does not get. May be called again with less.
 *
 * Return: 0, or -1 with the reason in @why.
 */
int become_nobody(unsigned int needed, struct fail *why);

/**
 * privileges_drop() - the same, but stay who it is, and able to load programs
 *
 * Files of its user's can be read and written then. Where that is root, this is no
 * protection from who brings code into the process.
 */
int privileges_drop(unsigned int needed, struct fail *why);

#endif
