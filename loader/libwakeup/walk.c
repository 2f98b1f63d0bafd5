// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
#include "walk.h"

#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>

#include "../../bpf/compat.bpf.h"
#include "common/kfuncs.h"
#include "common/load.h"
#include "common/pins.h"
#include "wsdump.lskel.h"
#include "wsdump_old.lskel.h"
#include "wsdump_id.h"

/* Directory of the pinned objects in bpffs */
#define PINS "wsdump"

static const char *const bpf_needs[] = { "bpf_loop", NULL };

static const struct kfuncs wakeup_kfuncs = {
	.kfunc = "bpf_wakeup_sources_get_head",
	.module = "wakeup_kfuncs",
	.package = "wakeup-kfuncs",
	.subsystem_func = "wakeup_sources_read_lock",
	.subsystem_config = "CONFIG_PM_SLEEP",
	.subsystem_lack = "wakeup sources",
	.bpf_needs = bpf_needs,
	.oldest = "6.1",
};

struct request {
	struct walk *walk;
	uint32_t chunks;
	bool verbose;
};

/* The program is compiled in two ways, see compat.bpf.h, and each has a skeleton of its type. */
#define DEFINE_LOAD(type)								\
	static int load_##type(void *arg)						\
	{										\
		const struct request *req = arg;					\
											\
		return LOAD_SKELETON(type, req->verbose,				\
			skel->maps.buffer.max_entries = req->chunks,			\
			req->walk->prog_fd = load_take(&skel->progs.wsdump.prog_fd);	\
			req->walk->buffer_fd = load_take(&skel->maps.buffer.map_fd));	\
	}

DEFINE_LOAD(wsdump_bpf)
DEFINE_LOAD(wsdump_old_bpf)

int walk_load(struct walk *walk, uint32_t chunks, bool verbose, struct fail *why)
{
	struct request req = { .walk = walk, .chunks = chunks, .verbose = verbose };
	/* the one that this kernel most likely takes comes first */
	bool is_new = load_kernel_version() >= BPF_LOOPS_AND_CASTS;

	walk->chunks = chunks;
	return kfuncs_load(&wakeup_kfuncs, is_new ? load_wsdump_bpf : load_wsdump_old_bpf,
			   is_new ? load_wsdump_old_bpf : load_wsdump_bpf, &req, why);
}

int walk_open_pinned(struct walk *walk)
{
	struct bpf_map_info info = { 0 };
	__u32 size = sizeof(info);

	walk->lock_fd = pins_lock(PINS);
	if (walk->lock_fd < 0)
		return -1;
	walk->prog_fd = pins_get(PINS, "program", WSDUMP_BPF_ID);
	walk->buffer_fd = pins_get(PINS, "buffer", WSDUMP_BPF_ID);
	if (walk->prog_fd >= 0 && walk->buffer_fd >= 0 &&
	    !bpf_obj_get_info_by_fd(walk->buffer_fd, &info, &size)) {
		walk->chunks = info.max_entries;
		return 0;
	}
	walk_close(walk);
	return -1;
}

int walk_pin(struct walk *walk, struct fail *why)
{
	struct fail ignored;
	int lock_fd = pins_make(PINS, why);

	if (lock_fd < 0)
		return -1;
	if (!pins_put(PINS, "program", WSDUMP_BPF_ID, walk->prog_fd, why) &&
	    !pins_put(PINS, "buffer", WSDUMP_BPF_ID, walk->buffer_fd, why)) {
		walk->lock_fd = lock_fd;
		return 0;
	}
	pins_remove(PINS, &ignored);
	close(lock_fd);
	return -1;
}

int walk_unpin(struct fail *why)
{
	return pins_remove(PINS, why);
}

void walk_origin(char *buf, size_t size)
{
	kfuncs_origin(&wakeup_kfuncs, buf, size);
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void walk_close(struct walk *walk)
{
	close_fd(&walk->buffer_fd);
	close_fd(&walk->prog_fd);
	close_fd(&walk->lock_fd);
}
