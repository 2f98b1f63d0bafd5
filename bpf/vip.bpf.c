// SPDX-License-Identifier: GPL-2.0-only
/*
 * vip - the highest frequency for some processes while they run, the lowest for all others
 *
 * Who it is for: processes by pid, with the children they make; tasks by name; cgroups. What
 * holds a request is a CPU with such a task on it. The moment that another one runs there the
 * request is gone, so nothing stays at a high frequency because somebody forgot it.
 *
 * Kernel threads change nothing, but for those that are VIPs by name: they are short, and one of
 * them is the module's own, in which slow drivers change the frequency. If that one were taken
 * for "all others", carrying out a request would end it.
 *
 * Limits: a policy whose CPUs have their frequency in common is high while any of them runs a
 * VIP. A cgroup means itself, not those below it.
 */
#include "cpufreq_ext.bpf.h"
#include "vip.h"
#include "task.bpf.h"

/* By tgid; also a child's, from its birth to its end. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, __u32);
	__type(value, __u8);
	__uint(max_entries, VIP_MAX);
} pids SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, char[VIP_COMM_LEN]);
	__type(value, __u8);
	__uint(max_entries, VIP_MAX);
} comms SEC(".maps");

/* By the inode number of the cgroup's directory. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, __u64);
	__type(value, __u8);
	__uint(max_entries, VIP_MAX);
} cgroups SEC(".maps");

/* Kinds that nobody uses are not looked up at each switch. */
const volatile __u8 by_comm;
const volatile __u8 by_cgroup;

static bool is_vip(struct task_struct *p)
{
	char comm[VIP_COMM_LEN] = "";	/* a key is all of it */
	__u32 tgid = p->tgid;
	__u64 id;

	if (!p->pid)
		return false;	/* the idle task */
	if (bpf_map_lookup_elem(&pids, &tgid))
		return true;
	if (by_comm) {
		bpf_probe_read_kernel_str(comm, sizeof(comm), p->comm);
		if (bpf_map_lookup_elem(&comms, comm))
			return true;
	}
	if (by_cgroup) {
		id = task_cgroup(p);
		if (bpf_map_lookup_elem(&cgroups, &id))
			return true;
	}
	return false;
}

/* One that is equal to the last costs the module next to nothing, so none is remembered here. */
SEC("tp_btf/sched_switch")
int BPF_PROG(vip_switch, bool preempt, struct task_struct *prev, struct task_struct *next)
{
	__u32 cpu = bpf_get_smp_processor_id();

	if (is_vip(next))
		cpufreq_ext_request(cpu, KHZ_MAX);
	else if (!next->pid || !(next->flags & PF_KTHREAD))	/* idle tasks have the flag, too */
		cpufreq_ext_release(cpu);
	return 0;
}

SEC("tp_btf/sched_process_fork")
int BPF_PROG(vip_fork, struct task_struct *parent, struct task_struct *child)
{
	__u32 tgid = parent->tgid, born = child->tgid;
	__u8 yes = 1;

	if (tgid != born && bpf_map_lookup_elem(&pids, &tgid))
		bpf_map_update_elem(&pids, &born, &yes, BPF_ANY);
	return 0;
}

/* Else the next process with this pid would be one. */
SEC("tp_btf/sched_process_exit")
int BPF_PROG(vip_exit, struct task_struct *p)
{
	__u32 tgid = p->tgid;

	if (p->pid == p->tgid)
		bpf_map_delete_elem(&pids, &tgid);
	return 0;
}

SEC(".struct_ops.link")
struct cpufreq_ext_ops vip = {
	.name = "vip",
};

char LICENSE[] SEC("license") = "GPL";
