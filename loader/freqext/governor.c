// SPDX-License-Identifier: GPL-2.0-only
#include "governor.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/btf.h>

#include "common/kfuncs.h"
#include "common/load.h"
#include "common/pins.h"
#include "sysfs.h"
#include "hint.skel.h"
#include "util.skel.h"
#include "vip.skel.h"

const struct shipped shipped_governors[] = {
	{ "vip", "the highest frequency while certain processes run", vip_bpf__elf_bytes },
	{ "util", "as much as is used and a quarter more; knows sched_ext", util_bpf__elf_bytes },
	{ "hint", "what programs ask for, for some time", hint_bpf__elf_bytes },
	{ 0 }
};

/* --- what the kernel has ------------------------------------------------------ */

static const char *const bpf_needs[] = { "__register_bpf_struct_ops", NULL };

static const struct kfuncs ext_kfuncs = {
	.kfunc = "cpufreq_ext_request",
	.module = "cpufreq_ext",
	.package = "wakeup-kfuncs",
	.subsystem_func = "cpufreq_register_governor",
	.subsystem_config = "CONFIG_CPU_FREQ",
	.subsystem_lack = "cpufreq governors",
	.bpf_needs = bpf_needs,
	.oldest = "6.9",
};

void governor_origin(char *buf, size_t size)
{
	kfuncs_origin(&ext_kfuncs, buf, size);
}

int governor_kernel(struct fail *why)
{
	return kfuncs_provide(&ext_kfuncs, why) < 0 ? -1 : 0;
}

/* --- opening ------------------------------------------------------------------ */

static bool verbose_log;

static int print_log(enum libbpf_print_level level, const char *fmt, va_list args)
{
	if (!verbose_log || level == LIBBPF_DEBUG)
		return 0;
	return vfprintf(stderr, fmt, args);
}

static bool is_file(const char *what)
{
	size_t len = strlen(what);

	return strchr(what, '/') || (len > 2 && !strcmp(what + len - 2, ".o"));
}

static int open_shipped(struct governor *gov, const char *name,
			const struct bpf_object_open_opts *o, struct fail *why)
{
	const void *elf;
	size_t size;

	for (const struct shipped *s = shipped_governors; s->name; s++) {
		if (strcmp(s->name, name))
			continue;
		elf = s->elf(&size);
		gov->shipped = true;
		gov->obj = bpf_object__open_mem(elf, size, o);
		return gov->obj ? 0 :
		       fail_errno(why, STEP_OTHER, errno, "can't open governor %s", name);
	}
	return fail(why, "there is no governor '%s': 'freqext list' has those that there are, and a file's name ends with .o",
		    name);
}

/* The name in the object's own copy of the struct, wherever its header has it. */
static int find_name(struct governor *gov, const char *what, struct fail *why)
{
	const struct btf *btf = bpf_object__btf(gov->obj);
	const char *data = bpf_map__initial_value(gov->ops, NULL);
	const struct btf_type *t;
	int id;

	/* the map is a variable in the object's source, and the struct is its type */
	id = btf ? btf__find_by_name_kind(btf, bpf_map__name(gov->ops), BTF_KIND_VAR) : -1;
	t = id < 0 ? NULL : btf__type_by_id(btf, btf__type_by_id(btf, id)->type);
	for (int i = 0; data && t && i < btf_vlen(t); i++) {
		const struct btf_member *m = btf_members(t) + i;

		if (strcmp(btf__name_by_offset(btf, m->name_off), "name"))
			continue;
		snprintf(gov->name, sizeof(gov->name), "%.15s", data + m->offset / 8);
		if (gov->name[0] && strspn(gov->name, "abcdefghijklmnopqrstuvwxyz0123456789_") ==
				    strlen(gov->name))
			return 0;
		return fail(why, "%s: '%s' is no name of a governor: lower case letters, digits and '_', 15 at most",
			    what, gov->name);
	}
	return fail(why, "%s: its struct cpufreq_ext_ops has no name", what);
}

static int find_ops(struct governor *gov, const char *what, struct fail *why)
{
	struct bpf_map *map;

	bpf_object__for_each_map(map, gov->obj) {
		if (bpf_map__type(map) != BPF_MAP_TYPE_STRUCT_OPS)
			continue;
		if (gov->ops)
			return fail(why, "%s: has more than one governor, %s and %s: one file is for one",
				    what, bpf_map__name(gov->ops), bpf_map__name(map));
		gov->ops = map;
	}
	if (!gov->ops)
		return fail(why, "%s: has no governor, which is a struct cpufreq_ext_ops in section .struct_ops.link",
			    what);
	return find_name(gov, what, why);
}

int governor_open(struct governor *gov, const char *what, bool verbose, struct fail *why)
{
	struct bpf_object_open_opts o = { .sz = sizeof(o), .kernel_log_level = verbose };

	verbose_log = verbose;
	libbpf_set_print(print_log);
	if (!is_file(what)) {
		if (open_shipped(gov, what, &o, why))
			return -1;
	} else {
		gov->obj = bpf_object__open_file(what, &o);
		if (!gov->obj)
			return errno == EINVAL || errno == LIBBPF_ERRNO__FORMAT ?
			       fail(why, "can't open %s: it is no object file of BPF programs",
				    what) :
			       fail_errno(why, STEP_FILE, errno, "can't open %s", what);
	}
	return find_ops(gov, what, why);
}

/* --- loading and attaching ---------------------------------------------------- */

int governor_load(struct governor *gov, struct fail *why)
{
	int err;

	if (kfuncs_may_load_bpf(why) || governor_kernel(why))
		return -1;
	err = LOAD(bpf_object__load(gov->obj));
	return err ? load_failed(err, why) : 0;
}

static int attach_failed(const struct governor *gov, int err, struct fail *why)
{
	if (err == ENOSPC)
		return fail(why, "no more than 8 governors can be loaded, and a policy may have one still that was unloaded: 'freqext status' shows them");
	if (err == EINVAL)
		return fail(why, "the kernel has a governor '%s' already, or its own init function refused: see 'freqext list'",
			    gov->name);
	return fail_errno(why, STEP_BPF, err, "governor '%s' can't be attached", gov->name);
}

int governor_attach(struct governor *gov, struct fail *why)
{
	struct bpf_program *prog;
	struct bpf_link *link;

	link = bpf_map__attach_struct_ops(gov->ops);
	if (!link)
		return attach_failed(gov, errno, why);
	gov->links[gov->nr_links++] = link;
	bpf_object__for_each_program(prog, gov->obj) {
		if (bpf_program__type(prog) == BPF_PROG_TYPE_STRUCT_OPS ||
		    !bpf_program__autoattach(prog))
			continue;
		if (gov->nr_links > MAX_LINKS)
			return fail(why, "governor '%s' has more than %d programs to attach",
				    gov->name, MAX_LINKS);
		link = bpf_program__attach(prog);
		if (!link)
			return fail_errno(why, STEP_BPF, errno,
					  "program %s of governor '%s' can't be attached",
					  bpf_program__name(prog), gov->name);
		gov->links[gov->nr_links++] = link;
	}
	return 0;
}

void governor_close(struct governor *gov)
{
	/* the programs before the governor, so that none requests of one that has gone */
	while (gov->nr_links)
		bpf_link__destroy(gov->links[--gov->nr_links]);
	bpf_object__close(gov->obj);
	gov->obj = NULL;
}

/* --- pinning ------------------------------------------------------------------ */

/* Of the maps' layout, for whoever opens them: hint.h. */
#define PIN_FORMAT 1

/* A directory for each, beside others' in bpffs. */
static void pins_name(char buf[32], const char *name)
{
	snprintf(buf, 32, "freqext-%s", name);
}

static int pin_all(struct governor *gov, const char *dir, struct fail *why)
{
	struct bpf_map *map;
	char name[16];

	for (size_t i = 0; i < gov->nr_links; i++) {
		snprintf(name, sizeof(name), "link%zu", i);
		if (pins_put(dir, name, PIN_FORMAT, bpf_link__fd(gov->links[i]), why))
			return -1;
	}
	bpf_object__for_each_map(map, gov->obj)
		if (!bpf_map__is_internal(map) && map != gov->ops &&
		    pins_put(dir, bpf_map__name(map), PIN_FORMAT, bpf_map__fd(map), why))
			return -1;
	return 0;
}

int governor_pin(struct governor *gov, struct fail *why)
{
	struct fail unused;
	char dir[32];
	int lock, err;

	pins_name(dir, gov->name);
	lock = pins_make(dir, why);
	if (lock < 0)
		return -1;
	err = pin_all(gov, dir, why);
	close(lock);
	if (err)
		pins_remove(dir, &unused);
	return err;
}

int governor_unpin(const char *name, struct fail *why)
{
	char dir[32];

	pins_name(dir, name);
	return pins_remove(dir, why);
}

bool governor_is_pinned(const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "/sys/fs/bpf/freqext-%s", name);
	return !access(path, F_OK);
}

int governor_pinned_map(const char *name, const char *map, struct fail *why)
{
	char dir[32];
	int fd;

	pins_name(dir, name);
	fd = pins_get(dir, map, PIN_FORMAT);
	if (fd >= 0)
		return fd;
	if (errno == ENOENT)
		return fail(why, "governor %s is not loaded: run 'freqext load %s' as root", name, name);
	return fail_errno(why, STEP_BPF, errno, "can't open map %s of governor %s", map, name);
}
