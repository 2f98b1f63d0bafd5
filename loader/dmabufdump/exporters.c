// SPDX-License-Identifier: GPL-2.0-only
/* Drivers that have made dma-bufs, as rows. */
#include <string.h>

#include "views.h"

static const char *get_name(const void *row, size_t *len)
{
	const struct exporter *exp = row;

	*len = strlen(exp->name);
	return exp->name;
}

enum which { BUFFERS, BYTES, KERNEL_BUFFERS, KERNEL_BYTES };

static uint64_t get(const void *row, int which)
{
	const struct exporter *exp = row;

	switch ((enum which)which) {
	case BUFFERS:
		return exp->buffers;
	case BYTES:
		return exp->bytes;
	case KERNEL_BUFFERS:
		return exp->kernel_buffers;
	case KERNEL_BYTES:
		return exp->kernel_bytes;
	}
	return 0;
}

#define NUMBER(name_, key_, type_, which_, help_) \
	{ .name = (name_), .key = (key_), .type = COLUMN_##type_, .standard = true, \
	  .help = (help_), .number = get, .which = (which_) }

static const struct column columns[] = {
	{ .name = "EXPORTER", .key = "exporter", .type = COLUMN_TEXT, .standard = true,
	  .help = "the driver that made them", .text = get_name },
	NUMBER("BUFFERS", "buffers", COUNT, BUFFERS, "how many there are"),
	NUMBER("SIZE", "size", BYTES, BYTES, "of all"),
	NUMBER("KERNEL", "kernel_buffers", COUNT, KERNEL_BUFFERS, "those that no process holds"),
	NUMBER("KERNEL-SIZE", "kernel_size", BYTES, KERNEL_BYTES, "of these"),
	{ 0 }
};

static int order(const void *x, const void *y)
{
	const struct exporter *a = x, *b = y;

	return larger_first(a->bytes, b->bytes) ?: strcmp(a->name, b->name);
}

static void fill(const struct snapshot *snap, const struct filter *filter, struct rows *rows)
{
	(void)filter;
	for (size_t i = 0; i < snap->nr_exporters; i++)
		rows->v[rows->nr++] = &snap->exporters[i];
}

static size_t nr(const struct snapshot *snap)
{
	return snap->nr_exporters;
}

const struct view exporters_view = { "exporters", columns, order, fill, nr };
