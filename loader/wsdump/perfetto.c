// SPDX-License-Identifier: GPL-2.0-only
#include "perfetto.h"

#include <stdlib.h>
#include <string.h>

#include "common/clock.h"
#include "common/utf8.h"

/* Numbers of fields, by message, from Perfetto's protos/perfetto/trace. */
enum {
	TRACE_PACKET = 1,

	PACKET_CLOCK_SNAPSHOT = 6,
	PACKET_TIMESTAMP = 8,
	PACKET_SEQUENCE_ID = 10,
	PACKET_TRACK_EVENT = 11,
	PACKET_CLOCK_ID = 58,
	PACKET_TRACK_DESCRIPTOR = 60,

	CLOCK_SNAPSHOT_CLOCKS = 1,
	CLOCK_SNAPSHOT_PRIMARY = 2,
	CLOCK_ID = 1,
	CLOCK_TIMESTAMP = 2,

	TRACK_UUID = 1,
	TRACK_NAME = 2,
	TRACK_PARENT = 5,
	TRACK_CHILD_ORDERING = 11,
	TRACK_RANK = 12,
	TRACK_MERGE = 15,

	EVENT_ANNOTATION = 4,
	EVENT_TYPE = 9,
	EVENT_TRACK = 11,
	EVENT_CATEGORY = 22,
	EVENT_NAME = 23,

	ANNOTATION_BOOL = 2,
	ANNOTATION_UINT = 3,
	ANNOTATION_NAME = 10,
};

/* and values of some */
enum {
	BUILTIN_CLOCK_REALTIME = 1,
	BUILTIN_CLOCK_MONOTONIC = 3,
	BUILTIN_CLOCK_BOOTTIME = 6,
	CHILD_ORDERING_EXPLICIT = 3,
	MERGE_NONE = 2,			/* or tracks of one name become one */
	TYPE_SLICE_BEGIN = 1,
	TYPE_SLICE_END = 2,
	TYPE_INSTANT = 3,
};

/* Our own: ids of tracks, and of the one sequence of packets that there is. */
enum { GROUP = 1, AWAKE, SLEEP, LOST, FIRST_SOURCE };
#define SEQUENCE 1

/* A message in the making. */
struct message {
	unsigned char *bytes;
	size_t len, room;
};

struct perfetto {
	FILE *f;
	struct message packet, body, part, text;
	bool *has_track;	/* by index of the source */
	size_t has_room;
	size_t nr_active;
	bool no_memory;
};

static void add_bytes(struct perfetto *p, struct message *m, const void *bytes, size_t len)
{
	if (!len)
		return;
	if (m->room - m->len < len) {
		size_t room = 2 * m->room + len + 64;
		unsigned char *more = realloc(m->bytes, room);

		if (!more) {
			p->no_memory = true;
			return;
		}
		m->bytes = more;
		m->room = room;
	}
	memcpy(m->bytes + m->len, bytes, len);
	m->len += len;
}

/* Seven bits a byte, the lowest first; all but the last have the top bit. */
static size_t varint(unsigned char buf[10], uint64_t n)
{
	size_t len = 0;

	for (; n >= 0x80; n >>= 7)
		buf[len++] = n | 0x80;
	buf[len++] = n;
	return len;
}

static void add_varint(struct perfetto *p, struct message *m, uint64_t n)
{
	unsigned char buf[10];

	add_bytes(p, m, buf, varint(buf, n));
}

/* A field is its number and its wire type: 0 for a varint, 2 for bytes with their length. */
static void add_number(struct perfetto *p, struct message *m, unsigned int field, uint64_t n)
{
	add_varint(p, m, field << 3);
	add_varint(p, m, n);
}

static void add_field(struct perfetto *p, struct message *m, unsigned int field,
		      const void *bytes, size_t len)
{
	add_varint(p, m, field << 3 | 2);
	add_varint(p, m, len);
	add_bytes(p, m, bytes, len);
}

static void add_string(struct perfetto *p, struct message *m, unsigned int field, const char *s)
{
	add_field(p, m, field, s, strlen(s));
}

static void add_message(struct perfetto *p, struct message *m, unsigned int field,
			const struct message *part)
{
	add_field(p, m, field, part->bytes, part->len);
}

/* Write p->packet, and begin the next one. */
static void put_packet(struct perfetto *p)
{
	unsigned char head[1 + 10] = { TRACE_PACKET << 3 | 2 };
	size_t len = 1 + varint(head + 1, p->packet.len);

	if (!p->no_memory && fwrite(head, 1, len, p->f) == len)
		fwrite(p->packet.bytes, 1, p->packet.len, p->f);
	p->packet.len = 0;
}

static void put_track(struct perfetto *p, uint64_t uuid, const char *name, size_t len, int rank)
{
	p->body.len = 0;
	add_number(p, &p->body, TRACK_UUID, uuid);
	add_field(p, &p->body, TRACK_NAME, name, len);
	if (uuid == GROUP) {
		add_number(p, &p->body, TRACK_CHILD_ORDERING, CHILD_ORDERING_EXPLICIT);
	} else {
		add_number(p, &p->body, TRACK_PARENT, GROUP);
		add_number(p, &p->body, TRACK_RANK, rank);
		add_number(p, &p->body, TRACK_MERGE, MERGE_NONE);
	}
	add_number(p, &p->packet, PACKET_SEQUENCE_ID, SEQUENCE);
	add_message(p, &p->packet, PACKET_TRACK_DESCRIPTOR, &p->body);
	put_packet(p);
}

static void begin_event(struct perfetto *p, unsigned int type, uint64_t track)
{
	p->body.len = 0;
	add_number(p, &p->body, EVENT_TYPE, type);
	add_number(p, &p->body, EVENT_TRACK, track);
}

static void begin_annotation(struct perfetto *p, const char *name)
{
	p->part.len = 0;
	add_string(p, &p->part, ANNOTATION_NAME, name);
}

static void annotate_number(struct perfetto *p, const char *name, uint64_t n)
{
	begin_annotation(p, name);
	add_number(p, &p->part, ANNOTATION_UINT, n);
	add_message(p, &p->body, EVENT_ANNOTATION, &p->part);
}

static void annotate_true(struct perfetto *p, const char *name)
{
	begin_annotation(p, name);
	add_number(p, &p->part, ANNOTATION_BOOL, 1);
	add_message(p, &p->body, EVENT_ANNOTATION, &p->part);
}

static void put_event(struct perfetto *p, uint64_t time_ns)
{
	add_number(p, &p->packet, PACKET_TIMESTAMP, time_ns);
	add_number(p, &p->packet, PACKET_CLOCK_ID, BUILTIN_CLOCK_MONOTONIC);
	add_number(p, &p->packet, PACKET_SEQUENCE_ID, SEQUENCE);
	add_message(p, &p->packet, PACKET_TRACK_EVENT, &p->body);
	put_packet(p);
}

/* The name in UTF-8, which a string of a protobuf has to be, in p->text. */
static void make_text(struct perfetto *p, const struct tracked *src)
{
	char *text = malloc(3 * (size_t)src->name_len + 1);
	bool repaired;

	p->text.len = 0;
	if (!text) {
		p->no_memory = true;
		return;
	}
	add_bytes(p, &p->text, text, utf8_repair(text, src->name, src->name_len, &repaired));
	free(text);
}

/* Two sources of one name are told apart by their numbers. */
static void put_source_track(struct perfetto *p, const struct tracked *src, uint64_t uuid)
{
	size_t len = p->text.len;
	char id[16];

	if (src->ambiguous && src->id >= 0)
		add_bytes(p, &p->text, id, snprintf(id, sizeof(id), " (%d)", src->id));
	put_track(p, uuid, (char *)p->text.bytes, p->text.len, FIRST_SOURCE + src->index);
	p->text.len = len;
}

/* The track of a source, and its name in p->text. */
static uint64_t track_of(struct perfetto *p, const struct tracked *src)
{
	uint64_t uuid = FIRST_SOURCE + (uint64_t)src->index;

	make_text(p, src);
	if (src->index >= p->has_room) {
		size_t room = 2 * (size_t)src->index + 64;
		bool *more = realloc(p->has_track, room);

		if (!more) {
			p->no_memory = true;
			return uuid;
		}
		memset(more + p->has_room, 0, room - p->has_room);
		p->has_track = more;
		p->has_room = room;
	}
	if (!p->has_track[src->index]) {
		p->has_track[src->index] = true;
		put_source_track(p, src, uuid);
	}
	return uuid;
}

static void put_clocks(struct perfetto *p)
{
	static const struct { clockid_t clock; unsigned int id; } clocks[] = {
		{ CLOCK_MONOTONIC, BUILTIN_CLOCK_MONOTONIC },
		{ CLOCK_BOOTTIME, BUILTIN_CLOCK_BOOTTIME },
		{ CLOCK_REALTIME, BUILTIN_CLOCK_REALTIME },
	};

	p->body.len = 0;
	for (size_t i = 0; i < sizeof(clocks) / sizeof(clocks[0]); i++) {
		p->part.len = 0;
		add_number(p, &p->part, CLOCK_ID, clocks[i].id);
		add_number(p, &p->part, CLOCK_TIMESTAMP, clock_ns(clocks[i].clock));
		add_message(p, &p->body, CLOCK_SNAPSHOT_CLOCKS, &p->part);
	}
	add_number(p, &p->body, CLOCK_SNAPSHOT_PRIMARY, BUILTIN_CLOCK_MONOTONIC);
	add_number(p, &p->packet, PACKET_SEQUENCE_ID, SEQUENCE);
	add_message(p, &p->packet, PACKET_CLOCK_SNAPSHOT, &p->body);
	put_packet(p);
}

struct perfetto *perfetto_begin(FILE *f, uint64_t from_ns)
{
	static const char group[] = "wakeup sources", awake[] = "any active", lost[] = "lost events",
			  sleep[] = "suspended";
	struct perfetto *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	p->f = f;
	put_clocks(p);
	put_track(p, GROUP, group, strlen(group), 0);
	put_track(p, AWAKE, awake, strlen(awake), AWAKE);
	put_track(p, SLEEP, sleep, strlen(sleep), SLEEP);
	put_track(p, LOST, lost, strlen(lost), LOST);
	/* or the viewer would show the trace from its first activation on */
	begin_event(p, TYPE_INSTANT, GROUP);
	add_string(p, &p->body, EVENT_NAME, "the trace begins");
	put_event(p, from_ns);
	return p;
}

void perfetto_activated(struct perfetto *p, const struct tracked *src, uint64_t time_ns,
			uint64_t before_ns)
{
	uint64_t track = track_of(p, src);

	if (!p->nr_active++) {
		begin_event(p, TYPE_SLICE_BEGIN, AWAKE);
		add_string(p, &p->body, EVENT_NAME, "any active");
		put_event(p, time_ns);
	}
	begin_event(p, TYPE_SLICE_BEGIN, track);
	add_string(p, &p->body, EVENT_CATEGORY, "wakeup_source");
	add_message(p, &p->body, EVENT_NAME, &p->text);
	if (src->id >= 0)
		annotate_number(p, "id", src->id);
	if (before_ns)
		annotate_number(p, "active_before_trace_ns", before_ns);
	put_event(p, time_ns);
}

void perfetto_released(struct perfetto *p, const struct tracked *src, const struct span *span,
		       bool still)
{
	begin_event(p, TYPE_SLICE_END, track_of(p, src));
	if (still)
		annotate_true(p, "still_active");
	if (span->inexact)
		annotate_true(p, "events_lost_meanwhile");
	put_event(p, span->to_ns);
	if (!--p->nr_active) {
		begin_event(p, TYPE_SLICE_END, AWAKE);
		put_event(p, span->to_ns);
	}
}

void perfetto_lost(struct perfetto *p, uint64_t nr, uint64_t time_ns)
{
	begin_event(p, TYPE_INSTANT, LOST);
	add_string(p, &p->body, EVENT_NAME, "events lost");
	annotate_number(p, "count", nr);
	put_event(p, time_ns);
}

void perfetto_slept(struct perfetto *p, const struct sleep *sleep)
{
	begin_event(p, TYPE_SLICE_BEGIN, SLEEP);
	add_string(p, &p->body, EVENT_NAME, "suspended");
	annotate_number(p, "asleep_ns", sleep->asleep_ns);
	annotate_number(p, "suspended_realtime_ns", sleep->realtime_ns - sleep->asleep_ns);
	annotate_number(p, "resumed_realtime_ns", sleep->realtime_ns);
	put_event(p, sleep->from_ns);
	begin_event(p, TYPE_SLICE_END, SLEEP);
	put_event(p, sleep->to_ns);
}

int perfetto_end(struct perfetto *p)
{
	int ret;

	if (!p)
		return 0;
	ret = p->no_memory ? -1 : 0;
	free(p->packet.bytes);
	free(p->body.bytes);
	free(p->part.bytes);
	free(p->text.bytes);
	free(p->has_track);
	free(p);
	return ret;
}
