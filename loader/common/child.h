/* SPDX-License-Identifier: GPL-2.0-only */
/* A command that a verb runs for its user, to see what happens meanwhile. */
#ifndef WSDUMP_LOADER_CHILD_H
#define WSDUMP_LOADER_CHILD_H

#include <sys/types.h>

#include "fail.h"

/* As env(1), nice(1) and timeout(1) have it, so that it is no command's own. */
enum run_status {
	RUN_FAILED = 125,
	RUN_CANT_EXEC = 126,
	RUN_NOT_FOUND = 127,
	RUN_SIGNAL = 128,	/* and the signal's number added */
};

/**
 * child_run() - run a command, pass signals on to it, and wait for its end
 * @argv: the command and its arguments
 * @started: called in this process when the command has been started, with the command's id;
 *	     returns 0, or -1 with the reason, which is returned when the command has ended. May
 *	     be NULL
 * @arg: for it
 * @failed: what to exit with if it could not be run
 *
 * It has all privileges of this process.
 *
 * Return: its exit status, or -1 with the reason in @why and a status in @failed.
 */
int child_run(char **argv, int (*started)(void *arg, pid_t pid, struct fail *why), void *arg,
	      enum run_status *failed, struct fail *why);

/** child_observer() - for @started: keep what it takes to look again, and to pass signals on */
int child_observer(void *arg, pid_t pid, struct fail *why);

#endif
