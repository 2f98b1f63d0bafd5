// SPDX-License-Identifier: GPL-2.0-only
#include "snapshot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "common/bpf_buffer.h"
#include "common/bpf_image.h"
#include "common/bpf_sys.h"
#include "common/kfuncs.h"
#include "common/pins.h"
#include "wsdump.image.h"
#include "wsdump_direct.image.h"

/* Two chunks hold some 400 sources; more than that is learned from the first walk. */
#define FIRST_CHUNKS	2

/* Directory of the pinned objects in bpffs */
#define PINS		"wsdump"

/* Either program may be pinned, and runs the same way. */
#define PINS_ID		(wsdump_image.id ^ wsdump_direct_image.id)

/*
 * How long a list that grows, or a source that keeps changing, is tried. Where processors are
 * virtual, the one that changes a source may be stopped while it holds the source's lock,
 * for as long as the host likes and again the next time; so a number of tries alone says
 * little. This process may be stopped as well, and then it is time that does.
 */
#define MIN_WALKS	100
#define PATIENCE_NS	5000000000ULL

struct reader {
	int prog_fd;
	int buffers_fd;		/* the map "buffers" of the program */
	int buffer_fd;		/* the array map inside it */
	int lock_fd;		/* of the pinned objects, when these are used */
	char *buffer;		/* the same, mapped */
	size_t size;
};

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

/* Put a buffer of @chunks in the place of the one in use. */
static int set_buffer(struct reader *r, uint32_t chunks, struct fail *why)
{
	size_t size = (size_t)chunks * WS_CHUNK_SIZE;
	char *buffer;
	int fd;

	fd = bpf_buffer_create(chunks, WS_CHUNK_SIZE);
	if (fd < 0)
		return fail(why, "no kernel memory for a buffer of %zu bytes: %s", size,
			    strerror(errno));
	buffer = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (buffer == MAP_FAILED) {
		fail(why, "can't map a buffer of %zu bytes: %s", size, strerror(errno));
		close(fd);
		return -1;
	}
	if (r->buffers_fd < 0)
		r->buffers_fd = bpf_buffer_create_outer(fd);
	if (r->buffers_fd < 0 || bpf_buffer_put(r->buffers_fd, fd)) {
		fail(why, "the kernel refused a buffer of %zu bytes: %s", size, strerror(errno));
		munmap(buffer, size);
		close(fd);
		return -1;
	}

	if (r->buffer) {
		munmap(r->buffer, r->size);
		close(r->buffer_fd);
	}
	r->buffer_fd = fd;
	r->buffer = buffer;
	r->size = size;
	return 0;
}

static int load_image(struct reader *r, const struct bpf_image *image, bool verbose,
		      struct fail *why)
{
	struct btf_ids ids;
	int missing = btf_ids_find(image->kfuncs, wakeup_kfuncs.module, &ids, why);

	if (!missing)
		r->prog_fd = bpf_image_load(image, &ids, &r->buffers_fd, verbose, why);
	else if (missing > 0 && ids.module_error)
		fail(why, "can't read the BTF of module %s: %s", wakeup_kfuncs.module,
		     strerror(ids.module_error));
	else if (missing > 0)
		fail(why, "can't find %s in the types of the kernel", wakeup_kfuncs.kfunc);
	btf_ids_close(&ids);
	return r->prog_fd < 0 ? -1 : 0;
}

/* For one snapshot what is loaded fast, for many what runs fast, where the kernel can. */
static int load(struct reader *r, unsigned int flags, struct fail *why)
{
	bool verbose = flags & READER_VERBOSE;

	if (!r->buffer && set_buffer(r, FIRST_CHUNKS, why))
		return -1;
	if ((flags & READER_MANY) && !load_image(r, &wsdump_direct_image, verbose, why))
		return 0;
	return load_image(r, &wsdump_image, verbose, why);
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* Use what reader_pin() has left. If anything is amiss, as if there was nothing. */
static int open_pinned(struct reader *r)
{
	uint32_t chunks = 0;

	r->lock_fd = pins_lock(PINS);
	if (r->lock_fd < 0)
		return -1;
	r->prog_fd = pins_get(PINS, "program", PINS_ID);
	r->buffers_fd = pins_get(PINS, "buffers", PINS_ID);
	if (r->prog_fd >= 0 && r->buffers_fd >= 0)
		r->buffer_fd = bpf_buffer_get(r->buffers_fd, &chunks);
	if (r->buffer_fd >= 0) {
		r->size = (size_t)chunks * WS_CHUNK_SIZE;
		r->buffer = mmap(NULL, r->size, PROT_READ | PROT_WRITE, MAP_SHARED,
				 r->buffer_fd, 0);
		if (r->buffer != MAP_FAILED)
			return 0;
		r->buffer = NULL;
	}
	close_fd(&r->buffer_fd);
	close_fd(&r->buffers_fd);
	close_fd(&r->prog_fd);
	close_fd(&r->lock_fd);
	return -1;
}

static struct reader *new_reader(struct fail *why)
{
	struct reader *r = calloc(1, sizeof(*r));

	if (!r) {
		fail(why, "out of memory");
		return NULL;
	}
	r->prog_fd = r->buffers_fd = r->buffer_fd = r->lock_fd = -1;
	return r;
}

static struct reader *open_reader(unsigned int flags, bool pinned, struct fail *why)
{
	struct reader *r;

	if (kfuncs_may_load_bpf(why))
		return NULL;
	r = new_reader(why);
	if (!r)
		return NULL;
	/* what is pinned is used where there is any; -v is about loading */
	if (pinned && !(flags & READER_VERBOSE) && !open_pinned(r))
		return r;
	if (load(r, flags, why)) {
		/* If the cause is known, it is more to the point than load()'s. */
		if (kfuncs_provide(&wakeup_kfuncs, why) <= 0 || load(r, flags, why))
			goto err;
	}
	return r;

err:
	reader_close(r);
	return NULL;
}

struct reader *reader_open(unsigned int flags, struct fail *why)
{
	return open_reader(flags, true, why);
}

int reader_pin(unsigned int flags, struct fail *why)
{
	struct reader *r = open_reader(flags | READER_MANY, false, why);
	struct snapshot snap;
	struct fail ignored;
	int err;

	if (!r)
		return -1;
	/* the first makes the buffer as large as the list needs it */
	err = reader_snapshot(r, &snap, why);
	if (!err) {
		r->lock_fd = pins_make(PINS, why);
		err = r->lock_fd < 0 ? -1 : 0;
	}
	if (!err) {
		err = pins_put(PINS, "program", PINS_ID, r->prog_fd, why) ||
		      pins_put(PINS, "buffers", PINS_ID, r->buffers_fd, why) ? -1 : 0;
		if (err)
			pins_remove(PINS, &ignored);
	}
	reader_close(r);
	return err;
}

int reader_unpin(struct fail *why)
{
	return pins_remove(PINS, why);
}

static uint64_t clock_ns(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec * 1000000000ULL + ts.tv_nsec;
}

static int run_walk(const struct reader *r, struct ws_walk *walk, struct fail *why)
{
	union bpf_attr attr;

	*walk = (struct ws_walk) { .chunks = r->size / WS_CHUNK_SIZE };
	memset(&attr, 0, sizeof(attr));
	attr.test.prog_fd = r->prog_fd;
	attr.test.ctx_in = bpf_ptr(walk);
	attr.test.ctx_size_in = sizeof(*walk);
	if (bpf_sys(BPF_PROG_TEST_RUN, &attr, BPF_ATTR_SIZE(test.batch_size)))
		return fail(why, "can't run the BPF program: %s", strerror(errno));
	return 0;
}

/*
 * Room for all sources if those without a record are like those with one, and for some of
 * what may be registered meanwhile. Where that was wrong, there is another walk.
 */
static int grow(struct reader *r, const struct ws_walk *walk, struct fail *why)
{
	uint64_t have = r->size / WS_CHUNK_SIZE, sources = (uint64_t)walk->stored + walk->left_out;
	uint64_t bytes = walk->record * sources / walk->stored;
	uint64_t chunks = (bytes + bytes / 8) / WS_CHUNK_SIZE + 1;

	if (chunks < have + have / 2)
		chunks = have + have / 2;
	if (chunks > UINT32_MAX / WS_CHUNK_SIZE)
		return fail(why, "%llu wakeup sources take some %llu bytes, more than a snapshot can hold",
			    (unsigned long long)sources, (unsigned long long)bytes);
	return set_buffer(r, chunks, why);
}

int reader_snapshot(struct reader *r, struct snapshot *snap, struct fail *why)
{
	const struct timespec nap = { .tv_nsec = 1000000 };
	uint64_t start_ns = clock_ns(CLOCK_MONOTONIC);
	struct ws_walk walk;

	for (int i = 0; i < MIN_WALKS || clock_ns(CLOCK_MONOTONIC) - start_ns < PATIENCE_NS; i++) {
		if (run_walk(r, &walk, why))
			return -1;
		switch ((enum ws_walk_status)walk.status) {
		case WS_WALK_COMPLETE:
			*snap = (struct snapshot) {
				.sources = (const void *)r->buffer,
				.end = (const void *)(r->buffer + walk.record),
				.nr_sources = walk.stored,
				.monotonic_ns = walk.time_ns,
				.realtime_ns = clock_ns(CLOCK_REALTIME) -
					       (clock_ns(CLOCK_MONOTONIC) - walk.time_ns),
			};
			return 0;
		case WS_WALK_NO_SPACE:
			if (grow(r, &walk, why))
				return -1;
			break;
		case WS_WALK_BUSY:
			nanosleep(&nap, NULL);
			break;
		case WS_WALK_BAD_MEMORY:
			return fail(why, "the kernel's list of wakeup sources can't be followed after %u entries: please report this with the kernel's version",
				    walk.stored);
		case WS_WALK_TOO_MANY:
			return fail(why, "more wakeup sources than can be listed: stopped after %u",
				    walk.stored);
		case WS_WALK_RUNNING:
			return fail(why, "the BPF program has no buffer to write to");
		}
	}
	return fail(why, "the wakeup sources kept changing while they were read, for %llu seconds: try again",
		    (unsigned long long)((clock_ns(CLOCK_MONOTONIC) - start_ns) / 1000000000));
}

void reader_close(struct reader *r)
{
	if (!r)
		return;
	if (r->buffer) {
		munmap(r->buffer, r->size);
		close(r->buffer_fd);
	}
	close_fd(&r->buffers_fd);
	close_fd(&r->prog_fd);
	close_fd(&r->lock_fd);
	free(r);
}
