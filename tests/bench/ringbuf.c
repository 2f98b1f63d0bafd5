// SPDX-License-Identifier: GPL-2.0-only
/*
 * ringbuf - read the wakeup sources through a ring buffer
 *
 * usage: ringbuf RING-BYTES	a power of two that holds the whole list
 *
 * Prints what one walk costs, up to and with the last event's arrival. Fails if an
 * event had no room.
 */
#include <err.h>
#include <stdlib.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "inside.h"
#include "ringbuf.h"
#include "ringbuf.skel.h"

static unsigned long sources;

static int count(void *ctx, void *data, size_t size)
{
	(void)ctx;
	(void)size;
	sources += ((struct event *)data)->name[0] != '\0';
	return 0;
}

int main(int argc, char **argv)
{
	struct inside inside = { 0 };
	struct ring_buffer *ring;
	struct ringbuf_bpf *bpf;

	if (argc != 2)
		errx(2, "usage: ringbuf RING-BYTES");
	bpf = ringbuf_bpf__open();
	if (!bpf || bpf_map__set_max_entries(bpf->maps.ring, strtoul(argv[1], NULL, 0)) ||
	    ringbuf_bpf__load(bpf))
		errx(1, "can't load the BPF program");
	ring = ring_buffer__new(bpf_map__fd(bpf->maps.ring), count, NULL, NULL);
	if (!ring)
		errx(1, "can't map the ring buffer");

	for (int pass = 0; pass < PASSES; pass++) {
		sources = 0;
		inside_begin(&inside, pass);
		if (bpf_prog_test_run_opts(bpf_program__fd(bpf->progs.walk_to_ring), NULL))
			errx(1, "can't run the BPF program");
		ring_buffer__consume(ring);
		inside_end(&inside, pass);
		if (bpf->bss->lost)
			errx(1, "the ring buffer is too small");
	}
	inside_print(&inside, sources);
	return 0;
}
