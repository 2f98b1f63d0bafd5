/* SPDX-License-Identifier: GPL-2.0-only */
/* Wakeup sources by sysfs, where the BPF program can't be had: each file is of another instant. */
#ifndef WSDUMP_LOADER_STATES_SYSFS_H
#define WSDUMP_LOADER_STATES_SYSFS_H

#include "state.h"

/**
 * states_from_sysfs() - read a tree like /sys/class/wakeup, or a copy of it
 * @states: zeroed before its first use
 * @dir: the folder with wakeup0 and so on
 * @why: the reason when it fails
 *
 * Times are milliseconds there, and when it was is not known.
 *
 * Return: 0, or -1; @states is to be freed in either case.
 */
int states_from_sysfs(struct states *states, const char *dir, struct fail *why);

#endif
