// SPDX-License-Identifier: GPL-2.0-only
#include "policies.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sysfs.h"

#define CPUFREQ "/sys/devices/system/cpu/cpufreq"

static void read_one(struct policy *policy, unsigned int number)
{
	policy->number = number;
	sysfs_read(policy->cpus, sizeof(policy->cpus), CPUFREQ "/policy%u/affected_cpus", number);
	sysfs_read(policy->driver, sizeof(policy->driver), CPUFREQ "/policy%u/scaling_driver",
		   number);
	sysfs_read(policy->governor, sizeof(policy->governor),
		   CPUFREQ "/policy%u/scaling_governor", number);
	sysfs_read(policy->governors, sizeof(policy->governors),
		   CPUFREQ "/policy%u/scaling_available_governors", number);
	policy->min_khz = sysfs_number(CPUFREQ "/policy%u/scaling_min_freq", number);
	policy->max_khz = sysfs_number(CPUFREQ "/policy%u/scaling_max_freq", number);
	policy->cur_khz = sysfs_number(CPUFREQ "/policy%u/scaling_cur_freq", number);
}

static int compare(const void *x, const void *y)
{
	const struct policy *a = x, *b = y;

	return (a->number > b->number) - (a->number < b->number);
}

int policies_read(struct policies *policies, struct fail *why)
{
	DIR *dir = opendir(CPUFREQ);
	struct dirent *entry;
	unsigned int number;
	struct policy *v;

	*policies = (struct policies){ 0 };
	if (!dir)
		return errno == ENOENT ? 0 :
		       fail_errno(why, STEP_FILE, errno, "can't read %s", CPUFREQ);
	while ((entry = readdir(dir))) {
		if (strncmp(entry->d_name, "policy", 6))
			continue;
		number = strtoul(entry->d_name + 6, NULL, 10);
		v = reallocarray(policies->v, policies->nr + 1, sizeof(*v));
		if (!v) {
			closedir(dir);
			return fail(why, "out of memory");
		}
		policies->v = v;
		read_one(&v[policies->nr], number);
		/* all of its CPUs are offline: it has no governor till one comes back */
		if (v[policies->nr].governor[0])
			policies->nr++;
	}
	closedir(dir);
	if (policies->nr)
		qsort(policies->v, policies->nr, sizeof(*policies->v), compare);
	return 0;
}

void policies_free(struct policies *policies)
{
	free(policies->v);
	*policies = (struct policies){ 0 };
}

static struct policy *find(const struct policies *policies, unsigned long number)
{
	for (size_t i = 0; i < policies->nr; i++)
		if (policies->v[i].number == number)
			return &policies->v[i];
	return NULL;
}

int policies_choose(struct policies *policies, const char *list, struct fail *why)
{
	struct policies chosen = { 0 };
	const char *at = list;
	struct policy *policy;
	unsigned long number;
	char *end;

	if (!policies->nr)
		return fail(why, "this machine has no cpufreq driver, so there is nothing to govern: load the one of its processor; virtual machines most often have none");
	if (!list || !strcmp(list, "all"))
		return 0;
	chosen.v = calloc(policies->nr, sizeof(*chosen.v));
	if (!chosen.v)
		return fail(why, "out of memory");
	do {
		number = strtoul(at, &end, 10);
		if (end == at || *at < '0' || *at > '9' || (*end && *end != ',')) {
			free(chosen.v);
			return fail(why, "'%s' is no list of policies such as 0,2", list);
		}
		policy = find(policies, number);
		if (!policy) {
			free(chosen.v);
			return fail(why, "there is no policy%lu: 'freqext status' lists them", number);
		}
		if (!find(&chosen, number))
			chosen.v[chosen.nr++] = *policy;
		at = end + 1;
	} while (*end);
	policies_free(policies);
	*policies = chosen;
	return 0;
}

bool policy_governs_itself(const struct policy *policy)
{
	return !strcmp(policy->governors, "performance powersave");
}

bool policy_offers(const struct policy *policy, const char *governor)
{
	size_t len = strlen(governor);

	for (const char *at = policy->governors; (at = strstr(at, governor)); at += len)
		if ((at == policy->governors || at[-1] == ' ') && (!at[len] || at[len] == ' '))
			return true;
	return false;
}

/* Drivers that have another mode, and how to boot into it. */
static const struct {
	const char *driver;
	const char *parameter;
} modes[] = {
	{ "intel_pstate", "intel_pstate=passive" },
	{ "amd-pstate-epp", "amd_pstate=passive" },
};

int policy_refuse(const struct policy *policy, struct fail *why)
{
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if (!strcmp(policy->driver, modes[i].driver))
			return fail(why, "policy%u: driver %s governs itself in this mode, and takes no governor: boot with %s",
				    policy->number, policy->driver, modes[i].parameter);
	return fail(why, "policy%u: driver %s governs itself, and takes no governor: another driver is needed",
		    policy->number, policy->driver);
}

int policy_set(unsigned int number, const char *governor, struct fail *why)
{
	char path[64];

	snprintf(path, sizeof(path), CPUFREQ "/policy%u/scaling_governor", number);
	if (!sysfs_write(path, governor))
		return 0;
	return fail_errno(why, STEP_OTHER, errno, "policy%u does not take governor '%s'", number,
			  governor);
}
