/* SPDX-License-Identifier: GPL-2.0-only */
/* Names of the kernel's functions, by address. */
#ifndef WSDUMP_LOADER_KSYMS_H
#define WSDUMP_LOADER_KSYMS_H

#include <stddef.h>
#include <stdint.h>

#include "fail.h"

struct ksyms;

/**
 * ksyms_load() - read the kernel's table of symbols
 * @why: the reason when it fails
 *
 * Return: the table, or NULL. Without the right to see addresses, it is an empty one.
 */
struct ksyms *ksyms_load(struct fail *why);

void ksyms_free(struct ksyms *syms);

/** ksyms_count() - how many functions there are */
size_t ksyms_count(const struct ksyms *syms);

/**
 * ksyms_find() - the function that an address is in
 *
 * Return: its name, or NULL for an address below all functions.
 */
const char *ksyms_find(const struct ksyms *syms, uint64_t addr);

#endif
