/* SPDX-License-Identifier: GPL-2.0-only */
/* A governor, and the policies that are to have it: what load and run have in common. */
#ifndef FREQEXT_SESSION_H
#define FREQEXT_SESSION_H

#include "configure.h"

/**
 * struct session - what the command line says, and what came of it; the latter zeroed before
 * @policy_list: of --policy
 * @vips: of the options for vip
 * @verbose: of --verbose
 * @gov: the governor
 * @policies: that are to have it, as they were before
 */
struct session {
	const char *policy_list;
	struct vips vips;
	bool verbose;
	struct governor gov;
	struct policies policies;
};

extern const struct option_row policy_options[];	/* to a struct session */

/**
 * session_attach() - have a governor that policies can select; none has it yet
 * @what: its name or file
 * @command: a process that is a VIP besides, or 0
 *
 * Return: 0, or -1 with the reason in @why. session_close() in any case.
 */
int session_attach(struct session *session, const char *what, uint32_t command, struct fail *why);

/**
 * session_select() - note what the policies have, and have them select it
 *
 * Return: 0, or -1 with the reason in @why, and each has what it had.
 */
int session_select(struct session *session, struct fail *why);

/** session_close() - release the governor, which is gone then unless it was pinned */
void session_close(struct session *session);

#endif
