/* SPDX-License-Identifier: GPL-2.0-only */
/* Kfuncs of the kernel's own that the headers of older libbpf don't declare. */
#ifndef WSDUMP_TESTS_LIBBPF_COMPAT_H
#define WSDUMP_TESTS_LIBBPF_COMPAT_H

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

/* since libbpf 1.2 */
#ifndef bpf_for
struct bpf_iter_num {
	__u64 opaque;
};

extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __weak __ksym;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __weak __ksym;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __weak __ksym;

#define bpf_for(i, start, end)							\
	for (struct bpf_iter_num _it						\
			__attribute__((cleanup(bpf_iter_num_destroy))),		\
		*_once = (bpf_iter_num_new(&_it, start, end),			\
			  (void)bpf_iter_num_destroy, (void *)0);		\
	     ({									\
		int *_next = bpf_iter_num_next(&_it);				\
										\
		(void)_once;							\
		_next && ((i) = *_next, (i) >= (start));					\
	     });)
#endif

/* since libbpf 1.5 */
#ifndef bpf_core_cast
extern void *bpf_rdonly_cast(const void *obj, __u32 btf_id) __weak __ksym;

#define bpf_core_cast(address, type) \
	((typeof(type) *)bpf_rdonly_cast(address, bpf_core_type_id_kernel(type)))
#endif

#endif
