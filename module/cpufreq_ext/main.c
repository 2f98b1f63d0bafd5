// SPDX-License-Identifier: GPL-2.0-only
/*
 * cpufreq_ext - cpufreq governors written in BPF
 *
 * What a governor does is in struct cpufreq_ext_ops (ext.h), which BPF programs implement.
 * What programs of many types may request is in kfuncs.c.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/init.h>
#include <linux/module.h>

#include "ext.h"

static int __init cpufreq_ext_init(void)
{
	int err;

	ext_cpus_init();
	/* nothing of these two can be taken back, nor has to be: both go with the module's BTF */
	err = ext_kfuncs_init();
	if (err)
		return err;
	err = ext_stats_init();
	if (err)
		return err;
	err = ext_struct_ops_init();
	if (err)
		ext_stats_exit();
	return err;
}

/*
 * A struct_ops map of ours holds a reference on the module, and so does a policy with one of
 * the governors: all slots are free by now.
 */
static void __exit cpufreq_ext_exit(void)
{
	ext_stats_exit();
}

module_init(cpufreq_ext_init);
module_exit(cpufreq_ext_exit);

MODULE_AUTHOR("wsdump developers");
MODULE_DESCRIPTION("cpufreq governors written in BPF");
MODULE_VERSION(WAKEUP_KFUNCS_VERSION);
MODULE_LICENSE("GPL");
