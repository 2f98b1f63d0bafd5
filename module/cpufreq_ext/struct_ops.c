// SPDX-License-Identifier: GPL-2.0-only
/* struct cpufreq_ext_ops, as BPF knows it: what its members may be, and what programs may do. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/bpf.h>
#include <linux/bpf_verifier.h>
#include <linux/btf.h>
#include <linux/ctype.h>
#include <linux/module.h>

#include "ext.h"

static bool name_is_valid(const char *name)
{
	size_t len = strnlen(name, CPUFREQ_NAME_LEN);
	size_t i;

	for (i = 0; i < len; i++)
		if (!islower(name[i]) && !isdigit(name[i]) && name[i] != '_')
			return false;
	return len && len < CPUFREQ_NAME_LEN;
}

/* A link's functions must end with its author's process, so there is no way without a link. */
static int ops_reg(void *kdata, struct bpf_link *link)
{
	return link ? ext_register(kdata) : -EOPNOTSUPP;
}

static void ops_unreg(void *kdata, struct bpf_link *link)
{
	ext_unregister(kdata);
}

static int ops_validate(void *kdata)
{
	const struct cpufreq_ext_ops *ops = kdata;

	return name_is_valid(ops->name) ? 0 : -EINVAL;
}

static int ops_init_member(const struct btf_type *t, const struct btf_member *member,
			   void *kdata, const void *udata)
{
	const struct cpufreq_ext_ops *from = udata;
	struct cpufreq_ext_ops *to = kdata;

	switch (__btf_member_bit_offset(t, member) / 8) {
	case offsetof(struct cpufreq_ext_ops, rate_limit_us):
		/* as what the core lets a driver ask for, no more than some seconds */
		if (from->rate_limit_us > 10 * USEC_PER_SEC)
			return -EINVAL;
		to->rate_limit_us = from->rate_limit_us;
		return 1;
	case offsetof(struct cpufreq_ext_ops, name):
		if (!name_is_valid(from->name))
			return -EINVAL;
		strscpy(to->name, from->name, sizeof(to->name));
		return 1;
	}
	return 0;
}

static int ops_check_member(const struct btf_type *t, const struct btf_member *member,
			    const struct bpf_prog *prog)
{
	if (__btf_member_bit_offset(t, member) / 8 == offsetof(struct cpufreq_ext_ops, update) &&
	    PROG_SLEEPABLE(prog))
		return -EINVAL;
	return 0;
}

static bool ops_is_valid_access(int off, int size, enum bpf_access_type type,
				const struct bpf_prog *prog, struct bpf_insn_access_aux *info)
{
	if (type != BPF_READ || off < 0 || off >= sizeof(u64) * MAX_BPF_FUNC_ARGS || off % size)
		return false;
	return btf_ctx_access(off, size, type, prog, info);
}

/* No btf_struct_access: policies can be read, and nothing in them be written. */
static const struct bpf_verifier_ops ops_verifier_ops = {
	.get_func_proto = bpf_base_func_proto,
	.is_valid_access = ops_is_valid_access,
};

static int ops_init(struct btf *btf)
{
	return 0;
}

/* What has the types of the functions; never called. */
static s32 stub_init(void)
{
	return 0;
}

static void stub_exit(void)
{
}

static s32 stub_start(struct cpufreq_policy *policy)
{
	return 0;
}

static void stub_stop(struct cpufreq_policy *policy)
{
}

static s32 stub_store_setspeed(struct cpufreq_policy *policy, u32 khz)
{
	return 0;
}

static u32 stub_update(struct cpufreq_policy *policy, u32 cpu, u64 time, u32 flags)
{
	return 0;
}

static struct cpufreq_ext_ops ops_stubs = {
	.init = stub_init,
	.exit = stub_exit,
	.start = stub_start,
	.stop = stub_stop,
	.limits = stub_stop,
	.store_setspeed = stub_store_setspeed,
	.update = stub_update,
};

static struct bpf_struct_ops bpf_cpufreq_ext_ops = {
	.verifier_ops = &ops_verifier_ops,
	.init = ops_init,
	.check_member = ops_check_member,
	.init_member = ops_init_member,
	.reg = ops_reg,
	.unreg = ops_unreg,
	.validate = ops_validate,
	.cfi_stubs = &ops_stubs,
	.owner = THIS_MODULE,
	.name = "cpufreq_ext_ops",
};

/**
 * ext_struct_ops_init() - have BPF know of struct cpufreq_ext_ops
 *
 * Return: 0, or an error, which was logged.
 */
int __init ext_struct_ops_init(void)
{
	int err = register_bpf_struct_ops(&bpf_cpufreq_ext_ops, cpufreq_ext_ops);

	if (err)
		pr_err("the kernel refused the type cpufreq_ext_ops: error %d\n", err);
	return err;
}
