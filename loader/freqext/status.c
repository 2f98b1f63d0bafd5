// SPDX-License-Identifier: GPL-2.0-only
/* freqext status: what governs each policy. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policies.h"
#include "show.h"
#include "sysfs.h"
#include "verbs.h"

struct row {
	struct policy policy;
	uint64_t number, cur_khz, min_khz, max_khz;
	const char *driver, *governor, *cpus;
	const char *author;	/* of a BPF governor: "here", or "gone" and then it's in fallback */
	uint64_t request_khz, pid;
	char comm[17];
};

TEXT_OF(struct row, driver)
TEXT_OF(struct row, governor)
TEXT_OF(struct row, cpus)
TEXT_OF(struct row, author)
TEXT_OF(struct row, comm)
NUMBER_OF(struct row, number)
NUMBER_OF(struct row, cur_khz)
NUMBER_OF(struct row, min_khz)
NUMBER_OF(struct row, max_khz)
NUMBER_OF(struct row, request_khz)
NUMBER_OF(struct row, pid)

static const struct column columns[] = {
	NUMBER("POLICY", number, COUNT, true, "its number: policyN in sysfs"),
	TEXT("CPUS", cpus, true, "CPUs that have their frequency in common"),
	TEXT("DRIVER", driver, true, "what sets it"),
	TEXT("GOVERNOR", governor, true, "what decides"),
	TEXT("AUTHOR", author, true, "of a BPF governor: here, or gone: in fallback"),
	NUMBER("CUR", cur_khz, COUNT, true, "frequency in kHz, as it was last set"),
	NUMBER("MIN", min_khz, COUNT, true, "the lower limit of now, in kHz"),
	NUMBER("MAX", max_khz, COUNT, true, "the upper one"),
	NUMBER("REQUEST", request_khz, COUNT, true, "highest request of its CPUs, in kHz; 0: none"),
	NUMBER("PID", pid, COUNT, false, "of the task that made it, or was switched to; 0: none"),
	TEXT("TASK", comm, true, "the name of that task"),
	{ 0 }
};

static int order(const void *x, const void *y)
{
	const struct row *a = x, *b = y;

	return (a->number > b->number) - (a->number < b->number);
}

/* Is it one of the CPUs of "0 1"? */
static bool is_of(const char *cpus, unsigned long cpu)
{
	char *end;

	for (const char *at = cpus; *at; at = *end ? end + 1 : end) {
		if (strtoul(at, &end, 10) == cpu)
			return true;
		if (end == at)
			return false;
	}
	return false;
}

/* From the lines "CPU kHz pid" of a governor's file. */
static void find_request(struct row *row)
{
	unsigned long cpu, khz, pid;
	char live[4096], *at = live;

	sysfs_read(live, sizeof(live), EXT_DIR "/%s/live", row->governor);
	while (*at) {
		cpu = strtoul(at, &at, 10);
		khz = strtoul(at, &at, 10);
		pid = strtoul(at, &at, 10);
		if (is_of(row->cpus, cpu) && khz > row->request_khz) {
			row->request_khz = khz;
			row->pid = pid;
		}
		at += strcspn(at, "\n");
		at += *at == '\n';
	}
	if (row->pid)
		sysfs_read(row->comm, sizeof(row->comm), "/proc/%lu/comm",
			   (unsigned long)row->pid);
}

static void fill(struct row *row, const struct policy *policy)
{
	char buf[32];

	row->policy = *policy;
	row->number = policy->number;
	row->cur_khz = policy->cur_khz;
	row->min_khz = policy->min_khz;
	row->max_khz = policy->max_khz;
	row->driver = row->policy.driver;
	row->governor = row->policy.governor;
	row->cpus = row->policy.cpus;
	row->author = "";
	if (sysfs_read(buf, sizeof(buf), EXT_DIR "/%s/requests", row->governor))
		return;		/* not one of BPF */
	row->author = policy_offers(policy, row->governor) ? "here" : "gone";
	find_request(row);
}

static int read_rows(void **v, size_t *nr, const char **none, struct fail *why)
{
	struct policies policies;
	struct row *rows;
	int err;

	*none = "this machine has no cpufreq driver, so there is nothing to govern";
	err = policies_read(&policies, why);
	rows = err ? NULL : calloc(policies.nr + 1, sizeof(*rows));
	if (!rows)
		err = err ? err : fail(why, "out of memory");
	else
		for (size_t i = 0; i < policies.nr; i++)
			fill(&rows[i], &policies.v[i]);
	*v = rows;
	*nr = err ? 0 : policies.nr;
	policies_free(&policies);
	return err;
}

static void more(void)
{
	puts("\nVerbs, with a --help of their own:");
	for (const struct verb *verb = verbs; verb->name; verb++)
		printf(" %-9s %s\n", verb->name, verb->help);
}

int status_main(int argc, char **argv)
{
	static const struct shown what = {
		.name = "freqext",
		.about = "Print what governs the frequency of each policy of CPUs.\n",
		.examples =
			" freqext\n"
			" sudo freqext run vip -- make -j8\n"
			" freqext --json | jq '.policies[] | {number, governor, cur_khz}'\n",
		.key = "policies",
		.columns = columns,
		.size = sizeof(struct row),
		.order = order,
		.read = read_rows,
	};

	return show_main(&what, more, argc, argv);
}
