// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attach probe.bpf.o as governors, and do with them what standard input says, a line each:
 *
 *	attach NAME [RATE_US]		one more; what came of it is printed: its errno
 *	detach NAME			that one; the others stay
 *	request CPU KHZ [TIMES [STEP WRAP]]	likewise perf CPU PERF, release CPU, next CPU PREV
 *	set VARIABLE NUMBER		of the next governor to come: those of probe.bpf.c
 *	now NAME VARIABLE NUMBER	of one that is there
 *	count NAME			what it was called for
 *	update NAME			try to replace its functions by those of another map
 *	storm NAME			from now on, requests from each switch of tasks
 *	leave NAME			from now on, a request from each CPU that goes offline
 *	left NAME			how many did, and what the last of them got
 *	linger NAME			from now on, the next policy that leaves a governor is slow
 *	meet NAME			the author goes while it leaves: 1, or 0 if it had to wait
 *
 * Each line is answered by one on standard output. At the end of the input all are detached.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "probe.h"

#define MAX_GOVERNORS 16

static struct governor {
	char name[32];
	struct bpf_object *obj;
	struct bpf_link *link, *storm, *leave, *linger, *unlisted;
} governors[MAX_GOVERNORS];

/* The memory of a map: const in older versions of libbpf. */
static char *initial_value(struct bpf_object *obj, const char *map)
{
	size_t size;

	return (char *)bpf_map__initial_value(bpf_object__find_map_by_name(obj, map), &size);
}

/* What probe.bpf.c's struct has, at the place where its BTF says. */
static char *member(struct bpf_object *obj, const char *name)
{
	const struct btf *btf = bpf_object__btf(obj);
	int id = btf__find_by_name_kind(btf, "cpufreq_ext_ops", BTF_KIND_STRUCT);
	const struct btf_type *t = btf__type_by_id(btf, id);
	char *data = initial_value(obj, "probe");

	for (int i = 0; i < btf_vlen(t); i++)
		if (!strcmp(btf__name_by_offset(btf, btf_members(t)[i].name_off), name))
			return data + btf_members(t)[i].offset / 8;
	abort();
}

static struct pending {
	char name[32];
	unsigned long value;
} pending[8];
static int nr_pending;

/* A variable of the object, in its .bss: where that is, by its BTF. */
static int set_variable(struct bpf_object *obj, const char *name, unsigned long value)
{
	const struct btf *btf = bpf_object__btf(obj);
	int id = btf__find_by_name_kind(btf, ".bss", BTF_KIND_DATASEC);
	const struct btf_type *sec = btf__type_by_id(btf, id);
	char *data = initial_value(obj, ".bss");


	for (int i = 0; i < btf_vlen(sec); i++) {
		const struct btf_var_secinfo *var = btf_var_secinfos(sec) + i;
		const struct btf_type *t = btf__type_by_id(btf, var->type);

		if (strcmp(btf__name_by_offset(btf, t->name_off), name))
			continue;
		memcpy(data + var->offset, &value, var->size);
		return 0;
	}
	return -ENOENT;
}

static unsigned long get_variable(struct bpf_object *obj, const char *name)
{
	const struct btf *btf = bpf_object__btf(obj);
	int id = btf__find_by_name_kind(btf, ".bss", BTF_KIND_DATASEC);
	const struct btf_type *sec = btf__type_by_id(btf, id);
	char *data = initial_value(obj, ".bss");
	unsigned long value = 0;

	for (int i = 0; i < btf_vlen(sec); i++) {
		const struct btf_var_secinfo *var = btf_var_secinfos(sec) + i;
		const struct btf_type *t = btf__type_by_id(btf, var->type);

		if (!strcmp(btf__name_by_offset(btf, t->name_off), name))
			memcpy(&value, data + var->offset, var->size);
	}
	return value;
}

static struct governor *find(const char *name)
{
	for (int i = 0; i < MAX_GOVERNORS; i++)
		if (governors[i].obj && !strcmp(governors[i].name, name))
			return &governors[i];
	return NULL;
}

static void detach(struct governor *gov)
{
	bpf_link__destroy(gov->storm);
	bpf_link__destroy(gov->leave);
	bpf_link__destroy(gov->link);
	bpf_link__destroy(gov->linger);
	bpf_link__destroy(gov->unlisted);
	bpf_object__close(gov->obj);
	memset(gov, 0, sizeof(*gov));
}

static struct bpf_object *open_and_load(const char *name, unsigned int rate_us, int *err)
{
	struct bpf_object *obj = bpf_object__open_file("probe.bpf.o", NULL);

	if (!obj)
		return NULL;
	memset(member(obj, "name"), 0, 16);
	memcpy(member(obj, "name"), name, strnlen(name, 16));
	memcpy(member(obj, "rate_limit_us"), &rate_us, sizeof(rate_us));
	for (int i = 0; i < nr_pending; i++)
		set_variable(obj, pending[i].name, pending[i].value);
	*err = bpf_object__load(obj);
	if (*err) {
		bpf_object__close(obj);
		return NULL;
	}
	return obj;
}

static int attach(const char *name, unsigned int rate_us)
{
	struct governor *gov = NULL;
	int err = -ENOMEM;

	for (int i = 0; i < MAX_GOVERNORS && !gov; i++)
		if (!governors[i].obj)
			gov = &governors[i];
	if (!gov)
		return err;
	gov->obj = open_and_load(name, rate_us, &err);
	if (!gov->obj)
		return err;
	snprintf(gov->name, sizeof(gov->name), "%s", name);
	gov->link = bpf_map__attach_struct_ops(bpf_object__find_map_by_name(gov->obj, "probe"));
	err = gov->link ? 0 : -errno;
	nr_pending = 0;
	if (err)
		detach(gov);
	return err;
}

/* By whichever governor there is: the kfuncs don't belong to one. */
static int run(struct probe_call *call)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = call, .ctx_size_in = sizeof(*call));
	static struct bpf_object *own;
	struct bpf_object *obj = own;
	struct bpf_program *prog;
	int err;

	for (int i = 0; i < MAX_GOVERNORS && !obj; i++)
		obj = governors[i].obj;
	if (!obj) {
		obj = own = open_and_load("unused", 0, &err);
		if (!obj)
			return err;
	}
	prog = bpf_object__find_program_by_name(obj, "probe_call");
	return bpf_prog_test_run_opts(bpf_program__fd(prog), &opts);
}

static int calls(const char *line)
{
	struct probe_call call = { .times = 1, .wrap = ~0U };
	char word[16];
	long arg = 0;
	int err;

	if (sscanf(line, "%15s %u %ld %u %u %u", word, &call.cpu, &arg, &call.times, &call.step,
		   &call.wrap) < 2)
		return -EINVAL;
	call.arg = arg;
	call.op = *word == 'r' && word[2] == 'q' ? PROBE_REQUEST : *word == 'p' ? PROBE_PERF :
		  *word == 'r' ? PROBE_RELEASE : PROBE_NEXT;
	err = run(&call);
	return err ? err : call.ret;
}

static int try_update(struct governor *gov)
{
	struct bpf_object *other;
	int err;

	other = open_and_load(gov->name, 0, &err);
	if (!other)
		return err;
	err = bpf_link__update_map(gov->link, bpf_object__find_map_by_name(other, "probe"));
	bpf_object__close(other);
	return err;
}

static int attach_program(const struct governor *gov, const char *name, struct bpf_link **link)
{
	*link = bpf_program__attach(bpf_object__find_program_by_name(gov->obj, name));
	return *link ? 0 : -errno;
}

static int start_storm(struct governor *gov)
{
	set_variable(gov->obj, "storm", 1);
	return attach_program(gov, "probe_storm", &gov->storm);
}

static int linger(struct governor *gov)
{
	return attach_program(gov, "probe_unlisted", &gov->unlisted) ?:
	       attach_program(gov, "probe_linger", &gov->linger);
}

static int meet(struct governor *gov)
{
	while (!get_variable(gov->obj, "leaving"))
		usleep(1000);
	bpf_link__destroy(gov->link);
	gov->link = NULL;
	return get_variable(gov->obj, "meanwhile");
}

int main(void)
{
	char line[256], a[64], b[64];
	struct governor *gov;
	unsigned long value;
	int err;

	setvbuf(stdout, NULL, _IOLBF, 0);
	libbpf_set_print(NULL);
	while (fgets(line, sizeof(line), stdin)) {
		a[0] = b[0] = '\0';
		value = 0;
		err = -EINVAL;
		if (sscanf(line, "attach %63s %lu", a, &value) >= 1) {
			err = attach(a, value);
		} else if (sscanf(line, "set %63s %lu", a, &value) == 2 && nr_pending < 8) {
			strcpy(pending[nr_pending].name, a);
			pending[nr_pending++].value = value;
			err = 0;
		} else if (sscanf(line, "now %63s %63s %lu", a, b, &value) == 3) {
			gov = find(a);
			err = gov ? set_variable(gov->obj, b, value) : -ENOENT;
		} else if (sscanf(line, "detach %63s", a) == 1) {
			gov = find(a);
			err = gov ? 0 : -ENOENT;
			if (gov)
				detach(gov);
		} else if (sscanf(line, "count %63s", a) == 1) {
			static const char *const what[] = { "inits", "exits", "starts", "stops",
							    "limits", "setspeeds", "updates" };

			gov = find(a);
			for (size_t i = 0; gov && i < sizeof(what) / sizeof(*what); i++)
				printf("%s=%lu ", what[i], get_variable(gov->obj, what[i]));
			err = gov ? 0 : -ENOENT;
		} else if (sscanf(line, "update %63s", a) == 1) {
			gov = find(a);
			err = gov ? try_update(gov) : -ENOENT;
		} else if (sscanf(line, "storm %63s", a) == 1) {
			gov = find(a);
			err = gov ? start_storm(gov) : -ENOENT;
		} else if (sscanf(line, "leave %63s", a) == 1) {
			gov = find(a);
			err = gov ? attach_program(gov, "probe_leave", &gov->leave) : -ENOENT;
		} else if (sscanf(line, "left %63s", a) == 1) {
			gov = find(a);
			printf("%lu ", gov ? get_variable(gov->obj, "left") : 0);
			err = gov ? (int)get_variable(gov->obj, "left_got") : -ENOENT;
		} else if (sscanf(line, "linger %63s", a) == 1) {
			gov = find(a);
			err = gov ? linger(gov) : -ENOENT;
		} else if (sscanf(line, "meet %63s", a) == 1) {
			gov = find(a);
			err = gov ? meet(gov) : -ENOENT;
		} else {
			err = calls(line);
		}
		printf("%d\n", err);
	}
	for (int i = 0; i < MAX_GOVERNORS; i++)
		if (governors[i].obj)
			detach(&governors[i]);
	return 0;
}
