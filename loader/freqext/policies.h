/* SPDX-License-Identifier: GPL-2.0-only */
/* The policies of cpufreq: CPUs that have their frequency in common, and what governs it. */
#ifndef FREQEXT_POLICIES_H
#define FREQEXT_POLICIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/fail.h"

#define GOVERNOR_NAME	16	/* the kernel's CPUFREQ_NAME_LEN, the zero at the end included */

/**
 * struct policy - one of them
 * @number: policyN
 * @cpus: its CPUs that are online, "0 1"
 * @driver: the driver's name
 * @governor: the governor's name
 * @governors: those that it may have, with blanks between
 * @min_khz: the lower limit of now
 * @max_khz: the upper one
 * @cur_khz: the frequency that was last set
 */
struct policy {
	unsigned int number;
	char cpus[256];
	char driver[32];
	char governor[GOVERNOR_NAME];
	char governors[512];
	uint64_t min_khz;
	uint64_t max_khz;
	uint64_t cur_khz;
};

struct policies {
	struct policy *v;
	size_t nr;
};

/**
 * policies_read() - all that there are, in the order of their numbers
 *
 * Return: 0, also if there is none, or -1 with the reason in @why. policies_free() in any case.
 */
int policies_read(struct policies *policies, struct fail *why);

/** policies_free() - likewise of a struct of zeros */
void policies_free(struct policies *policies);

/**
 * policies_choose() - leave those only that an option names
 * @list: "0,2", or "all", or NULL for the same
 *
 * Return: 0, or -1 with the reason in @why: not a list, or there is no such policy, or none.
 */
int policies_choose(struct policies *policies, const char *list, struct fail *why);

/**
 * policy_governs_itself() - does its driver leave nothing to governors?
 *
 * Those have a choice of two names in place of governors, whatever the kernel has.
 */
bool policy_governs_itself(const struct policy *policy);

/** policy_offers() - may it have this governor? */
bool policy_offers(const struct policy *policy, const char *governor);

/** policy_refuse() - say of one that governs itself what to do; returns -1 */
int policy_refuse(const struct policy *policy, struct fail *why);

/** policy_set() - select a governor; returns 0, or -1 with the reason in @why */
int policy_set(unsigned int number, const char *governor, struct fail *why);

#endif
