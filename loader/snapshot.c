// SPDX-License-Identifier: GPL-2.0-only
#include "snapshot.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "kfuncs.h"
#include "wsdump.skel.h"

/* Two chunks hold some 400 sources; more than that is learned from the first walk. */
#define FIRST_CHUNKS	2

/* Tries for a list that grows, and for a source that keeps changing. */
#define MAX_WALKS	100

struct reader {
	struct wsdump_bpf *bpf;
	int buffer_fd;		/* the array map inside the map "buffers" */
	char *buffer;		/* the same, mapped */
	size_t size;
	struct source *sources;
};

static const char *const bpf_needs[] = { "bpf_iter_num_new", "bpf_rdonly_cast", NULL };

static const struct kfuncs wakeup_kfuncs = {
	.kfunc = "bpf_wakeup_sources_get_head",
	.module = "wakeup_kfuncs",
	.package = "wakeup-kfuncs",
	.subsystem_func = "wakeup_sources_read_lock",
	.subsystem_config = "CONFIG_PM_SLEEP",
	.subsystem_lack = "wakeup sources",
	.bpf_needs = bpf_needs,
	.oldest = "6.4",
};

static int print_all(enum libbpf_print_level level, const char *format, va_list args)
{
	(void)level;
	return vfprintf(stderr, format, args);
}

/* Put a buffer of @chunks in the place of the one in use. */
static int set_buffer(struct reader *r, uint32_t chunks, struct fail *why)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts,
		    .map_flags = BPF_F_MMAPABLE | BPF_F_INNER_MAP);
	size_t size = (size_t)chunks * WS_CHUNK_SIZE;
	uint32_t zero = 0;
	char *buffer;
	int fd;

	fd = bpf_map_create(BPF_MAP_TYPE_ARRAY, "wsdump_buffer", sizeof(uint32_t),
			    WS_CHUNK_SIZE, chunks, &opts);
	if (fd < 0)
		return fail(why, "no kernel memory for a buffer of %zu bytes: %s", size,
			    strerror(errno));
	buffer = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	if (buffer == MAP_FAILED) {
		fail(why, "can't map a buffer of %zu bytes: %s", size, strerror(errno));
		close(fd);
		return -1;
	}
	if (bpf_map_update_elem(bpf_map__fd(r->bpf->maps.buffers), &zero, &fd, BPF_ANY)) {
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

static int load(struct reader *r, bool verbose, struct fail *why)
{
	int err;

	r->bpf = wsdump_bpf__open();
	if (!r->bpf)
		return fail(why, "can't open the BPF program: %s", strerror(errno));
	if (verbose)
		bpf_program__set_log_level(r->bpf->progs.wsdump, 1);
	err = wsdump_bpf__load(r->bpf);
	if (!err)
		return 0;

	wsdump_bpf__destroy(r->bpf);
	r->bpf = NULL;
	return fail(why, "the kernel refused the BPF program: %s: -v prints its reasons",
		    strerror(-err));
}

struct reader *reader_open(bool verbose, struct fail *why)
{
	struct reader *r;

	libbpf_set_print(verbose ? print_all : NULL);
	if (kfuncs_may_load_bpf(why))
		return NULL;

	r = calloc(1, sizeof(*r));
	if (!r) {
		fail(why, "out of memory");
		return NULL;
	}
	if (load(r, verbose, why)) {
		/* If the cause is known, it is more to the point than load()'s. */
		if (kfuncs_provide(&wakeup_kfuncs, why) <= 0 || load(r, verbose, why))
			goto err;
	}
	if (set_buffer(r, FIRST_CHUNKS, why))
		goto err;
	return r;

err:
	reader_close(r);
	return NULL;
}

/* Make r->sources from the records that a complete walk has left. */
static int collect(struct reader *r, const struct ws_walk *walk, struct fail *why)
{
	struct source *v = reallocarray(r->sources, walk->sources + 1, sizeof(*v));
	uint32_t off = walk->first;

	if (!v)
		return fail(why, "no memory for %u wakeup sources", walk->sources);
	r->sources = v;
	for (uint32_t i = 0; i < walk->sources; i++) {
		const struct ws_record *rec = (const void *)(r->buffer + off);

		v[i] = (struct source) {
			.rec = rec,
			.name = r->buffer + rec->name_off,
			.name_len = rec->name_len,
		};
		if (rec->flags & WS_HAS_PARENT) {
			v[i].parent = r->buffer + rec->parent_off;
			v[i].parent_len = rec->parent_len;
		}
		off = rec->next_off;
	}
	return 0;
}

static uint64_t clock_ns(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec * 1000000000ULL + ts.tv_nsec;
}

static int run_walk(struct reader *r, struct ws_walk *walk, struct fail *why)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = walk, .ctx_size_in = sizeof(*walk));

	*walk = (struct ws_walk) { .chunks = r->size / WS_CHUNK_SIZE };
	if (bpf_prog_test_run_opts(bpf_program__fd(r->bpf->progs.wsdump), &opts))
		return fail(why, "can't run the BPF program: %s", strerror(errno));
	return 0;
}

/* Room for what was met, and for some of what may be registered meanwhile. */
static int grow(struct reader *r, uint64_t bytes, struct fail *why)
{
	uint64_t chunks = (bytes + bytes / 8) / WS_CHUNK_SIZE + 1;

	if (chunks > UINT32_MAX / WS_CHUNK_SIZE)
		return fail(why, "the wakeup sources take %llu bytes, more than a snapshot can hold",
			    (unsigned long long)bytes);
	return set_buffer(r, chunks, why);
}

int reader_snapshot(struct reader *r, struct snapshot *snap, struct fail *why)
{
	const struct timespec nap = { .tv_nsec = 1000000 };
	struct ws_walk walk;

	for (int i = 0; i < MAX_WALKS; i++) {
		if (run_walk(r, &walk, why))
			return -1;
		switch ((enum ws_walk_status)walk.status) {
		case WS_WALK_COMPLETE:
			if (collect(r, &walk, why))
				return -1;
			*snap = (struct snapshot) {
				.sources = r->sources,
				.nr_sources = walk.sources,
				.monotonic_ns = walk.time_ns,
				.realtime_ns = clock_ns(CLOCK_REALTIME) -
					       (clock_ns(CLOCK_MONOTONIC) - walk.time_ns),
			};
			return 0;
		case WS_WALK_NO_SPACE:
			if (grow(r, walk.bytes, why))
				return -1;
			break;
		case WS_WALK_BUSY:
			nanosleep(&nap, NULL);
			break;
		case WS_WALK_BAD_MEMORY:
			return fail(why, "the kernel's list of wakeup sources can't be followed after %u entries: please report this with the kernel's version",
				    walk.sources);
		case WS_WALK_TOO_MANY:
			return fail(why, "more wakeup sources than can be listed: stopped after %u",
				    walk.sources);
		case WS_WALK_RUNNING:
			return fail(why, "the BPF program has no buffer to write to");
		}
	}
	return fail(why, "the wakeup sources kept changing while they were read, %d times in a row: try again",
		    MAX_WALKS);
}

void reader_close(struct reader *r)
{
	if (!r)
		return;
	if (r->buffer) {
		munmap(r->buffer, r->size);
		close(r->buffer_fd);
	}
	wsdump_bpf__destroy(r->bpf);
	free(r->sources);
	free(r);
}
