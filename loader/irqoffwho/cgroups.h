/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_IRQOFFWHO_CGROUPS_H
#define WSDUMP_IRQOFFWHO_CGROUPS_H

#include <stdint.h>

/**
 * cgroup_path() - the path of a control group, as /proc/PID/cgroup has it
 *
 * Return: the path, to be freed; NULL where there is none any more, or cgroup2 isn't mounted.
 */
char *cgroup_path(uint64_t id);

#endif
