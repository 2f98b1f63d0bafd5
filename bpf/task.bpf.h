/* SPDX-License-Identifier: GPL-2.0-only */
/* Tasks, as far as governors look at them. */
#ifndef FREQEXT_TASK_BPF_H
#define FREQEXT_TASK_BPF_H

#define PF_KTHREAD	0x00200000
#define TASK_COMM_LEN	16	/* of a task's name, the zero at its end included */

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct kernfs_node {
	__u64 id;
};

struct cgroup {
	struct kernfs_node *kn;
};

struct css_set {
	struct cgroup *dfl_cgrp;
};

struct task_struct {
	unsigned int flags;	/* PF_... */
	int pid;
	int tgid;
	char comm[TASK_COMM_LEN];
	struct css_set *cgroups;
};

#pragma clang attribute pop

/* The inode number of the directory of a task's cgroup, in cgroup v2. */
static inline __u64 task_cgroup(const struct task_struct *p)
{
	return p->cgroups->dfl_cgrp->kn->id;
}

#endif
