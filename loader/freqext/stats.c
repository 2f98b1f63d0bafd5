// SPDX-License-Identifier: GPL-2.0-only
/* freqext stats: what governors have done. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "governor.h"
#include "show.h"
#include "sysfs.h"
#include "verbs.h"

struct row {
	char governor[GOVERNOR_NAME];
	char policies[256];
	uint64_t requests, suppressed, transitions, errors, fallback_ns;
};

TEXT_OF(struct row, governor)
TEXT_OF(struct row, policies)
NUMBER_OF(struct row, requests)
NUMBER_OF(struct row, suppressed)
NUMBER_OF(struct row, transitions)
NUMBER_OF(struct row, errors)
NUMBER_OF(struct row, fallback_ns)

static const struct column columns[] = {
	TEXT("GOVERNOR", governor, true, "its name"),
	TEXT("POLICIES", policies, true, "the policies that have it: policyN in sysfs"),
	NUMBER("REQUESTS", requests, COUNT, true, "requests of its programs"),
	NUMBER("SUPPRESSED", suppressed, COUNT, true, "of these: equal to the CPU's last"),
	NUMBER("TRANSITIONS", transitions, COUNT, true, "changes of the frequency"),
	NUMBER("ERRORS", errors, COUNT, true, "writes that it refused, transitions that failed"),
	NUMBER("FALLBACK", fallback_ns, DURATION, true, "how long policies had it without author"),
	{ 0 }
};

static int order(const void *x, const void *y)
{
	return strcmp(((const struct row *)x)->governor, ((const struct row *)y)->governor);
}

static void read_one(struct row *row, const char *name)
{
	*row = (struct row){ 0 };
	snprintf(row->governor, sizeof(row->governor), "%.15s", name);
	sysfs_read(row->policies, sizeof(row->policies), EXT_DIR "/%s/policies", name);
	row->requests = sysfs_number(EXT_DIR "/%s/requests", name);
	row->suppressed = sysfs_number(EXT_DIR "/%s/suppressed", name);
	row->transitions = sysfs_number(EXT_DIR "/%s/transitions", name);
	row->errors = sysfs_number(EXT_DIR "/%s/errors", name);
	row->fallback_ns = sysfs_number(EXT_DIR "/%s/fallback_ns", name);
}

static int read_rows(void **v, size_t *nr, const char **none, struct fail *why)
{
	DIR *dir = opendir(EXT_DIR);
	struct row *rows = NULL, *more;
	struct dirent *entry;

	*none = dir ? "no governor is loaded" : "no governor is loaded, nor is module cpufreq_ext";
	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		more = reallocarray(rows, *nr + 1, sizeof(*rows));
		if (!more) {
			free(rows);
			closedir(dir);
			*nr = 0;
			return fail(why, "out of memory");
		}
		rows = more;
		read_one(&rows[(*nr)++], entry->d_name);
	}
	if (dir)
		closedir(dir);
	*v = rows;
	return 0;
}

int stats_main(int argc, char **argv)
{
	static const struct shown what = {
		.name = "freqext stats",
		.about = "Print what governors have done since they were loaded.\n",
		.examples = " freqext stats --watch 1\n",
		.key = "governors",
		.columns = columns,
		.size = sizeof(struct row),
		.order = order,
		.read = read_rows,
	};

	return show_main(&what, NULL, argc, argv);
}
