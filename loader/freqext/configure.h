/* SPDX-License-Identifier: GPL-2.0-only */
/* Which processes are VIPs: the options of load and run that are for the governor vip. */
#ifndef FREQEXT_CONFIGURE_H
#define FREQEXT_CONFIGURE_H

#include <stdint.h>

#include "common/options.h"
#include "governor.h"

#define MAX_VIPS 64	/* on a command line */

/**
 * struct vips - they
 * @pids: processes
 * @comms: names of tasks
 * @cgroups: paths of directories
 */
struct vips {
	uint64_t pids[MAX_VIPS];
	const char *comms[MAX_VIPS];
	const char *cgroups[MAX_VIPS];
	size_t nr_pids;
	size_t nr_comms;
	size_t nr_cgroups;
};

extern const struct option_row vip_options[];	/* to a struct vips */

/**
 * configure() - what has to be known before a governor is loaded
 * @gov: opened, not loaded
 * @vips: of the command line; refused if the governor is not vip
 *
 * Return: 0, or -1 with the reason in @why.
 */
int configure(struct governor *gov, const struct vips *vips, struct fail *why);

/**
 * configure_maps() - what can be known when it is loaded
 * @command: a process that is a VIP besides, or 0
 */
int configure_maps(const struct governor *gov, const struct vips *vips, uint32_t command,
		   struct fail *why);

/** cgroup_id() - of a directory; 0 with the reason in @why if it is none of a cgroup */
uint64_t cgroup_id(const char *path, struct fail *why);

#endif
