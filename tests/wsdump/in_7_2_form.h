/* SPDX-License-Identifier: GPL-2.0-only */
/* What in_7_2_form.bpf.c hands to in_7_2_form.c */
#ifndef WSDUMP_TESTS_IN_7_2_FORM_H
#define WSDUMP_TESTS_IN_7_2_FORM_H

#include <linux/types.h>

#define MAX_SOURCES 100000

struct sums {
	__u64 sources;
	__u64 events;
	__u64 activations;
	__u64 complete;
};

#endif
