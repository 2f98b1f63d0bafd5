// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
/* The part of libwakeup.h on readers: what takes snapshots. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <bpf/bpf.h>

#include "common/clock.h"
#include "common/kfuncs.h"
#include "snapshot.h"
#include "walk.h"

/* So many sources have room in a chunk, if a name and that of the device have 60 bytes. */
#define PER_CHUNK	160
#define MAX_GUESS	256

/*
 * How long a list that grows, or a source that keeps changing, is tried. Where processors are
 * virtual, the one that changes a source may be stopped while it holds the source's lock,
 * for as long as the host likes and again the next time; so a number of tries alone says
 * little. This process may be stopped as well, and then it is time that does.
 */
#define MIN_WALKS	100
#define PATIENCE_NS	(5 * NS_PER_S)

struct wakeup_reader {
	struct walk walk;
	char *buffer;		/* of the walk, mapped */
	size_t size;
	struct wakeup_snapshot last;
};

_Thread_local struct fail wakeup_fail;
_Thread_local enum wakeup_code wakeup_code;

enum wakeup_code wakeup_code_of(int err)
{
	switch (-err) {
	case EPERM:
	case EACCES:
		return WAKEUP_FORBIDDEN;
	case ENOSYS:
		return WAKEUP_NO_KFUNCS;
	case ENOMEM:
		return WAKEUP_NO_MEMORY;
	case EINVAL:
		return WAKEUP_MISUSED;
	default:
		return WAKEUP_FAILED;
	}
}

/* The reason is in wakeup_fail; this is what kind it is of. */
static int failed(enum wakeup_code code)
{
	wakeup_code = code;
	return -1;
}

enum wakeup_code wakeup_error_code(void)
{
	return wakeup_code;
}

const char *wakeup_version(void)
{
	return LIBWAKEUP_VERSION;
}

const char *wakeup_error(void)
{
	return wakeup_fail.text;
}

const char *wakeup_kfuncs_origin(void)
{
	static _Thread_local char text[256];

	walk_origin(text, sizeof(text));
	return text;
}

static int map_buffer(struct wakeup_reader *r)
{
	size_t size = (size_t)r->walk.chunks * WS_CHUNK_SIZE;
	char *buffer = mmap(NULL, size, PROT_READ, MAP_SHARED, r->walk.buffer_fd, 0);

	if (buffer == MAP_FAILED) {
		fail_errno(&wakeup_fail, STEP_OTHER, errno, "can't map a buffer of %zu bytes", size);
		return failed(wakeup_code_of(-errno));
	}
	r->buffer = buffer;
	r->size = size;
	return 0;
}

static void unmap_buffer(struct wakeup_reader *r)
{
	if (r->buffer)
		munmap(r->buffer, r->size);
	r->buffer = NULL;
}

/*
 * A first guess at how many chunks the list takes, as a walk that finds too few costs a second
 * load. Sources have numbers from 0 on, and the lowest that is free.
 */
static uint32_t guess_chunks(void)
{
	char path[64];

	for (uint32_t chunks = 1;; chunks *= 2) {
		snprintf(path, sizeof(path), "/sys/class/wakeup/wakeup%u", chunks * PER_CHUNK);
		if (chunks == MAX_GUESS || access(path, F_OK))
			return chunks;
	}
}

static struct wakeup_reader *open_reader(unsigned int flags, bool pinned)
{
	bool verbose = flags & WAKEUP_VERBOSE;
	struct wakeup_reader *r;
	int err;

	if (kfuncs_may_load_bpf(&wakeup_fail)) {
		failed(WAKEUP_FORBIDDEN);
		return NULL;
	}
	r = malloc(sizeof(*r));
	if (!r) {
		fail(&wakeup_fail, "out of memory");
		failed(WAKEUP_NO_MEMORY);
		return NULL;
	}
	*r = (struct wakeup_reader) { .walk = WALK_NONE };
	/* what is pinned is used where there is any; the verifier's log is about loading */
	if (pinned && !verbose && !walk_open_pinned(&r->walk)) {
		if (!map_buffer(r))
			return r;
		walk_close(&r->walk);
	}
	err = walk_load(&r->walk, guess_chunks(), verbose, &wakeup_fail);
	if (err)
		failed(wakeup_code_of(err));
	if (err || map_buffer(r)) {
		wakeup_close(r);
		return NULL;
	}
	return r;
}

/* Returns -1 for flags that there are not. */
static int check_flags(const char *function, unsigned int flags)
{
	if (!(flags & ~WAKEUP_VERBOSE))
		return 0;
	fail(&wakeup_fail, "%s: flags %#x are not known", function, flags);
	return failed(WAKEUP_MISUSED);
}

struct wakeup_reader *wakeup_open(unsigned int flags)
{
	return check_flags(__func__, flags) ? NULL : open_reader(flags, true);
}

void wakeup_close(struct wakeup_reader *r)
{
	if (!r)
		return;
	unmap_buffer(r);
	walk_close(&r->walk);
	free(r);
}

int wakeup_pin(unsigned int flags)
{
	struct wakeup_reader *r;
	int err;

	if (check_flags(__func__, flags))
		return -1;
	r = open_reader(flags, false);
	/* the snapshot makes the buffer as large as the list needs it */
	err = r && wakeup_snapshot_take(r) ? 0 : -1;
	if (!err && walk_pin(&r->walk, &wakeup_fail))
		err = failed(WAKEUP_FAILED);
	wakeup_close(r);
	return err;
}

int wakeup_unpin(void)
{
	int done = walk_unpin(&wakeup_fail);

	return done < 0 ? failed(WAKEUP_FAILED) : done;
}

static int run_walk(const struct wakeup_reader *r, struct ws_walk *walk)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = walk, .ctx_size_in = sizeof(*walk));

	*walk = (struct ws_walk) { 0 };
	if (!bpf_prog_test_run_opts(r->walk.prog_fd, &opts))
		return 0;
	fail_errno(&wakeup_fail, STEP_BPF, errno, "can't run the BPF program");
	return failed(wakeup_code_of(-errno));
}

/*
 * Load the program anew with room for all sources if those without a record are like those
 * with one, and for some of what may be registered meanwhile. Where that was wrong, there is
 * another walk, and another time.
 */
static int grow(struct wakeup_reader *r, const struct ws_walk *walk)
{
	uint64_t sources = (uint64_t)walk->stored + walk->left_out, chunks = walk->chunk + 1;
	bool pinned = r->walk.lock_fd >= 0;
	struct walk larger = WALK_NONE;
	struct fail ignored;
	int err;

	if (walk->stored)
		chunks = chunks * sources / walk->stored;
	chunks += chunks / 8;
	if (chunks < 2ULL * r->walk.chunks)
		chunks = 2ULL * r->walk.chunks;
	/* distances between records have 32 bits */
	if (chunks > UINT32_MAX / WS_CHUNK_SIZE) {
		fail(&wakeup_fail, "%llu wakeup sources take %llu MiB, more than a snapshot can hold",
		     (unsigned long long)sources,
		     (unsigned long long)chunks * WS_CHUNK_SIZE >> 20);
		return failed(WAKEUP_NO_MEMORY);
	}
	err = walk_load(&larger, chunks, false, &wakeup_fail);
	if (err)
		return failed(wakeup_code_of(err));
	unmap_buffer(r);
	walk_close(&r->walk);
	r->walk = larger;
	/* the next process would have to load it as well; if it can't be pinned, it does */
	if (pinned)
		walk_pin(&r->walk, &ignored);
	return map_buffer(r);
}

const struct wakeup_snapshot *wakeup_snapshot_take(struct wakeup_reader *r)
{
	const struct timespec nap = { .tv_nsec = 1000000 };
	uint64_t start_ns = clock_ns(CLOCK_MONOTONIC);
	struct ws_walk walk;

	for (int i = 0; i < MIN_WALKS || clock_ns(CLOCK_MONOTONIC) - start_ns < PATIENCE_NS; i++) {
		if (!r->buffer && map_buffer(r))
			return NULL;
		if (run_walk(r, &walk))
			return NULL;
		switch ((enum ws_walk_status)walk.status) {
		case WS_WALK_COMPLETE:
			r->last = (struct wakeup_snapshot) {
				.sources = (const void *)r->buffer,
				.end = (const void *)(r->buffer +
						       (size_t)walk.chunk * WS_CHUNK_SIZE + walk.off),
				.size = walk.stored,
				.monotonic_ns = walk.time_ns,
				.realtime_ns = clock_ns(CLOCK_REALTIME) -
					       (clock_ns(CLOCK_MONOTONIC) - walk.time_ns),
			};
			return &r->last;
		case WS_WALK_NO_SPACE:
			if (grow(r, &walk))
				return NULL;
			break;
		case WS_WALK_BUSY:
			nanosleep(&nap, NULL);
			break;
		case WS_WALK_BAD_MEMORY:
			failed(WAKEUP_FAILED);
			fail(&wakeup_fail, "the kernel's list of wakeup sources can't be followed after %u entries: please report this with the kernel's version",
			     walk.stored);
			return NULL;
		case WS_WALK_UNKNOWN_LOCK:
			fail(&wakeup_fail, "this kernel's spinlocks are of a kind that is not known here, so that a source could be read while it changes: use a kernel for x86-64 or arm64, without CONFIG_DEBUG_SPINLOCK if it is for one processor");
			return NULL;
		case WS_WALK_TOO_MANY:
		case WS_WALK_RUNNING:
			failed(WAKEUP_FAILED);
			fail(&wakeup_fail, "more wakeup sources than can be listed: stopped after %u",
			     walk.stored);
			return NULL;
		}
	}
	failed(WAKEUP_BUSY);
	fail(&wakeup_fail, "the wakeup sources kept changing while they were read, for %llu seconds: try again",
	     (unsigned long long)((clock_ns(CLOCK_MONOTONIC) - start_ns) / NS_PER_S));
	return NULL;
}
