/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A BPF program as data: linked at build time by gen/embed.c, given to the kernel
 * at run time by bpf_image.c. Knows nothing of what the program does.
 *
 * What depends on the running kernel is left open: places of fields, which the
 * kernel fills in (CO-RE), the ids of kfuncs, and the file descriptors of maps.
 */
#ifndef WSDUMP_LOADER_BPF_IMAGE_H
#define WSDUMP_LOADER_BPF_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#include <linux/bpf.h>

#include "btf_ids.h"
#include "fail.h"

/* Maps of a program at most; one that has more is not built. */
#define BPF_IMAGE_MAPS	15

/**
 * struct bpf_image_call - an instruction that calls a kfunc
 * @insn: its index
 * @kfunc: index into bpf_image.kfuncs
 */
struct bpf_image_call {
	uint32_t insn;
	uint32_t kfunc;
};

/**
 * struct bpf_image - a program, linked
 * @name: for the kernel's lists
 * @type: of enum bpf_prog_type
 * @id: differs between programs that differ in anything below
 * @insns: instructions, all functions; maps are given by their index in @maps
 * @btf: types that @funcs and @relos refer to
 * @funcs: which function begins where
 * @relos: for the kernel to apply
 * @calls: of kfuncs
 * @kfuncs: their names
 * @maps: names of the maps
 */
struct bpf_image {
	const char *name;
	uint32_t type;
	uint64_t id;
	const struct bpf_insn *insns;
	const void *btf;
	const struct bpf_func_info *funcs;
	const struct bpf_core_relo *relos;
	const struct bpf_image_call *calls;
	const char *const *kfuncs;
	const char *const *maps;
	uint32_t nr_insns, btf_size, nr_funcs, nr_relos, nr_calls, nr_kfuncs, nr_maps;
};

/**
 * bpf_image_load() - give a program to the kernel
 * @image: the program
 * @ids: of the kfuncs, in the order of @image->kfuncs; NULL where it calls none
 * @map_fds: of the maps, in the order of @image->maps
 * @verbose: print the verifier's log on stderr
 * @why: the reason when it fails
 *
 * Return: a file descriptor, or -1.
 */
int bpf_image_load(const struct bpf_image *image, const struct btf_ids *ids,
		   const int *map_fds, bool verbose, struct fail *why);

#endif
