// SPDX-License-Identifier: GPL-2.0-only
/*
 * Programs that misuse the kfuncs. Each is tagged with what the verifier says when
 * it refuses it, in alternatives where kernels differ; the one that is tagged LOADS
 * shows that the rest of the set-up is not what they are refused for.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#include "compat.bpf.h"

/* Compiled twice, for what module/wakeup_kfuncs.c may declare the head to be. */
#ifdef HEAD_IS_LIST_HEAD
#define WS_HEAD struct list_head
#endif
#include "wakeup_source.h"

#define REFUSED(message) __attribute__((btf_decl_tag("refused:" message)))
/* for what is no token of the lock kfunc; the second as 7.2 says it */
#define NOT_OURS "expects refcounted PTR_TO_BTF_ID|expects referenced PTR_TO_BTF_ID"
#define LOADS __attribute__((btf_decl_tag("loads")))

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} values SEC(".maps");

SEC("syscall") LOADS
int lock_and_unlock(void *ctx)
{
	bpf_wakeup_sources_read_unlock(bpf_wakeup_sources_read_lock());
	return 0;
}

SEC("syscall") REFUSED("Unreleased reference")
int lock_never_released(void *ctx)
{
	bpf_wakeup_sources_read_lock();
	return 0;
}

SEC("syscall") REFUSED("Unreleased reference")
int lock_released_on_one_path_only(void *ctx)
{
	struct bpf_ws_lock *lock = bpf_wakeup_sources_read_lock();

	if (bpf_get_prandom_u32() & 1)
		bpf_wakeup_sources_read_unlock(lock);
	return 0;
}

SEC("syscall") REFUSED("Unreleased reference")
int one_of_two_locks_released(void *ctx)
{
	struct bpf_ws_lock *lock = bpf_wakeup_sources_read_lock();

	bpf_wakeup_sources_read_lock();
	bpf_wakeup_sources_read_unlock(lock);
	return 0;
}

SEC("syscall")
REFUSED("R1 type=scalar expected=fp|" NOT_OURS)
int lock_released_twice(void *ctx)
{
	struct bpf_ws_lock *lock = bpf_wakeup_sources_read_lock();

	bpf_wakeup_sources_read_unlock(lock);
	bpf_wakeup_sources_read_unlock(lock);
	return 0;
}

SEC("syscall")
REFUSED("R1 type=scalar expected=fp|" NOT_OURS)
int unlock_without_lock(void *ctx)
{
	bpf_wakeup_sources_read_unlock((void *)1);
	return 0;
}

SEC("syscall")
REFUSED("Possibly NULL pointer passed to trusted|" NOT_OURS)
int unlock_null(void *ctx)
{
	bpf_wakeup_sources_read_unlock(NULL);
	return 0;
}

SEC("syscall")
REFUSED(NOT_OURS)
int unlock_context(void *ctx)
{
	bpf_wakeup_sources_read_unlock(ctx);
	return 0;
}

SEC("syscall")
REFUSED(NOT_OURS)
int unlock_map_value(void *ctx)
{
	__u32 zero = 0;
	void *value = bpf_map_lookup_elem(&values, &zero);

	if (value)
		bpf_wakeup_sources_read_unlock(value);
	return 0;
}

SEC("syscall")
REFUSED("R1 must have zero offset when passed to release func")
int unlock_with_arithmetic(void *ctx)
{
	struct bpf_ws_lock *lock = bpf_wakeup_sources_read_lock();

	bpf_wakeup_sources_read_unlock((void *)lock + 1);
	return 0;
}

SEC("syscall")
REFUSED("access beyond struct bpf_ws_lock at off 0 size 4")
int read_through_lock(void *ctx)
{
	struct bpf_ws_lock *lock = bpf_wakeup_sources_read_lock();
	int value = *(volatile int *)lock;

	bpf_wakeup_sources_read_unlock(lock);
	return value;
}

SEC("syscall")
REFUSED("only read is supported")
int write_through_lock(void *ctx)
{
	struct bpf_ws_lock *lock = bpf_wakeup_sources_read_lock();

	*(volatile int *)lock = 0;
	bpf_wakeup_sources_read_unlock(lock);
	return 0;
}

SEC("syscall")
#ifdef HEAD_IS_LIST_HEAD
LOADS
#else
REFUSED("R0 invalid mem access 'scalar'")
#endif
int read_head_directly(void *ctx)
{
	struct bpf_ws_lock *lock = bpf_wakeup_sources_read_lock();
	struct list_head *head = bpf_wakeup_sources_get_head();
	int value = !!*(void *volatile *)head;

	bpf_wakeup_sources_read_unlock(lock);
	return value;
}

SEC("syscall")
REFUSED("only read is supported")
int write_through_typed_head(void *ctx)
{
	struct bpf_ws_lock *lock = bpf_wakeup_sources_read_lock();
#ifdef HEAD_IS_LIST_HEAD
	struct list_head *head = bpf_wakeup_sources_get_head();
#else
	struct list_head *head = bpf_core_cast(bpf_wakeup_sources_get_head(), struct list_head);
#endif

	head->next = NULL;
	bpf_wakeup_sources_read_unlock(lock);
	return 0;
}

SEC("socket")
REFUSED("calling kernel function bpf_wakeup_sources_read_lock is not allowed")
int lock_in_socket_filter(struct __sk_buff *skb)
{
	bpf_wakeup_sources_read_unlock(bpf_wakeup_sources_read_lock());
	return 0;
}

SEC("raw_tp/sys_enter")
REFUSED("calling kernel function bpf_wakeup_sources_read_lock is not allowed")
int lock_in_raw_tracepoint(void *ctx)
{
	bpf_wakeup_sources_read_unlock(bpf_wakeup_sources_read_lock());
	return 0;
}

SEC("raw_tp/sys_enter")
REFUSED("calling kernel function bpf_wakeup_sources_get_head is not allowed")
int head_in_raw_tracepoint(void *ctx)
{
	return !!bpf_wakeup_sources_get_head();
}

SEC("xdp")
REFUSED("calling kernel function bpf_wakeup_sources_get_head is not allowed")
int head_in_xdp(struct xdp_md *ctx)
{
	return !!bpf_wakeup_sources_get_head();
}

static int lock_in_turn(__u32 turn, void *lock)
{
	bpf_wakeup_sources_read_lock();
	return 0;
}

SEC("syscall")
REFUSED("Unreleased reference|reference has not been acquired|reference leak")
int lock_left_by_callback(void *ctx)
{
	bpf_loop(2, lock_in_turn, NULL, 0);
	return 0;
}

SEC("syscall")
REFUSED("R1 type=scalar expected=fp|" NOT_OURS)
int unlock_out_of_map(void *ctx)
{
	struct bpf_ws_lock *lock = bpf_wakeup_sources_read_lock();
	__u32 zero = 0;
	__u64 *value = bpf_map_lookup_elem(&values, &zero);

	if (value)
		*value = (__u64)lock;
	bpf_wakeup_sources_read_unlock(lock);
	if (value)
		bpf_wakeup_sources_read_unlock((void *)*value);
	return 0;
}

SEC("syscall")
REFUSED("R1 type=scalar expected=fp|expected pointer to STRUCT bpf_ws_lock|" NOT_OURS)
int unlock_head(void *ctx)
{
	bpf_wakeup_sources_read_unlock((void *)bpf_wakeup_sources_get_head());
	return 0;
}

SEC("kprobe/vfs_read")
REFUSED("calling kernel function bpf_wakeup_sources_read_lock is not allowed")
int lock_in_kprobe(void *ctx)
{
	bpf_wakeup_sources_read_unlock(bpf_wakeup_sources_read_lock());
	return 0;
}

SEC("tracepoint/power/wakeup_source_activate")
REFUSED("calling kernel function bpf_wakeup_sources_read_lock is not allowed")
int lock_in_tracepoint(void *ctx)
{
	bpf_wakeup_sources_read_unlock(bpf_wakeup_sources_read_lock());
	return 0;
}

SEC("perf_event")
REFUSED("calling kernel function bpf_wakeup_sources_get_head is not allowed")
int head_in_perf_event(void *ctx)
{
	return !!bpf_wakeup_sources_get_head();
}

SEC("fentry/vfs_read")
REFUSED("calling kernel function bpf_wakeup_sources_read_lock is not allowed")
int lock_at_function_entry(void *ctx)
{
	bpf_wakeup_sources_read_unlock(bpf_wakeup_sources_read_lock());
	return 0;
}

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} programs SEC(".maps");

SEC("syscall")
REFUSED("tail_call would lead to reference leak|Sleepable programs can only use")
int lock_left_by_tail_call(void *ctx)
{
	struct bpf_ws_lock *lock = bpf_wakeup_sources_read_lock();

	bpf_tail_call(ctx, &programs, 0);
	bpf_wakeup_sources_read_unlock(lock);
	return 0;
}

static int unlock_in_turn(__u32 turn, void *lock)
{
	bpf_wakeup_sources_read_unlock(*(struct bpf_ws_lock **)lock);
	return 0;
}

SEC("syscall")
REFUSED("Unreleased reference|reference has not been acquired|cannot release")
int unlock_in_callback(void *ctx)
{
	struct bpf_ws_lock *lock = bpf_wakeup_sources_read_lock();

	bpf_loop(2, unlock_in_turn, &lock, 0);
	return 0;
}

__noinline int unlock_of_others(struct bpf_ws_lock *lock)
{
	bpf_wakeup_sources_read_unlock(lock);
	return 0;
}

SEC("syscall")
REFUSED("Caller passes invalid args into func|" NOT_OURS)
int unlock_in_global_function(void *ctx)
{
	return unlock_of_others(bpf_wakeup_sources_read_lock());
}

SEC("syscall")
REFUSED("invalid mem access 'scalar'|only read is supported")
int write_to_head(void *ctx)
{
	*(void *volatile *)bpf_wakeup_sources_get_head() = NULL;
	return 0;
}

SEC("syscall")
REFUSED("R1 type=scalar expected=fp|R1 type=ptr_ expected=fp")
int head_as_memory_of_a_helper(void *ctx)
{
	return bpf_get_current_comm((void *)bpf_wakeup_sources_get_head(), 16);
}

SEC("syscall")
REFUSED("R1 type=ptr_ expected=fp|may write into memory pointed by R1")
int lock_as_memory_of_a_helper(void *ctx)
{
	struct bpf_ws_lock *lock = bpf_wakeup_sources_read_lock();

	bpf_get_current_comm(lock, 16);
	bpf_wakeup_sources_read_unlock(lock);
	return 0;
}

SEC("syscall")
REFUSED("Unreleased reference")
int lock_returned(void *ctx)
{
	return (long)bpf_wakeup_sources_read_lock();
}
