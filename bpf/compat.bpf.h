/* SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-only OR BSD-2-Clause */
/*
 * What differs between the kernels, and the versions of libbpf, that programs here are for.
 *
 * A program is compiled twice where it has to be: as it is, for kernels from
 * BPF_LOOPS_AND_CASTS on, and with -DBPF_NO_LOOPS_AND_CASTS for those before. One source
 * serves both if it loops by REPEAT() and follows pointers of the kernel by CAST() and READ().
 */
#ifndef WSDUMP_BPF_COMPAT_BPF_H
#define WSDUMP_BPF_COMPAT_BPF_H

#include <linux/version.h>

/*
 * The first kernel with bpf_for(), bpf_core_cast() and ARG_CTX. Loaders take it to choose what
 * they try first, as a kernel may have been given any of these later.
 *
 * 6.2: a35b9af4ec2c ("bpf: Add a kfunc for generic type cast")
 * 6.4: 6018e1f407cc ("bpf: implement numbers iterator")
 * 6.8: 94e1c70a3452 ("bpf: support 'arg:xxx' btf_decl_tag-based hints for global subprog args")
 */
#define BPF_LOOPS_AND_CASTS	KERNEL_VERSION(6, 8, 0)

#ifdef __bpf__

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

/* libbpf 1.3 */
#ifndef bpf_for
struct bpf_iter_num {
	__u64 opaque[1];
} __attribute__((aligned(8)));

extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __weak __ksym;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __weak __ksym;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __weak __ksym;

/* The iterator is made in the first loop, that has one turn, and destroyed when it ends. */
#define bpf_for(i, start, end)								\
	for (struct bpf_iter_num it_ __attribute__((cleanup(bpf_iter_num_destroy))),	\
	     *once_ = (bpf_iter_num_new(&it_, (start), (end)),				\
		       (void)bpf_iter_num_destroy,	/* else clang has no type of it */	\
		       &it_); once_; once_ = NULL)					\
		for (int *at_; (at_ = bpf_iter_num_next(&it_)) && ((i) = *at_, 1);)
#endif

/* libbpf 1.4 */
#ifndef bpf_core_cast
extern void *bpf_rdonly_cast(const void *obj, __u32 btf_id) __weak __ksym;

#define bpf_core_cast(ptr, type) \
	((typeof(type) *)bpf_rdonly_cast((ptr), bpf_core_type_id_kernel(type)))
#endif

/*
 * REPEAT(max, step, ctx): call step(ctx) until it returns something else than 0, at most @max
 * times. STEP(step, type) defines what that takes, before; ctx is a type *, and a variable.
 *
 * CAST(addr, type): a pointer to a struct of the kernel. READ(ptr, field): a field behind such
 * a pointer, or the pointers between. A fault reads as 0.
 *
 * LOOK_AT(ptr, room): @ptr, or a copy of what is there made in @room, whose fields can be
 * read with no more than the -> of C.
 */
#ifndef BPF_NO_LOOPS_AND_CASTS

#define STEP(step, type)
#define REPEAT(max, step, ctx) ({		\
	int turn_;				\
						\
	bpf_for(turn_, 0, (max))		\
		if (step(ctx))			\
			break; })

/*
 * A function whose argument is the program's context. The verifier looks at it by itself, and
 * not once more for each state of the loop that calls it.
 */
#define VERIFIED_ONCE	__noinline
#define ARG_CTX		__attribute__((btf_decl_tag("arg:ctx")))

#define CAST(addr, type)	bpf_core_cast((const void *)(addr), type)
#define READ(ptr, field)	((ptr)->field)
#define LOOK_AT(ptr, room)	((void)(room), (ptr))

#else

/* 5.17: e6f2dd0f8067 ("bpf: Add bpf_loop helper"), which calls a function for each turn */
#define STEP(step, type)					\
	static long step##_turn(__u32 turn, type **ctx)		\
	{							\
		(void)turn;					\
		return step(*ctx);				\
	}
#define REPEAT(max, step, ctx)	bpf_loop((max), step##_turn, &(ctx), 0)

#define VERIFIED_ONCE	static __noinline
#define ARG_CTX

#define CAST(addr, type)	((typeof(type) *)(addr))
#define READ(ptr, field)	BPF_CORE_READ(ptr, field)
#define LOOK_AT(ptr, room) \
	(bpf_probe_read_kernel((room), bpf_core_type_size(typeof(*(ptr))), (ptr)), \
	 (typeof(ptr))(room))

#endif

/*
 * A flag of one bit. BPF_CORE_READ_BITFIELD() reads fields of any size, and what is not needed of
 * that has to be cut out when the program is loaded: 1.5 to 3 million instructions.
 */
#define READ_BIT(ptr, field)									\
	((__u64)*((const __u8 *)(ptr) +								\
		  __builtin_preserve_field_info((ptr)->field, BPF_FIELD_BYTE_OFFSET)) <<	\
	 __builtin_preserve_field_info((ptr)->field, BPF_FIELD_LSHIFT_U64) >> 63)

/*
 * Orders the loads before it with those after it, on every CPU: an atomic that returns the
 * old value is a full barrier. (One whose result is dropped is not, and clang makes that of a
 * fetch_and_add; an exchange it leaves alone.)
 */
static __always_inline void barrier_full(void)
{
	__u64 x = 0;

	__sync_lock_test_and_set(&x, 1);
}

#endif
#endif
