// SPDX-License-Identifier: GPL-2.0-only
#include "configure.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <linux/magic.h>
#include <bpf/bpf.h>

#include "../../bpf/vip.h"
#include "vip.skel.h"

static int set_pid(void *to, const char *arg, struct fail *why)
{
	struct vips *vips = to;

	if (vips->nr_pids == MAX_VIPS)
		return fail(why, "more than %d pids", MAX_VIPS);
	if (option_number(&vips->pids[vips->nr_pids], arg, why))
		return -1;
	if (vips->pids[vips->nr_pids] > INT32_MAX)
		return fail(why, "'%s' is no pid", arg);
	vips->nr_pids++;
	return 0;
}

static int set_comm(void *to, const char *arg, struct fail *why)
{
	struct vips *vips = to;

	if (vips->nr_comms == MAX_VIPS)
		return fail(why, "more than %d names of tasks", MAX_VIPS);
	if (!*arg || strlen(arg) >= VIP_COMM_LEN)
		return fail(why, "'%s' is no name of a task: the kernel's have 1 to %d bytes, as in /proc/PID/comm",
			    arg, VIP_COMM_LEN - 1);
	vips->comms[vips->nr_comms++] = arg;
	return 0;
}

static int set_cgroup(void *to, const char *arg, struct fail *why)
{
	struct vips *vips = to;

	if (vips->nr_cgroups == MAX_VIPS)
		return fail(why, "more than %d cgroups", MAX_VIPS);
	vips->cgroups[vips->nr_cgroups++] = arg;
	return 0;
}

const struct option_row vip_options[] = {
	{ "pid", 'p', "PID", "this process, and the children it makes from now on", set_pid, 0 },
	{ "comm", 'c', "NAME", "tasks of this name, as in /proc/PID/comm", set_comm, 0 },
	{ "cgroup", 'g', "DIR", "tasks in this cgroup, below /sys/fs/cgroup", set_cgroup, 0 },
	{ 0 }
};

uint64_t cgroup_id(const char *path, struct fail *why)
{
	struct statfs fs;
	struct stat st;

	if (stat(path, &st) || statfs(path, &fs)) {
		fail_errno(why, STEP_FILE, errno, "can't look at %s", path);
		return 0;
	}
	if (fs.f_type != CGROUP2_SUPER_MAGIC || !S_ISDIR(st.st_mode)) {
		fail(why, "%s: is no directory of a cgroup of version 2", path);
		return 0;
	}
	return st.st_ino;
}

/* A variable of the program that is constant from its loading on. */
static int set_constant(const struct governor *gov, size_t at, const void *value, size_t size,
			struct fail *why)
{
	struct bpf_map *map;
	size_t room = 0;
	const void *data;
	char copy[64];

	bpf_object__for_each_map(map, gov->obj) {
		if (!bpf_map__is_internal(map) || !strstr(bpf_map__name(map), ".rodata"))
			continue;
		data = bpf_map__initial_value(map, &room);
		if (!data || at + size > room || room > sizeof(copy))
			continue;
		memcpy(copy, data, room);
		memcpy(copy + at, value, size);
		if (!bpf_map__set_initial_value(map, copy, room))
			return 0;
	}
	return fail(why, "governor %s has no constants", gov->name);
}

int configure(struct governor *gov, const struct vips *vips, struct fail *why)
{
	uint8_t yes = 1;

	if (!gov->shipped || strcmp(gov->name, "vip")) {
		if (vips->nr_pids || vips->nr_comms || vips->nr_cgroups)
			return fail(why, "--pid, --comm and --cgroup are for the governor vip, not for %s",
				    gov->name);
		return 0;
	}
	if (vips->nr_comms && set_constant(gov, offsetof(struct vip_bpf__rodata, by_comm), &yes,
					   sizeof(yes), why))
		return -1;
	if (vips->nr_cgroups && set_constant(gov, offsetof(struct vip_bpf__rodata, by_cgroup), &yes,
					     sizeof(yes), why))
		return -1;
	return 0;
}

static int add(const struct governor *gov, const char *map, const void *key, struct fail *why)
{
	int fd = bpf_object__find_map_fd_by_name(gov->obj, map);
	uint8_t yes = 1;

	if (!bpf_map_update_elem(fd, key, &yes, BPF_ANY))
		return 0;
	return fail_errno(why, STEP_BPF, errno, "can't add to the %s of governor vip", map);
}

int configure_maps(const struct governor *gov, const struct vips *vips, uint32_t command,
		   struct fail *why)
{
	uint32_t pid;
	uint64_t id;

	if (!gov->shipped || strcmp(gov->name, "vip"))
		return 0;
	if (command && add(gov, "pids", &command, why))
		return -1;
	for (size_t i = 0; i < vips->nr_pids; i++) {
		pid = vips->pids[i];
		if (kill((pid_t)pid, 0) && errno == ESRCH)
			return fail(why, "there is no process %u", pid);
		if (add(gov, "pids", &pid, why))
			return -1;
	}
	for (size_t i = 0; i < vips->nr_comms; i++) {
		char comm[VIP_COMM_LEN] = "";

		memcpy(comm, vips->comms[i], strlen(vips->comms[i]));
		if (add(gov, "comms", comm, why))
			return -1;
	}
	for (size_t i = 0; i < vips->nr_cgroups; i++) {
		id = cgroup_id(vips->cgroups[i], why);
		if (!id || add(gov, "cgroups", &id, why))
			return -1;
	}
	return 0;
}
