// SPDX-License-Identifier: GPL-2.0-only
/* A program that uses the module, for hold.c to keep loaded. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#include "wakeup_source.h"

char LICENSE[] SEC("license") = "GPL";

SEC("syscall")
int lock_and_unlock(void *ctx)
{
	(void)ctx;
	bpf_wakeup_sources_read_unlock(bpf_wakeup_sources_read_lock());
	return 0;
}
