// SPDX-License-Identifier: GPL-2.0-only
/* freqext hint: tell the governor hint what a CPU, a process or a cgroup needs. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <bpf/bpf.h>

#include "../../bpf/hint.h"
#include "configure.h"
#include "common/clock.h"
#include "common/duration.h"
#include "verbs.h"

struct hint_options {
	struct hint_key key;
	struct hint hint;
	const char *cgroup;
	uint64_t for_ns;
	unsigned int whom;	/* how often that was said */
	bool perf;
};

static int set_number(uint64_t *to, const char *arg, uint64_t max)
{
	char *end;

	errno = 0;
	*to = strtoull(arg, &end, 10);
	return errno || *end || *arg < '0' || *arg > '9' || *to > max ? -1 : 0;
}

static int set_cpu(void *to, const char *arg, struct fail *why)
{
	struct hint_options *o = to;
	long nr = sysconf(_SC_NPROCESSORS_CONF);
	uint64_t cpu;

	if (set_number(&cpu, arg, nr - 1))
		return fail(why, "'%s' is no CPU of this machine, which has 0 to %ld", arg, nr - 1);
	o->key = (struct hint_key){ .kind = HINT_CPU, .id = cpu };
	o->whom++;
	return 0;
}

static int set_pid(void *to, const char *arg, struct fail *why)
{
	struct hint_options *o = to;
	uint64_t pid;

	if (set_number(&pid, arg, INT32_MAX) || !pid)
		return fail(why, "'%s' is no pid", arg);
	o->key = (struct hint_key){ .kind = HINT_PID, .id = pid };
	o->whom++;
	return 0;
}

static int set_cgroup(void *to, const char *arg, struct fail *why)
{
	struct hint_options *o = to;

	(void)why;
	o->cgroup = arg;
	o->whom++;
	return 0;
}

static int set_perf(void *to, const char *arg, struct fail *why)
{
	struct hint_options *o = to;
	uint64_t perf;

	if (set_number(&perf, arg, 1024))
		return fail(why, "'%s' is no number from 0 to 1024", arg);
	o->hint.perf = perf;
	o->perf = true;
	return 0;
}

static int set_for(void *to, const char *arg, struct fail *why)
{
	struct hint_options *o = to;

	if (duration_parse(arg, &o->for_ns))
		return fail(why, "'%s' is no time such as 500ms or 10s", arg);
	return 0;
}

static const struct option_row whom_options[] = {
	{ "cpu", 'c', "N", "a CPU", set_cpu, 0 },
	{ "pid", 'p', "PID", "a process, on whatever CPU it runs", set_pid, 0 },
	{ "cgroup", 'g', "DIR", "the tasks in a cgroup, likewise", set_cgroup, 0 },
	{ 0 }
};

static const struct option_row what_options[] = {
	{ "perf", 'n', "0..1024", "1024 is the highest frequency of the CPU", set_perf, 0 },
	{ "for", 'f', "TIME", "for how long, 10s by default; 0 takes a hint back", set_for, 0 },
	{ 0 }
};

static int hint(struct hint_options *o, struct fail *why)
{
	int fd, err;

	if (o->cgroup) {
		o->key = (struct hint_key){ .kind = HINT_CGROUP, .id = cgroup_id(o->cgroup, why) };
		if (!o->key.id)
			return -1;
	}
	fd = governor_pinned_map("hint", "hints", why);
	if (fd < 0)
		return -1;
	o->hint.expires_ns = clock_ns(CLOCK_MONOTONIC) + o->for_ns;
	if (o->for_ns)
		err = bpf_map_update_elem(fd, &o->key, &o->hint, BPF_ANY);
	else
		err = bpf_map_delete_elem(fd, &o->key);
	err = err ? errno : 0;
	close(fd);
	if (err == ENOENT && !o->for_ns)
		return 0;	/* it has ended by itself */
	return err ? fail_errno(why, STEP_BPF, err, "can't write the hint") : 0;
}

int hint_main(int argc, char **argv)
{
	struct hint_options o = { .for_ns = 10000000000 };
	const struct option_group groups[] = {
		{ "For whom", whom_options, &o },
		{ "What", what_options, &o },
		{ 0 }
	};
	const struct command cmd = {
		.name = "freqext hint",
		.operands = "",
		.about = "Tell the governor hint, which must be loaded, what somebody needs, for some time.\n",
		.groups = groups,
		.examples =
			" sudo freqext hint --cpu 2 --perf 1024 --for 30s\n"
			" sudo freqext hint --pid 1234 --perf 600\n",
	};
	struct fail why;
	int first, status;

	status = command_parse(&cmd, argc, argv, &first);
	if (status >= 0)
		return status;
	if (first < argc)
		return usage_error(&cmd, "unexpected argument '%s'", argv[first]);
	if (o.whom != 1)
		return usage_error(&cmd, "one of --cpu, --pid and --cgroup is needed");
	if (!o.perf && o.for_ns)
		return usage_error(&cmd, "--perf is missing");
	return hint(&o, &why) ? complain(why.text) : STATUS_OK;
}
