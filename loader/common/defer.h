/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The loader's part of bpf/nmi_defer.bpf.h: which half of a program is loaded, and how what it
 * defers to comes to life.
 */
#ifndef WSDUMP_LOADER_DEFER_H
#define WSDUMP_LOADER_DEFER_H

#include <stdbool.h>

#include <bpf/libbpf.h>

/** defer_in_kernel() - can the kernel do it, so that module nmi_defer is of no use? */
bool defer_in_kernel(void);

/**
 * defer_prepare() - between opening and loading: leave the other half out
 * @obj: of a program that includes nmi_defer.bpf.h
 * @nr_slots: how many slots it needs, at most its NMI_DEFER_SLOTS
 *
 * Return: 0, or a negative errno.
 */
int defer_prepare(struct bpf_object *obj, unsigned int nr_slots);

/**
 * defer_begin() - after loading, and before anything that defers is attached
 * @obj: the same
 * @link: set to what defer_end() takes; NULL where the kernel needs none
 *
 * Return: 0, or a negative errno.
 */
int defer_begin(struct bpf_object *obj, struct bpf_link **link);

#endif
