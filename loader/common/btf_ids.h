/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which BTF ids do functions of the running kernel and of a module have? A program
 * calls kfuncs by these numbers. Knows nothing of what the functions do.
 */
#ifndef WSDUMP_LOADER_BTF_IDS_H
#define WSDUMP_LOADER_BTF_IDS_H

#include <stdbool.h>
#include <stdint.h>

#include "fail.h"

#define BTF_IDS_MAX 16

/**
 * struct btf_ids - where some functions are
 * @module_fd: descriptor of the module's BTF; -1 when none of them is in it
 * @module_error: why that was not looked at, an errno; 0 if it was, or there is none
 * @of: for each function its id, 0 where neither has it, and who has it
 */
struct btf_ids {
	int module_fd;
	int module_error;
	struct {
		uint32_t id;
		bool in_module;
	} of[BTF_IDS_MAX];
};

/**
 * btf_ids_find() - find functions by their names
 * @names: up to BTF_IDS_MAX, NULL at the end
 * @module: module to look in as well, NULL for none; it need not be loaded
 * @ids: the result, to be freed by btf_ids_close(), whatever this returns
 * @why: the reason when it fails
 *
 * Return: 0 when all were found, how many were not, or -1.
 */
int btf_ids_find(const char *const *names, const char *module, struct btf_ids *ids,
		 struct fail *why);

/**
 * btf_ids_close() - close what btf_ids_find() has opened
 */
void btf_ids_close(struct btf_ids *ids);

#endif
