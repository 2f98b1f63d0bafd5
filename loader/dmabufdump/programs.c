// SPDX-License-Identifier: GPL-2.0-only
#include "programs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <linux/version.h>

#include "common/kfuncs.h"
#include "common/load.h"
#include "common/pins.h"
#include "dmabuf_holders.lskel.h"
#include "dmabufdump.lskel.h"
#include "dmabufdump_large.lskel.h"
#include "dmabufdump_small.lskel.h"
#include "dmabufdump_id.h"

/* Directory of the pinned objects in bpffs */
#define PINS "dmabufdump"

static const char *const names[NR_OBJECTS] = {
	[OBJECT_WALK] = "walk", [OBJECT_BUFFER] = "buffer", [OBJECT_FILES] = "files",
	[OBJECT_MAPS] = "maps", [OBJECT_SETTINGS] = "settings",
};

/*
 * Room for so many records at first; where there are more, that is learned from the first walk.
 * A distance in the buffer has 32 bits.
 */
#define FIRST_ROOM	DB_SNAPSHOT_SMALL
#define MAX_ROOM	(UINT32_MAX / sizeof(struct db_record))

/* 06accc8779c1 ("bpf: add support for open-coded iterator loops") */
#define ITERATORS	KERNEL_VERSION(6, 4, 0)

/* A list that grows, or a name that keeps changing, is tried again so often. */
#define MAX_WALKS	100

static const char *const bpf_needs[] = { NULL };

static const struct kfuncs dmabuf_kfuncs = {
	.kfunc = "bpf_iter_dmabuf_next",
	.module = "dmabuf_kfuncs",
	.package = "dmabuf-kfuncs",
	.subsystem_func = "dma_buf_export",
	.subsystem_config = "CONFIG_DMA_SHARED_BUFFER",
	.subsystem_lack = "dma-bufs",
	.bpf_needs = bpf_needs,
	.oldest = "6.1",
};

/* --- loading ------------------------------------------------------------------ */

struct request {
	struct programs *p;
	uint32_t room;
	bool verbose;
};

#define DEFINE_LOAD(type, entries, room_)							\
	static int load_##type(const struct request *req)					\
	{											\
		return LOAD_SKELETON(type, req->verbose,					\
			skel->maps.buffer.max_entries = (entries),				\
			req->p->fds[OBJECT_WALK] = load_take(&skel->progs.dmabufs.prog_fd);	\
			req->p->fds[OBJECT_BUFFER] = load_take(&skel->maps.buffer.map_fd);	\
			req->p->room = (room_));						\
	}

DEFINE_LOAD(dmabufdump_bpf, req->room, req->room)
DEFINE_LOAD(dmabufdump_small_bpf, 1, DB_SNAPSHOT_SMALL)
DEFINE_LOAD(dmabufdump_large_bpf, 1, DB_SNAPSHOT_LARGE)

static int load_iterator(void *arg)
{
	return load_dmabufdump_bpf(arg);
}

/* The verifier has to know how large the buffer is, so there is one program for each size. */
static int load_snapshot(void *arg)
{
	const struct request *req = arg;

	if (req->room > DB_SNAPSHOT_LARGE)
		return -E2BIG;
	return req->room > DB_SNAPSHOT_SMALL ? load_dmabufdump_large_bpf(req) :
					       load_dmabufdump_small_bpf(req);
}

static int map_buffer(struct programs *p, struct fail *why)
{
	size_t size = p->room * sizeof(struct db_record);
	void *buffer = mmap(NULL, size, PROT_READ, MAP_SHARED, p->fds[OBJECT_BUFFER], 0);

	if (buffer == MAP_FAILED)
		return fail(why, "can't map a buffer of %zu bytes: %s", size, strerror(errno));
	p->records = buffer;
	return 0;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void close_walk(struct programs *p)
{
	if (p->records)
		munmap((void *)p->records, p->room * sizeof(struct db_record));
	p->records = NULL;
	close_fd(&p->fds[OBJECT_WALK]);
	close_fd(&p->fds[OBJECT_BUFFER]);
}

static int load_walk(struct programs *p, uint32_t room, bool verbose, struct fail *why)
{
	struct request req = { .p = p, .room = room, .verbose = verbose };
	bool is_new = load_kernel_version() >= ITERATORS;

	if (kfuncs_load(&dmabuf_kfuncs, is_new ? load_iterator : load_snapshot,
			is_new ? load_snapshot : load_iterator, &req, why))
		return -1;
	return map_buffer(p, why);
}

static int load_holders(struct programs *p, bool verbose, struct fail *why)
{
	int files = 0, maps = 0, err;

	err = LOAD_SKELETON(dmabuf_holders_bpf, verbose, (void)0,
			    files = dmabuf_holders_bpf__dmabuf_files__attach(skel);
			    maps = dmabuf_holders_bpf__dmabuf_maps__attach(skel);
			    skel->links.dmabuf_files_fd = 0;
			    skel->links.dmabuf_maps_fd = 0;
			    p->fds[OBJECT_SETTINGS] = load_take(&skel->maps.bss.map_fd));
	if (err)
		return load_failed(err, why);
	p->fds[OBJECT_FILES] = files > 0 ? files : -1;
	p->fds[OBJECT_MAPS] = maps > 0 ? maps : -1;
	if (files < 0 || maps < 0)
		return fail(why, "the kernel can't tell who holds dma-bufs, by iterators over open files and mappings: %s",
			    strerror(files < 0 ? -files : -maps));
	return 0;
}

/* --- pinning ------------------------------------------------------------------ */

static int map_settings(struct programs *p, struct fail *why)
{
	void *settings = mmap(NULL, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED,
			      p->fds[OBJECT_SETTINGS], 0);

	if (settings == MAP_FAILED)
		return fail(why, "can't map what the BPF programs share with this one: %s",
			    strerror(errno));
	p->with_records = settings;
	return 0;
}

static int open_pinned(struct programs *p, struct fail *why)
{
	struct bpf_map_info info = { 0 };
	__u32 size = sizeof(info);

	p->lock_fd = pins_lock(PINS);
	if (p->lock_fd < 0)
		return -1;
	for (enum object i = 0; i < NR_OBJECTS; i++) {
		p->fds[i] = pins_get(PINS, names[i], DMABUFDUMP_BPF_ID);
		if (p->fds[i] < 0)
			return -1;
	}
	if (bpf_obj_get_info_by_fd(p->fds[OBJECT_BUFFER], &info, &size))
		return -1;
	p->room = (uint64_t)info.max_entries * info.value_size / sizeof(struct db_record);
	return map_buffer(p, why) || map_settings(p, why) ? -1 : 0;
}

int programs_open(struct programs *p, unsigned int flags, struct fail *why)
{
	bool verbose = flags & PROGRAMS_VERBOSE, held = flags & PROGRAMS_HELD;
	struct fail ignored, *other;
	int no_walk;

	if (kfuncs_may_load_bpf(why))
		return -1;
	if (!(flags & (PROGRAMS_VERBOSE | PROGRAMS_LOAD)) && !open_pinned(p, &ignored))
		return 0;
	programs_close(p);
	no_walk = held ? 0 : load_walk(p, FIRST_ROOM, verbose, why);
	/* without the walk there is a reason already, and that is the better one */
	other = no_walk ? &ignored : why;
	if (load_holders(p, verbose, other) || map_settings(p, other))
		return -1;
	return no_walk ? 1 : 0;
}

int programs_pin(struct programs *p, struct fail *why)
{
	struct fail ignored;
	int lock_fd = pins_make(PINS, why);

	if (lock_fd < 0)
		return -1;
	for (enum object i = 0; i < NR_OBJECTS; i++) {
		if (pins_put(PINS, names[i], DMABUFDUMP_BPF_ID, p->fds[i], why)) {
			pins_remove(PINS, &ignored);
			close(lock_fd);
			return -1;
		}
	}
	p->lock_fd = lock_fd;
	return 0;
}

int programs_unpin(struct fail *why)
{
	return pins_remove(PINS, why);
}

void programs_origin(char *buf, size_t size)
{
	kfuncs_origin(&dmabuf_kfuncs, buf, size);
}

void programs_close(struct programs *p)
{
	close_walk(p);
	if (p->with_records)
		munmap(p->with_records, sizeof(int));
	p->with_records = NULL;
	for (enum object i = 0; i < NR_OBJECTS; i++)
		close_fd(&p->fds[i]);
	close_fd(&p->lock_fd);
}

/* --- running ------------------------------------------------------------------ */

/* Load the walk anew, with room for all and for some of what may be exported meanwhile. */
static int grow(struct programs *p, const struct db_walk *walk, struct fail *why)
{
	uint64_t nr = (uint64_t)walk->stored + walk->left_out, room = nr + nr / 8;
	bool pinned = p->lock_fd >= 0;
	struct fail ignored;

	if (room > MAX_ROOM || (load_kernel_version() < ITERATORS && nr > DB_SNAPSHOT_LARGE))
		return fail(why, "%llu dma-bufs are more than can be listed",
			    (unsigned long long)nr);
	if (load_kernel_version() < ITERATORS && room > DB_SNAPSHOT_LARGE)
		room = DB_SNAPSHOT_LARGE;
	close_walk(p);
	if (load_walk(p, room, false, why))
		return -1;
	/* the next process would have to load it as well; if it can't be pinned, it does */
	if (pinned) {
		close_fd(&p->lock_fd);
		programs_pin(p, &ignored);
	}
	return 0;
}

int programs_walk(struct programs *p, size_t *nr, struct fail *why)
{
	const struct timespec nap = { .tv_nsec = 1000000 };

	for (int i = 0; i < MAX_WALKS; i++) {
		struct db_walk walk = { 0 };
		LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = &walk, .ctx_size_in = sizeof(walk));

		if (bpf_prog_test_run_opts(p->fds[OBJECT_WALK], &opts))
			return fail(why, "can't run the BPF program: %s", strerror(errno));
		switch ((enum db_walk_status)walk.status) {
		case DB_WALK_COMPLETE:
			*nr = walk.stored;
			return 0;
		case DB_WALK_NO_SPACE:
			if (grow(p, &walk, why))
				return -1;
			break;
		case DB_WALK_BUSY:
			nanosleep(&nap, NULL);
			break;
		case DB_WALK_UNKNOWN_LOCK:
			return fail(why, "this kernel's spinlocks are of a kind that is not known here, so that a name could be read while it changes: use a kernel for x86-64 or arm64, without CONFIG_DEBUG_SPINLOCK if it is for one processor");
		case DB_WALK_BAD_MEMORY:
		case DB_WALK_RUNNING:
			return fail(why, "the kernel's list of dma-bufs can't be followed after %u: please report this with the kernel's version",
				    walk.stored);
		}
	}
	return fail(why, "the dma-bufs kept changing while they were read, %d times: try again",
		    MAX_WALKS);
}

#define READ_SIZE (64UL * 1024)

int programs_read(struct programs *p, enum object object, bool with_records, char **data,
		  size_t *size, struct fail *why)
{
	size_t room = 0;
	ssize_t n = 0;
	char *larger;
	int fd;

	*p->with_records = with_records;
	fd = bpf_iter_create(p->fds[object]);
	if (fd < 0)
		return fail(why, "can't look who holds dma-bufs: %s", strerror(errno));
	*data = NULL;
	*size = 0;
	do {
		if (room - *size < READ_SIZE) {
			room = 2 * room + READ_SIZE;
			larger = realloc(*data, room);
			if (!larger) {
				close(fd);
				return fail(why, "out of memory");
			}
			*data = larger;
		}
		/* the kernel asks to come again after a million things that are none of ours */
		n = read(fd, *data + *size, room - *size);
		if (n > 0)
			*size += n;
	} while (n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR)));
	if (n < 0)
		fail(why, "can't read who holds dma-bufs: %s", strerror(errno));
	close(fd);
	return n < 0 ? -1 : 0;
}
