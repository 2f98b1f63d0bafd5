// SPDX-License-Identifier: GPL-2.0-only
#include "saved.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "common/out.h"
#include "formats.h"

/* A name into a record, which has room for what a kernel can have. */
static int get_text(struct json_place *p, struct json_object *from, const char *key, bool or_null,
		    char to[DB_NAME_LEN])
{
	const char *text;
	size_t len;

	if (json_get_name(p, from, key, or_null, &text, &len))
		return -1;
	if (len >= DB_NAME_LEN)
		return json_bad(p, key, "is longer than %d bytes", DB_NAME_LEN - 1);
	memset(to, 0, DB_NAME_LEN);
	if (text)
		memcpy(to, text, len);
	return 0;
}

/* "PID:COMM PID:COMM", with the text's own memory: it is shorter than what stands for it. */
static int get_holders(struct json_place *p, struct json_object *from, struct buffer *buf)
{
	struct json_object *list;
	size_t nr;

	if (json_get(p, from, "holders", json_type_array, &list))
		return -1;
	nr = json_object_array_length(list);
	buf->procs = nr;
	buf->held_by = nr ? p->text : "kernel";
	for (size_t i = 0; i < nr; i++) {
		struct json_object *holder = json_object_array_get_idx(list, i);
		const char *comm;
		uint64_t pid;
		size_t len;
		char *to;

		if (!json_object_is_type(holder, json_type_object))
			return json_bad(p, "holders", "has what is no object");
		if (json_get_number(p, holder, "pid", INT32_MAX, &pid))
			return -1;
		to = number_put(p->text, pid);
		*to++ = ':';
		p->text = to;
		if (json_get_name(p, holder, "comm", false, &comm, &len))
			return -1;
		/* over the NUL that is behind the name */
		p->text[-1] = ' ';
	}
	buf->held_by_len = nr ? (size_t)(p->text - buf->held_by) - 1 : strlen(buf->held_by);
	return 0;
}

static int get_buffer(struct json_place *p, struct json_object *from, struct buffer *buf)
{
	uint64_t ino, size;

	*buf = (struct buffer) { 0 };
	if (json_get_number(p, from, "ino", INT64_MAX, &ino) ||
	    json_get_number(p, from, "size", INT64_MAX, &size) ||
	    get_text(p, from, "exporter", false, buf->record.exporter) ||
	    get_text(p, from, "name", true, buf->record.name))
		return -1;
	buf->record.ino = ino;
	buf->record.size = size;
	return get_holders(p, from, buf);
}

static int get_all(struct json_place *p, struct json_object *root, size_t len, struct saved *saved)
{
	struct snapshot *snap = &saved->snap;
	struct json_object *list;
	bool complete;
	size_t nr;

	if (json_check_format(p, root, JSON_FORMAT) ||
	    json_get_boot_id(p, root, saved->boot_id) ||
	    json_get_number(p, root, "realtime_ns", INT64_MAX, &snap->realtime_ns) ||
	    json_get_flag(p, root, "complete", &complete) ||
	    json_get(p, root, "buffers", json_type_array, &list))
		return -1;
	if (!complete)
		return json_bad(p, "complete", "is false: it has only what processes held");
	nr = json_object_array_length(list);
	snap->buffers = malloc((nr + 1) * sizeof(*snap->buffers));
	snap->texts[0] = p->text = malloc(len + 1);
	if (!snap->buffers || !p->text)
		return fail(p->why, "%s: no memory for %zu dma-bufs", p->file, nr);
	p->list = "buffers";
	for (; snap->nr_buffers < nr; snap->nr_buffers++) {
		struct json_object *from = json_object_array_get_idx(list, snap->nr_buffers);
		struct buffer *buf = &snap->buffers[snap->nr_buffers];

		p->index = snap->nr_buffers;
		if (!json_object_is_type(from, json_type_object))
			return fail(p->why, "%s: buffers[%zu] is no object", p->file, p->index);
		if (get_buffer(p, from, buf))
			return -1;
		snap->bytes += buf->record.size;
	}
	return 0;
}

int saved_parse(const struct saved_file *file, struct saved *saved, struct fail *why)
{
	struct json_place p = { .file = file->name, .why = why };
	struct json_object *root = json_read_text(file->text, file->len, &p);
	int ret;

	if (!root)
		return -1;
	ret = get_all(&p, root, file->len, saved);
	json_object_put(root);
	return ret;
}
