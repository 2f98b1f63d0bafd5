// SPDX-License-Identifier: GPL-2.0-only
/*
 * perf's events have the time of the same clock. One that this process causes itself, by giving
 * itself the name that it has, tells what time it is there.
 */
#include "log_clock.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/perf_event.h>

#include "common/clock.h"

void log_clock_open(struct log_clock *clock)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE, .size = sizeof(attr), .config = PERF_COUNT_SW_DUMMY,
		.sample_type = PERF_SAMPLE_TIME, .sample_id_all = 1, .comm = 1,
		.exclude_kernel = 1, .exclude_hv = 1,
	};

	clock->fd = syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
	if (clock->fd < 0) {
		clock->fd = -errno;
		return;
	}
	clock->size = 2 * sysconf(_SC_PAGESIZE);
	clock->pages = mmap(NULL, clock->size, PROT_READ | PROT_WRITE, MAP_SHARED, clock->fd, 0);
	if (clock->pages == MAP_FAILED) {
		close(clock->fd);
		clock->fd = -ENOMEM;
	}
}

/* The second page is a ring. */
static void copy(const struct log_clock *clock, uint64_t from, void *to, size_t n)
{
	size_t page = clock->size / 2;
	const char *ring = (const char *)clock->pages + page;

	for (size_t i = 0; i < n; i++)
		((char *)to)[i] = ring[(from + i) % page];
}

/* A record is its header, what it tells, and the time, which was asked for, at its end. */
static int read_record(struct log_clock *clock, uint64_t *time_ns)
{
	struct perf_event_mmap_page *page = clock->pages;
	uint64_t head = __atomic_load_n(&page->data_head, __ATOMIC_ACQUIRE), at = page->data_tail;
	struct perf_event_header header;
	int err = -ENODATA;

	for (; head - at >= sizeof(header) + sizeof(*time_ns); at += header.size) {
		copy(clock, at, &header, sizeof(header));
		if (header.size < sizeof(header) + sizeof(*time_ns))
			break;
		if (header.type != PERF_RECORD_COMM)
			continue;
		copy(clock, at + header.size - sizeof(*time_ns), time_ns, sizeof(*time_ns));
		err = 0;
	}
	__atomic_store_n(&page->data_tail, head, __ATOMIC_RELEASE);
	return err;
}

int log_clock_offset(struct log_clock *clock, int64_t *offset_ns)
{
	uint64_t before, after, then = 0;
	char name[16];
	int err;

	*offset_ns = 0;
	if (clock->fd < 0)
		return clock->fd;
	prctl(PR_GET_NAME, name);
	before = clock_ns(CLOCK_MONOTONIC);
	prctl(PR_SET_NAME, name);
	after = clock_ns(CLOCK_MONOTONIC);
	err = read_record(clock, &then);
	*offset_ns = (int64_t)(before + (after - before) / 2) - (int64_t)then;
	return err;
}

void log_clock_close(struct log_clock *clock)
{
	if (clock->fd < 0)
		return;
	munmap(clock->pages, clock->size);
	close(clock->fd);
	clock->fd = -EBADF;
}
