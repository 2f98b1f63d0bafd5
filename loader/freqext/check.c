// SPDX-License-Identifier: GPL-2.0-only
/* freqext check: why this machine can have such governors, or can't. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "governor.h"
#include "show.h"
#include "common/kfuncs.h"
#include "verbs.h"

struct row {
	char what[24];
	uint64_t fine;
	char says[640];
};

TEXT_OF(struct row, what)
TEXT_OF(struct row, says)
NUMBER_OF(struct row, fine)

static const struct column columns[] = {
	TEXT("WHAT", what, true, "what was looked at"),
	NUMBER("OK", fine, FLAG, true, "is it as it must be?"),
	TEXT("SAYS", says, true, "what it is, or what to do about it"),
	{ 0 }
};

static bool all_fine = true;

static void add(struct row *row, const char *what, bool fine, const char *says)
{
	snprintf(row->what, sizeof(row->what), "%s", what);
	snprintf(row->says, sizeof(row->says), "%s", says);
	row->fine = fine;
	all_fine = all_fine && fine;
}

static void add_policy(struct row *row, const struct policy *policy)
{
	char what[24], says[128];
	struct fail why;

	snprintf(what, sizeof(what), "policy%u", policy->number);
	if (policy_governs_itself(policy)) {
		policy_refuse(policy, &why);
		add(row, what, false, why.text);
		return;
	}
	snprintf(says, sizeof(says), "driver %s, governor %s", policy->driver, policy->governor);
	add(row, what, true, says);
}

static int read_rows(void **v, size_t *nr, const char **none, struct fail *why)
{
	struct policies policies;
	char origin[256];
	struct row *rows;
	struct fail no;
	int err;

	(void)none;
	err = policies_read(&policies, why);
	rows = err ? NULL : calloc(policies.nr + 3, sizeof(*rows));
	if (!rows) {
		err = err ? err : fail(why, "out of memory");
	} else {
		err = kfuncs_may_load_bpf(&no);
		add(&rows[(*nr)++], "privileges", !err,
		    err ? no.text : "BPF programs may be loaded");
		err = governor_kernel(&no);
		governor_origin(origin, sizeof(origin));
		add(&rows[(*nr)++], "kernel", !err, err ? no.text : origin);
		for (size_t i = 0; i < policies.nr; i++)
			add_policy(&rows[(*nr)++], &policies.v[i]);
		if (!policies.nr) {
			policies_choose(&policies, NULL, &no);
			add(&rows[(*nr)++], "cpufreq", false, no.text);
		}
		err = 0;
	}
	policies_free(&policies);
	*v = rows;
	return err;
}

static int order(const void *x, const void *y)
{
	return (x > y) - (x < y);	/* as they come */
}

int check_main(int argc, char **argv)
{
	static const struct shown what = {
		.name = "freqext check",
		.about =
			"Print why this machine can have governors written in BPF, or why not: then the exit\n"
			"status is 1. The module is loaded if it is there.\n",
		.examples = " sudo freqext check\n",
		.key = "checks",
		.columns = columns,
		.size = sizeof(struct row),
		.order = order,
		.read = read_rows,
	};
	int status = show_main(&what, NULL, argc, argv);

	return status == STATUS_OK && !all_fine ? STATUS_FAILED : status;
}
