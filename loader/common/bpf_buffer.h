/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A buffer that a BPF program fills: an array map of chunks, which a process can map,
 * in the one element of an outer map, where a larger one can take its place.
 */
#ifndef WSDUMP_LOADER_BPF_BUFFER_H
#define WSDUMP_LOADER_BPF_BUFFER_H

#include <stdint.h>

/**
 * bpf_buffer_create() - make a buffer
 *
 * Return: a descriptor to map, or -1 with errno set; so do the others.
 */
int bpf_buffer_create(uint32_t chunks, uint32_t chunk_size);

/**
 * bpf_buffer_create_outer() - make an empty outer map
 * @inner_fd: any buffer, as a model
 */
int bpf_buffer_create_outer(int inner_fd);

/**
 * bpf_buffer_put() - let programs that use the outer map fill this buffer
 */
int bpf_buffer_put(int outer_fd, int fd);

/**
 * bpf_buffer_get() - open the buffer that programs fill
 * @outer_fd: the outer map
 * @chunks: how many chunks it has
 */
int bpf_buffer_get(int outer_fd, uint32_t *chunks);

#endif
