// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
#include "kfuncs.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include <linux/capability.h>
#include <bpf/btf.h>

#include "load.h"
#include "modprobe.h"

#ifndef CAP_PERFMON
#define CAP_PERFMON 38
#define CAP_BPF 39
#endif

static bool have_cap(unsigned int cap)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = { 0 };

	/* A libc function for this lives in libcap only. */
	if (syscall(SYS_capget, &head, data))
		return true;	/* can't tell: let the kernel decide */
	return data[cap / 32].effective & (1U << (cap % 32));
}

int kfuncs_may_load_bpf(struct fail *why)
{
	/* CAP_SYS_ADMIN includes the other two, CAP_BPF for one came out of it. */
	if (have_cap(CAP_SYS_ADMIN) || (have_cap(CAP_BPF) && have_cap(CAP_PERFMON)))
		return 0;
	return fail(why, "needs the capabilities CAP_BPF and CAP_PERFMON, which this process lacks: run it as root, for example with sudo");
}

static bool exists(const char *fmt, const char *arg)
{
	char path[256];

	snprintf(path, sizeof(path), fmt, arg);
	return !access(path, F_OK);
}

/* Does depmod's list for one kernel, a modules.dep, name the module? -1 is an error, by errno. */
static int listed_in(const char *modules_dep, const char *module)
{
	char *line = NULL, needle[128];
	size_t size = 0;
	bool found = false;
	FILE *f = fopen(modules_dep, "re");

	if (!f)
		return errno == ENOENT ? 0 : -1;
	snprintf(needle, sizeof(needle), "/%s.ko", module);
	while (!found && getline(&line, &size, f) > 0) {
		line[strcspn(line, ":")] = '\0';
		found = strstr(line, needle);
	}
	free(line);
	fclose(f);
	return found;
}

/* The first kernel other than @running that has the module, into @release. */
static bool installed_elsewhere(const char *module, const char *running,
				char *release, size_t size)
{
	DIR *dir = opendir("/lib/modules");
	struct dirent *entry;
	bool found = false;
	char path[300];

	while (dir && !found && (entry = readdir(dir))) {
		snprintf(path, sizeof(path), "/lib/modules/%s/modules.dep", entry->d_name);
		found = entry->d_name[0] != '.' && strcmp(entry->d_name, running) &&
			listed_in(path, module) > 0;
		if (found)
			snprintf(release, size, "%.*s", (int)size - 1, entry->d_name);
	}
	if (dir)
		closedir(dir);
	return found;
}

/* Is the kernel locked down for this? "none [integrity] confidentiality" says for what. */
static bool locked_down_for(const char *mode)
{
	FILE *f = fopen("/sys/kernel/security/lockdown", "re");
	char modes[64];
	bool is;

	if (!f)
		return false;
	is = fgets(modes, sizeof(modes), f) && strstr(modes, mode);
	fclose(f);
	return is;
}

/* Say why modprobe(8) did not load it. */
static int not_loaded(const struct kfuncs *set, const char *running,
		      const struct modprobe *result, struct fail *why)
{
	const char *module = set->module, *way_out;

	if (result->err == ENOEXEC)
		return fail(why, "module %s was built for another kernel than %s: rebuild it with 'dkms install --force %s/%s -k %s' as root (%s)",
			    module, running, set->package, WSDUMP_VERSION, running, result->said);
	/* locked down, a kernel has other words for it than one that insists on signatures only */
	if (result->err == EKEYREJECTED || result->err == ENOKEY ||
	    (result->err == EPERM && locked_down_for("[integrity]")))
		return fail(why, "module %s carries no signature this kernel trusts: enrol the key that DKMS signs with, see mokutil(1) (%s)",
			    module, result->said);
	if (strstr(result->said, "install command"))
		return fail(why, "could not load module %s: 'modprobe --showconfig' has a line 'install %s', which failed: %s",
			    module, module, result->said);
	way_out = fail_way_out(STEP_MODULE, result->err);
	if (way_out)
		return fail(why, "could not load module %s: %s (%s)", module, way_out,
			    result->said);
	if (result->logged[0])
		return fail(why, "could not load module %s: %s (the kernel's log has: %s)",
			    module, result->said, result->logged);
	return fail(why, "could not load module %s: %s", module, result->said);
}

#define MAX_MODPROBES	5

static int provide_module(const struct kfuncs *set, const char *running, struct fail *why)
{
	struct modprobe result;
	char path[256], other[128];
	int listed, done;

	snprintf(path, sizeof(path), "/lib/modules/%s/modules.dep", running);
	listed = listed_in(path, set->module);
	if (listed < 0)
		return fail_errno(why, STEP_FILE, errno, "can't read %s", path);
	if (!listed) {
		if (installed_elsewhere(set->module, running, other, sizeof(other)))
			return fail(why, "kernel %s lacks the kfuncs, and module %s is installed for kernel %s only: run 'dkms autoinstall -k %s' as root",
				    running, set->module, other, running);
		return fail(why, "kernel %s lacks the kfuncs, and module %s that brings them is not installed: run 'make install' in the source of %s as root",
			    running, set->module, set->package);
	}

	if (!have_cap(CAP_SYS_MODULE))
		return fail(why, "module %s is not loaded, and loading it needs CAP_SYS_MODULE: run 'modprobe %s' as root",
			    set->module, set->module);

	/* one that is not there after that may have been unloaded at once, but not each time */
	for (int i = 0; i < MAX_MODPROBES; i++) {
		done = modprobe(set->module, &result, why);
		if (done <= 0 || exists("/sys/module/%s", set->module))
			break;
	}
	if (!done)
		return not_loaded(set, running, &result, why);
	if (done > 0 && !exists("/sys/module/%s", set->module))
		return fail(why, "modprobe did not fail, but module %s is not loaded: see whether 'modprobe --showconfig' has a line 'install %s'",
			    set->module, set->module);
	return done;
}

/* Is the module loaded for good? One that is being loaded or unloaded is "coming" or "going". */
static bool is_live(const char *module)
{
	char path[256], state[16];
	bool live;
	FILE *f;

	snprintf(path, sizeof(path), "/sys/module/%s/initstate", module);
	f = fopen(path, "re");
	if (!f)
		return false;
	live = fgets(state, sizeof(state), f) && !strcmp(state, "live\n");
	fclose(f);
	return live;
}

#define KERNEL_BTF "/sys/kernel/btf/vmlinux"

static bool has_func(const struct btf *btf, const char *name)
{
	return btf__find_by_name_kind(btf, name, BTF_KIND_FUNC) > 0;
}

/* What is missing of what the module or the kernel would build on; NULL is nothing. */
static const char *lacks(const struct kfuncs *set, const struct btf *btf)
{
	for (const char *const *func = set->bpf_needs; *func; func++)
		if (!has_func(btf, *func))
			return *func;
	return NULL;
}

int kfuncs_provide(const struct kfuncs *set, struct fail *why)
{
	bool in_kernel, has_subsystem;
	const char *missing;
	struct utsname uts;
	struct btf *btf;

	uname(&uts);
	if (access("/sys/kernel", F_OK))
		return fail(why, "/sys/kernel is missing: mount sysfs with 'mount -t sysfs sysfs /sys' as root");
	/* its own error says no more than that the program was refused */
	if (locked_down_for("[confidentiality]"))
		return fail(why, "the kernel is locked down for confidentiality, so no BPF program may read its memory: boot it with lockdown=integrity");
	if (access(KERNEL_BTF, F_OK))
		return fail(why, "kernel %s has no BTF (no %s): it must be built with CONFIG_DEBUG_INFO_BTF, and 5.4 or later",
			    uts.release, KERNEL_BTF);
	btf = btf__parse_raw(KERNEL_BTF);
	if (!btf)
		return fail_errno(why, STEP_FILE, errno, "can't read the kernel's BTF in %s",
				  KERNEL_BTF);
	has_subsystem = has_func(btf, set->subsystem_func);
	missing = lacks(set, btf);
	in_kernel = has_func(btf, set->kfunc);
	btf__free(btf);

	if (!has_subsystem)
		return fail(why, "kernel %s has no %s: it was built without %s",
			    uts.release, set->subsystem_lack, set->subsystem_config);
	if (missing)
		return fail(why, "kernel %s is too old: it has no %s for BPF programs, %s is the oldest that will do",
			    uts.release, missing, set->oldest);
	if (in_kernel || exists("/sys/kernel/btf/%s", set->module))
		return 0;
	if (exists("/sys/module/%s", set->module) && !is_live(set->module))
		return 0;	/* it comes or goes just now: the caller tries again */
	if (exists("/sys/module/%s", set->module))
		return fail(why, "module %s is loaded, but the kernel has no BTF for it: rebuild it against kernel %s",
			    set->module, uts.release);
	return provide_module(set, uts.release, why);
}

/* How often to load a program because the module has gone before that was done. */
#define MAX_LOADS	100

/* Did a kfunc or its module go while the program was loaded? */
static bool has_gone(int err)
{
	return err == -ENOENT || err == -ENXIO;
}

int kfuncs_load(const struct kfuncs *set, int (*first)(void *arg), int (*second)(void *arg),
		void *arg, struct fail *why)
{
	const struct timespec nap = { .tv_nsec = 1000000 };
	int err = first(arg), provided;

	/* what was there, or has been loaded, may have been unloaded before it was used */
	for (int i = 0; i < MAX_LOADS && err && load_may_lack(err); i++) {
		provided = kfuncs_provide(set, why);
		if (provided < 0)
			return -ENOSYS;
		if (!provided && !has_gone(err))
			break;
		if (i)
			nanosleep(&nap, NULL);
		err = first(arg);
	}
	if (err && load_may_lack(err) && !second(arg))
		return 0;
	if (err)
		load_failed(err, why);
	return err;
}

static bool in_kernel_btf(const char *name)
{
	struct btf *btf = btf__parse_raw(KERNEL_BTF);
	bool found = btf && has_func(btf, name);

	btf__free(btf);
	return found;
}

void kfuncs_origin(const struct kfuncs *set, char *buf, size_t size)
{
	char path[256], version[64] = "";
	struct utsname uts;
	FILE *f;

	uname(&uts);
	snprintf(path, sizeof(path), "/sys/module/%s/version", set->module);
	f = fopen(path, "re");
	if (f) {
		if (fgets(version, sizeof(version), f))
			version[strcspn(version, "\n")] = '\0';
		fclose(f);
		snprintf(buf, size, "module %s %s", set->module, version);
		return;
	}
	snprintf(path, sizeof(path), "/lib/modules/%s/modules.dep", uts.release);
	if (in_kernel_btf(set->kfunc))
		snprintf(buf, size, "kernel %s", uts.release);
	else if (listed_in(path, set->module) > 0)
		snprintf(buf, size, "module %s, which is not loaded", set->module);
	else
		snprintf(buf, size, "none: kernel %s lacks them, and module %s is not installed",
			 uts.release, set->module);
}
