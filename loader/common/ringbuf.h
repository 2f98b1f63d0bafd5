/* SPDX-License-Identifier: GPL-2.0-only */
/* The reader's side of a map of type BPF_MAP_TYPE_RINGBUF. */
#ifndef WSDUMP_LOADER_RINGBUF_H
#define WSDUMP_LOADER_RINGBUF_H

#include <stddef.h>
#include <stdint.h>

struct ringbuf {
	int fd;			/* can be waited for with poll(2) */
	size_t page, size;
	void *pages;		/* the reader's page, the kernel's, and the data, twice */
	unsigned long at;	/* the next record */
};

/**
 * ringbuf_open() - make the map, and map it
 * @size: a power of two, and whole pages
 *
 * Return: 0, or -1 with errno set.
 */
int ringbuf_open(struct ringbuf *rb, size_t size);

/**
 * ringbuf_next() - the next record
 * @len: its length
 *
 * Return: the record, good until ringbuf_release(); NULL when there is none yet.
 */
const void *ringbuf_next(struct ringbuf *rb, uint32_t *len);

/**
 * ringbuf_release() - give back the room of all records got so far
 */
void ringbuf_release(struct ringbuf *rb);

/**
 * ringbuf_close() - after ringbuf_open(), or on a struct of zeros with fd -1
 */
void ringbuf_close(struct ringbuf *rb);

#endif
