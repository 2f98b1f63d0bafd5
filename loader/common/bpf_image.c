// SPDX-License-Identifier: GPL-2.0-only
#include "bpf_image.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "bpf_sys.h"

#define LOG_SIZE (16U * 1024 * 1024)

/*
 * The kernel's ENOTSUPP, which user space has no name for: of a program that calls kfuncs and
 * that no JIT compiler has translated, be it off or out of memory.
 */
#define NO_JIT 524

static int load_btf(const struct bpf_image *image)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.btf = bpf_ptr(image->btf);
	attr.btf_size = image->btf_size;
	return bpf_sys(BPF_BTF_LOAD, &attr, BPF_ATTR_SIZE(btf_log_level));
}

/* The kernel's log on stderr, from which a developer sees why it refuses something. */
static int load_verbose(union bpf_attr *attr)
{
	char *log = malloc(LOG_SIZE);
	int fd;

	if (!log)
		return -1;
	log[0] = '\0';
	attr->log_level = 1;
	attr->log_buf = bpf_ptr(log);
	attr->log_size = LOG_SIZE;
	fd = bpf_sys_prog_load(attr, sizeof(*attr));
	fputs(log, stderr);
	free(log);
	return fd;
}

int bpf_image_load(const struct bpf_image *image, const struct btf_ids *ids,
		   const int *map_fds, bool verbose, struct fail *why)
{
	size_t size = image->nr_insns * sizeof(*image->insns);
	int fds[BPF_IMAGE_MAPS + 1];	/* the last for a module's BTF */
	int btf_fd, fd = -1, err;
	struct bpf_insn *insns;
	union bpf_attr attr;

	for (uint32_t i = 0; i < image->nr_maps; i++)
		fds[i] = map_fds[i];
	fds[image->nr_maps] = ids ? ids->module_fd : -1;

	insns = malloc(size);
	if (!insns)
		return fail(why, "out of memory");
	memcpy(insns, image->insns, size);
	for (uint32_t i = 0; i < image->nr_calls; i++) {
		const struct bpf_image_call *call = &image->calls[i];

		/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): no calls without ids */
		insns[call->insn].imm = ids->of[call->kfunc].id;
		/* index into the descriptors of the BTF to look in, 0 for the kernel's */
		insns[call->insn].off = ids->of[call->kfunc].in_module ? image->nr_maps : 0;
	}

	btf_fd = load_btf(image);
	if (btf_fd < 0) {
		fail(why, "the kernel refused the types of the BPF program: %s", strerror(errno));
		goto out;
	}
	memset(&attr, 0, sizeof(attr));
	attr.prog_type = image->type;
	/* the kernel wants this of the one type, and not of others */
	if (image->type == BPF_PROG_TYPE_SYSCALL)
		attr.prog_flags = BPF_F_SLEEPABLE;
	strncpy(attr.prog_name, image->name, sizeof(attr.prog_name) - 1);
	attr.license = bpf_ptr("GPL");
	attr.insns = bpf_ptr(insns);
	attr.insn_cnt = image->nr_insns;
	attr.fd_array = bpf_ptr(fds);
	attr.prog_btf_fd = btf_fd;
	attr.func_info = bpf_ptr(image->funcs);
	attr.func_info_cnt = image->nr_funcs;
	attr.func_info_rec_size = sizeof(*image->funcs);
	attr.core_relos = bpf_ptr(image->relos);
	attr.core_relo_cnt = image->nr_relos;
	attr.core_relo_rec_size = sizeof(*image->relos);

	fd = verbose ? load_verbose(&attr) :
		       bpf_sys_prog_load(&attr, BPF_ATTR_SIZE(core_relo_rec_size));
	err = errno;
	if (fd < 0)
		fail(why, "the kernel refused the BPF program: %s: -v prints its reasons",
		     err == NO_JIT ? "no JIT compiler, or none that had memory" : strerror(err));
	close(btf_fd);
out:
	free(insns);
	return fd;
}
