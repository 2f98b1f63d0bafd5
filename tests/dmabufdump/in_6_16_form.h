/* SPDX-License-Identifier: GPL-2.0-only */
/* What in_6_16_form.bpf.c hands to in_6_16_form.c */
#ifndef WSDUMP_TESTS_IN_6_16_FORM_H
#define WSDUMP_TESTS_IN_6_16_FORM_H

#include <linux/types.h>

#define NAME_LEN 32

struct sums {
	__u64 buffers;
	__u64 bytes;
};

#endif
