// SPDX-License-Identifier: GPL-2.0-only
#include "ringbuf.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bpf_sys.h"

/*
 * What the kernel shares: a page with the reader's position, which alone is writable;
 * a page with the writers' position; then the data, mapped twice in a row so that a
 * record that wraps around is in one piece. Positions only grow, and are taken modulo
 * the size.
 */
static unsigned long *reader_position(const struct ringbuf *rb)
{
	return rb->pages;
}

static const unsigned long *writer_position(const struct ringbuf *rb)
{
	return (const void *)((const char *)rb->pages + rb->page);
}

int ringbuf_open(struct ringbuf *rb, size_t size)
{
	union bpf_attr attr;
	void *rest;

	*rb = (struct ringbuf) { .page = sysconf(_SC_PAGESIZE), .size = size };
	memset(&attr, 0, sizeof(attr));
	attr.map_type = BPF_MAP_TYPE_RINGBUF;
	attr.max_entries = size;
	memcpy(attr.map_name, "events", sizeof("events"));
	rb->fd = bpf_sys(BPF_MAP_CREATE, &attr, BPF_ATTR_SIZE(map_extra));
	if (rb->fd < 0)
		return -1;

	/* one piece of address space, for two maps of different rights */
	rb->pages = mmap(NULL, 2 * rb->page + 2 * size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS,
			 -1, 0);
	if (rb->pages == MAP_FAILED) {
		rb->pages = NULL;
		goto err;
	}
	rest = (char *)rb->pages + rb->page;
	if (mmap(rb->pages, rb->page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, rb->fd,
		 0) == MAP_FAILED ||
	    mmap(rest, rb->page + 2 * size, PROT_READ, MAP_SHARED | MAP_FIXED, rb->fd,
		 rb->page) == MAP_FAILED)
		goto err;
	return 0;

err:
	ringbuf_close(rb);
	return -1;
}

const void *ringbuf_next(struct ringbuf *rb, uint32_t *len)
{
	const char *data = (const char *)rb->pages + 2 * rb->page, *record;
	uint32_t head;

	/* pairs with the kernel's release of the position, and of a record's head below */
	while (rb->at < __atomic_load_n(writer_position(rb), __ATOMIC_ACQUIRE)) {
		record = data + (rb->at & (rb->size - 1));
		head = __atomic_load_n((const uint32_t *)record, __ATOMIC_ACQUIRE);
		if (head & BPF_RINGBUF_BUSY_BIT)
			return NULL;	/* being written */
		*len = head & ~BPF_RINGBUF_DISCARD_BIT;
		rb->at += (*len + BPF_RINGBUF_HDR_SZ + 7) & ~7UL;
		if (!(head & BPF_RINGBUF_DISCARD_BIT))
			return record + BPF_RINGBUF_HDR_SZ;
	}
	return NULL;
}

void ringbuf_release(struct ringbuf *rb)
{
	/* all reads of the records come before their room is given back */
	__atomic_store_n(reader_position(rb), rb->at, __ATOMIC_RELEASE);
}

void ringbuf_close(struct ringbuf *rb)
{
	int err = errno;

	if (rb->pages)
		munmap(rb->pages, 2 * rb->page + 2 * rb->size);
	if (rb->fd >= 0)
		close(rb->fd);
	rb->pages = NULL;
	rb->fd = -1;
	errno = err;
}
