// SPDX-License-Identifier: GPL-2.0-only
#include "before.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/newfile.h"

#define DIR "/run/freqext"

static void path_of(char *path, size_t size, const char *name)
{
	snprintf(path, size, DIR "/%s", name);
}

int before_save(const char *name, const struct policies *policies, struct fail *why)
{
	struct newfile file = { 0 };
	char path[64];

	if (mkdir(DIR, 0755) && errno != EEXIST)
		return fail_errno(why, STEP_FILE, errno, "can't make %s", DIR);
	path_of(path, sizeof(path), name);
	if (newfile_open(&file, path, 0644, why))
		return -1;
	for (size_t i = 0; i < policies->nr; i++)
		fprintf(file.f, "%u %s\n", policies->v[i].number, policies->v[i].governor);
	if (newfile_finish(&file, false, why)) {
		newfile_drop(&file);
		return -1;
	}
	return 0;
}

static const struct policy *find(const struct policies *policies, unsigned int number)
{
	for (size_t i = 0; i < policies->nr; i++)
		if (policies->v[i].number == number)
			return &policies->v[i];
	return NULL;
}

int before_restore(const char *name, struct fail *why)
{
	char path[64], *line = NULL, *governor;
	struct policies policies;
	const struct policy *now;
	unsigned int number;
	size_t size = 0;
	int result = 1;
	FILE *f;

	path_of(path, sizeof(path), name);
	f = fopen(path, "re");
	if (!f)
		return errno == ENOENT ? 0 : fail_errno(why, STEP_FILE, errno, "can't read %s", path);
	if (policies_read(&policies, why)) {
		policies_free(&policies);
		fclose(f);
		return -1;
	}
	while (getline(&line, &size, f) > 0) {
		number = strtoul(line, &governor, 10);
		governor += strspn(governor, " ");
		governor[strcspn(governor, "\n")] = '\0';
		now = find(&policies, number);
		if (now && !strcmp(now->governor, name) && policy_set(number, governor, why))
			result = -1;
	}
	free(line);
	policies_free(&policies);
	fclose(f);
	if (result > 0)
		unlink(path);
	return result;
}
