// SPDX-License-Identifier: GPL-2.0-only
/* dma-bufs as rows. */
#include <string.h>

#include "common/json.h"
#include "common/out.h"
#include "views.h"

/* JSON has the holders by number and name, which a row alone does not lead to. */
static const struct snapshot *printed;

static const char *get_exporter(const void *row, size_t *len)
{
	const struct buffer *buf = row;

	*len = strlen(buf->record.exporter);
	return buf->record.exporter;
}

static const char *get_name(const void *row, size_t *len)
{
	const struct buffer *buf = row;

	*len = strlen(buf->record.name);
	return *len ? buf->record.name : NULL;
}

static const char *get_held_by(const void *row, size_t *len)
{
	const struct buffer *buf = row;

	*len = buf->held_by_len;
	return buf->held_by;
}

enum which { INO, SIZE, REFS, FLAGS, MODE, FDS, MAPS, PROCS, STATE };

static uint64_t get(const void *row, int which)
{
	const struct buffer *buf = row;

	switch ((enum which)which) {
	case INO:
		return buf->record.ino;
	case SIZE:
		return buf->record.size;
	case REFS:
		return buf->record.refs;
	case FLAGS:
		return buf->record.f_flags;
	case MODE:
		return buf->record.f_mode;
	case FDS:
		return buf->fds;
	case MAPS:
		return buf->maps;
	case PROCS:
		return buf->procs;
	case STATE:
		return buf->state;
	}
	return 0;
}

static int put_holders(const void *row)
{
	const struct buffer *buf = row;

	out_char('[');
	for (uint32_t i = buf->first; i < buf->first + buf->procs; i++) {
		const struct holding *h = &printed->holdings[i];
		const struct process *proc = &printed->processes[h->process];

		out_string(i > buf->first ? ",{" : "{");
		json_put_number("pid", proc->pid);
		out_char(',');
		json_put_key("comm");
		if (json_put_bytes("comm", proc->comm, strlen(proc->comm)))
			return -1;
		out_char(',');
		json_put_number("fds", h->fds);
		out_char(',');
		json_put_number("maps", h->maps);
		out_char('}');
	}
	out_char(']');
	return 0;
}

static const char *const states[] = { "stayed", "new", "gone" };

#define NUMBER(name_, key_, type_, which_, standard_, help_) \
	{ .name = (name_), .key = (key_), .type = COLUMN_##type_, .standard = (standard_), \
	  .help = (help_), .number = get, .which = (which_) }

static const struct column columns[] = {
	NUMBER("INO", "ino", COUNT, INO, true, "inode number, as /proc/PID/fdinfo has it"),
	NUMBER("SIZE", "size", BYTES, SIZE, true, "its size"),
	{ .name = "EXPORTER", .key = "exporter", .type = COLUMN_TEXT, .standard = true,
	  .help = "the driver that made it", .text = get_exporter },
	{ .name = "NAME", .key = "name", .type = COLUMN_TEXT, .standard = true,
	  .help = "what user space has called it", .text = get_name },
	NUMBER("REFS", "refs", COUNT, REFS, true, "references to it, of the kernel's, too"),
	NUMBER("FDS", "fds", COUNT, FDS, true, "file descriptors of all processes"),
	NUMBER("MAPS", "maps", COUNT, MAPS, true, "mappings of all processes"),
	NUMBER("PROCS", "procs", COUNT, PROCS, true, "processes that hold it"),
	{ .name = "HELD-BY", .key = "holders", .type = COLUMN_TEXT, .standard = true,
	  .help = "these, or kernel when there is none", .text = get_held_by,
	  .json = put_holders },
	{ .name = "STATE", .key = "state", .type = COLUMN_WORD, .number = get, .which = STATE,
	  .help = "new or gone, if it came or went meanwhile", .words = states },
	NUMBER("FLAGS", "flags", COUNT, FLAGS, false, "of its file, as open(2) has them"),
	NUMBER("MODE", "mode", COUNT, MODE, false, "of its file, as the kernel has it"),
	{ 0 }
};

static int order(const void *x, const void *y)
{
	const struct buffer *a = x, *b = y;

	return larger_first(a->record.size, b->record.size) ?:
	       -larger_first(a->record.ino, b->record.ino);
}

static void fill(const struct snapshot *snap, const struct filter *filter, struct rows *rows)
{
	printed = snap;
	for (size_t i = 0; i < snap->nr_buffers; i++)
		if (filter_passes(filter, snap, &snap->buffers[i]))
			rows->v[rows->nr++] = &snap->buffers[i];
}

static size_t nr(const struct snapshot *snap)
{
	return snap->nr_buffers;
}

const struct view buffers_view = { "buffers", columns, order, fill, nr };
