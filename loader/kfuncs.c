// SPDX-License-Identifier: GPL-2.0-only
#include "kfuncs.h"

#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <bpf/btf.h>
#include <linux/capability.h>

#include "modprobe.h"

#define KERNEL_BTF "/sys/kernel/btf/vmlinux"

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

static bool in_kernel_btf(const struct btf *btf, const char *func)
{
	return btf__find_by_name_kind(btf, func, BTF_KIND_FUNC) > 0;
}

static bool exists(const char *fmt, const char *arg)
{
	char path[256];

	snprintf(path, sizeof(path), fmt, arg);
	return !access(path, F_OK);
}

/* Does depmod's list for one kernel, a modules.dep, name the module? */
static bool listed_in(const char *modules_dep, const char *module)
{
	char *line = NULL, needle[128];
	size_t size = 0;
	bool found = false;
	FILE *f = fopen(modules_dep, "re");

	if (!f)
		return false;
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
	static const char prefix[] = "/lib/modules/";
	bool found = false;
	glob_t g;

	if (glob("/lib/modules/*/modules.dep", 0, NULL, &g))
		return false;
	for (size_t i = 0; i < g.gl_pathc && !found; i++) {
		const char *name = g.gl_pathv[i] + strlen(prefix);

		snprintf(release, size, "%.*s", (int)strcspn(name, "/"), name);
		found = strcmp(release, running) && listed_in(g.gl_pathv[i], module);
	}
	globfree(&g);
	return found;
}

static int provide_module(const struct kfuncs *set, const char *running, struct fail *why)
{
	char path[256], other[128], said[256];

	snprintf(path, sizeof(path), "/lib/modules/%s/modules.dep", running);
	if (!listed_in(path, set->module)) {
		if (installed_elsewhere(set->module, running, other, sizeof(other)))
			return fail(why, "kernel %s lacks the kfuncs, and module %s is installed for kernel %s only: run 'dkms autoinstall -k %s' as root",
				    running, set->module, other, running);
		return fail(why, "kernel %s lacks the kfuncs, and module %s that brings them is not installed: install package %s-dkms, or run 'make install' in the source as root",
			    running, set->module, set->package);
	}

	if (!have_cap(CAP_SYS_MODULE))
		return fail(why, "module %s is not loaded, and loading it needs CAP_SYS_MODULE: run 'modprobe %s' as root",
			    set->module, set->module);

	switch (modprobe(set->module, said, sizeof(said))) {
	case MODPROBE_DONE:
		return 1;
	case MODPROBE_OTHER_KERNEL:
		return fail(why, "module %s was built for another kernel than %s: rebuild it with 'dkms install --force %s/%s -k %s' as root (%s)",
			    set->module, running, set->package, WSDUMP_VERSION, running, said);
	case MODPROBE_UNTRUSTED:
		return fail(why, "module %s carries no signature this kernel trusts: enrol the key that DKMS signs with, see mokutil(1) (%s)",
			    set->module, said);
	case MODPROBE_NOT_RUN:
		return fail(why, "could not load module %s: %s", set->module, said);
	case MODPROBE_FAILED:
		break;
	}
	return fail(why, "could not load module %s, the kernel log (dmesg) has the reason: %s",
		    set->module, said);
}

int kfuncs_provide(const struct kfuncs *set, struct fail *why)
{
	struct utsname uts;
	struct btf *btf;
	int ret = 0;

	uname(&uts);
	if (access("/sys/kernel", F_OK))
		return fail(why, "/sys/kernel is missing: mount sysfs with 'mount -t sysfs sysfs /sys' as root");
	if (access(KERNEL_BTF, F_OK))
		return fail(why, "kernel %s has no BTF (no %s): it must be built with CONFIG_DEBUG_INFO_BTF, and 5.4 or later",
			    uts.release, KERNEL_BTF);
	btf = btf__load_vmlinux_btf();
	if (!btf)
		return fail(why, "can't read the kernel's BTF in %s: %s", KERNEL_BTF,
			    strerror(errno));

	if (!in_kernel_btf(btf, set->subsystem_func)) {
		ret = fail(why, "kernel %s has no %s: it was built without %s",
			   uts.release, set->subsystem_lack, set->subsystem_config);
		goto out;
	}
	for (const char *const *f = set->bpf_needs; *f; f++) {
		if (!in_kernel_btf(btf, *f)) {
			ret = fail(why, "kernel %s is too old: it has no %s for BPF programs, %s is the first that does",
				   uts.release, *f, set->oldest);
			goto out;
		}
	}
	if (in_kernel_btf(btf, set->kfunc))
		goto out;
	/* Only CAP_SYS_ADMIN may list the BTF objects of modules (6.12 and 7.2, read). */
	if (!have_cap(CAP_SYS_ADMIN)) {
		ret = fail(why, "kernel %s lacks the kfuncs, and finding those of module %s needs CAP_SYS_ADMIN: run it as root, for example with sudo",
			   uts.release, set->module);
		goto out;
	}
	if (exists("/sys/kernel/btf/%s", set->module))
		goto out;
	if (exists("/sys/module/%s", set->module)) {
		ret = fail(why, "module %s is loaded, but the kernel has no BTF for it: rebuild it against kernel %s",
			   set->module, uts.release);
		goto out;
	}
	ret = provide_module(set, uts.release, why);
out:
	btf__free(btf);
	return ret;
}
