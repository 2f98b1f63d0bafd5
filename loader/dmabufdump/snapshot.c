// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel's list and the holders are looked at one after the other, while buffers come and
 * go. A buffer that is on the list and that nobody holds may have been freed in between, or be
 * held by the kernel; so the list is looked at once more then. What is on the second list alone
 * is new, on the first alone gone. What has a holder and is on neither came and went.
 */
#include "snapshot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/clock.h"

/* --- sorting ------------------------------------------------------------------ */

static int compare(uint64_t x, uint64_t y)
{
	return (x > y) - (x < y);
}

static int by_pid(const void *x, const void *y)
{
	const struct db_holder *a = x, *b = y;

	return compare(a->pid, b->pid) ?: compare(a->ino, b->ino) ?: compare(a->start, b->start);
}

static int by_buffer(const void *x, const void *y)
{
	const struct holding *a = x, *b = y;

	return compare(a->buffer, b->buffer) ?: compare(a->process, b->process);
}

static int by_bytes(const void *x, const void *y)
{
	const struct exporter *a = x, *b = y;

	return compare(b->bytes, a->bytes) ?: strcmp(a->name, b->name);
}

static int by_ino(const void *x, const void *y)
{
	const struct buffer *const *a = x, *const *b = y;

	return compare((*a)->record.ino, (*b)->record.ino);
}

/* Buffers by their inode numbers. */
struct index {
	struct buffer **v;
	size_t nr;
};

static int index_make(struct index *index, struct buffer *buffers, size_t nr)
{
	index->v = malloc((nr + 1) * sizeof(*index->v));
	index->nr = nr;
	if (!index->v)
		return -1;
	for (size_t i = 0; i < nr; i++)
		index->v[i] = &buffers[i];
	qsort(index->v, nr, sizeof(*index->v), by_ino);
	return 0;
}

static struct buffer *index_find(const struct index *index, uint64_t ino)
{
	size_t low = 0, high = index->nr;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (index->v[middle]->record.ino < ino)
			low = middle + 1;
		else
			high = middle;
	}
	return low < index->nr && index->v[low]->record.ino == ino ? index->v[low] : NULL;
}

/* --- buffers ------------------------------------------------------------------ */

static int no_memory(struct fail *why)
{
	return fail(why, "out of memory");
}

/* Strings in records end, whoever has written them. */
static void add_buffer(struct snapshot *snap, const struct db_record *record,
		       enum buffer_state state)
{
	struct buffer *buf = &snap->buffers[snap->nr_buffers++];

	*buf = (struct buffer) { .record = *record, .state = state };
	buf->record.name[DB_NAME_LEN - 1] = '\0';
	buf->record.exporter[DB_NAME_LEN - 1] = '\0';
}

static int add_walk(struct programs *p, struct snapshot *snap, struct fail *why)
{
	size_t nr;

	if (programs_walk(p, &nr, why))
		return -1;
	snap->buffers = calloc(nr + 1, sizeof(*snap->buffers));
	if (!snap->buffers)
		return no_memory(why);
	for (size_t i = 0; i < nr; i++)
		add_buffer(snap, &p->records[i], BUFFER_STAYED);
	return 0;
}

/* Look at the list once more: what is on that, and behind it what is not any more. */
static int walk_again(struct programs *p, struct snapshot *snap, struct fail *why)
{
	struct snapshot first = *snap;
	struct index before, after;
	struct buffer *larger;
	size_t gone = 0;
	int err = -1;

	after.v = NULL;
	snap->buffers = NULL;
	snap->nr_buffers = 0;
	if (index_make(&before, first.buffers, first.nr_buffers)) {
		no_memory(why);
		goto out;
	}
	if (add_walk(p, snap, why))
		goto out;
	if (index_make(&after, snap->buffers, snap->nr_buffers)) {
		no_memory(why);
		goto out;
	}
	for (size_t i = 0; i < snap->nr_buffers; i++)
		if (!index_find(&before, snap->buffers[i].record.ino))
			snap->buffers[i].state = BUFFER_NEW;
	for (size_t i = 0; i < first.nr_buffers; i++) {
		if (index_find(&after, first.buffers[i].record.ino))
			continue;
		first.buffers[i].state = BUFFER_GONE;
		gone++;
	}
	larger = reallocarray(snap->buffers, snap->nr_buffers + gone + 1, sizeof(*larger));
	if (!larger) {
		no_memory(why);
		goto out;
	}
	snap->buffers = larger;
	for (size_t i = 0; i < first.nr_buffers; i++)
		if (first.buffers[i].state == BUFFER_GONE)
			add_buffer(snap, &first.buffers[i].record, BUFFER_GONE);
	err = 0;
out:
	free(before.v);
	free(after.v);
	free(first.buffers);
	return err;
}

/* The buffers that holders told of, without the list. */
static int add_held(const char *data, size_t size, struct snapshot *snap, struct fail *why)
{
	const struct db_held *held = (const void *)data;
	size_t nr = size / sizeof(*held), kept = 0;
	struct index index;

	snap->buffers = calloc(nr + 1, sizeof(*snap->buffers));
	if (!snap->buffers)
		return no_memory(why);
	for (size_t i = 0; i < nr; i++)
		add_buffer(snap, &held[i].record, BUFFER_STAYED);
	if (index_make(&index, snap->buffers, nr))
		return no_memory(why);
	/* one of each; a record of its own is where the sorted ones can go */
	for (size_t i = 0; i < nr; i++)
		index.v[i]->first = i && index.v[i - 1]->record.ino == index.v[i]->record.ino;
	free(index.v);
	for (size_t i = 0; i < nr; i++)
		if (!snap->buffers[i].first)
			snap->buffers[kept++] = snap->buffers[i];
	snap->nr_buffers = kept;
	for (size_t i = 0; i < kept; i++)
		snap->buffers[i].first = 0;
	return 0;
}

/* --- holders ------------------------------------------------------------------ */

struct holders {
	struct db_holder *v;
	size_t nr;
};

/* Take the holders out of what was read, and put them in the order of processes. */
static int sort_holders(struct holders *holders, const char *data, size_t size, size_t each,
			struct fail *why)
{
	size_t nr = size / each;
	bool sorted = true;

	holders->v = malloc((nr + 1) * sizeof(*holders->v));
	if (!holders->v)
		return no_memory(why);
	for (size_t i = 0; i < nr; i++) {
		memcpy(&holders->v[i], data + i * each, sizeof(*holders->v));
		holders->v[i].comm[DB_COMM_LEN - 1] = '\0';
		sorted = sorted && (!i || by_pid(&holders->v[i - 1], &holders->v[i]) <= 0);
	}
	holders->nr = nr;
	if (!sorted)
		qsort(holders->v, nr, sizeof(*holders->v), by_pid);
	return 0;
}

/* Threads that share no files with their process are met besides it, with the same mappings. */
static bool is_same(const struct db_holder *a, const struct db_holder *b)
{
	return a->start && a->start == b->start && a->pid == b->pid && a->ino == b->ino;
}

static void add_holder(struct snapshot *snap, const struct db_holder *holder,
		       const struct buffer *buf)
{
	struct process *last = snap->nr_processes ? &snap->processes[snap->nr_processes - 1] : NULL;
	uint32_t index = buf - snap->buffers;
	struct holding *h;

	if (!last || last->pid != holder->pid) {
		last = &snap->processes[snap->nr_processes++];
		*last = (struct process) { .pid = holder->pid };
		memcpy(last->comm, holder->comm, sizeof(last->comm));
	}
	h = snap->nr_holdings ? &snap->holdings[snap->nr_holdings - 1] : NULL;
	if (!h || h->buffer != index || h->process != last - snap->processes) {
		h = &snap->holdings[snap->nr_holdings++];
		*h = (struct holding) { .buffer = index, .process = last - snap->processes };
	}
	if (holder->fd >= 0)
		h->fds++;
	else
		h->maps++;
}

static int add_holders(struct snapshot *snap, const struct holders *holders, struct fail *why)
{
	struct index index;

	snap->processes = calloc(holders->nr + 1, sizeof(*snap->processes));
	snap->holdings = calloc(holders->nr + 1, sizeof(*snap->holdings));
	if (!snap->processes || !snap->holdings ||
	    index_make(&index, snap->buffers, snap->nr_buffers))
		return no_memory(why);
	for (size_t i = 0; i < holders->nr; i++) {
		struct buffer *buf = index_find(&index, holders->v[i].ino);

		if (buf && !(i && is_same(&holders->v[i - 1], &holders->v[i])))
			add_holder(snap, &holders->v[i], buf);
	}
	free(index.v);
	qsort(snap->holdings, snap->nr_holdings, sizeof(*snap->holdings), by_buffer);
	return 0;
}

static bool all_are_held(const struct snapshot *snap, const struct holders *holders)
{
	bool *held = calloc(snap->nr_buffers + 1, 1), all = true;
	struct index index = { 0 };

	if (!held || index_make(&index, snap->buffers, snap->nr_buffers)) {
		free(held);
		return false;
	}
	for (size_t i = 0; i < holders->nr && all; i++) {
		struct buffer *buf = index_find(&index, holders->v[i].ino);

		all = buf;
		if (buf)
			held[buf - snap->buffers] = true;
	}
	for (size_t i = 0; i < snap->nr_buffers && all; i++)
		all = held[i];
	free(index.v);
	free(held);
	return all;
}

/* --- sums --------------------------------------------------------------------- */

static void sum_up(struct snapshot *snap)
{
	for (size_t i = 0; i < snap->nr_holdings; i++) {
		const struct holding *h = &snap->holdings[i];
		struct buffer *buf = &snap->buffers[h->buffer];

		if (!buf->procs++)
			buf->first = i;
		buf->fds += h->fds;
		buf->maps += h->maps;
	}
	for (size_t i = 0; i < snap->nr_holdings; i++) {
		const struct holding *h = &snap->holdings[i];
		const struct buffer *buf = &snap->buffers[h->buffer];
		struct process *proc = &snap->processes[h->process];

		proc->buffers++;
		proc->fds += h->fds;
		proc->maps += h->maps;
		proc->rss += buf->record.size;
		proc->pss += buf->record.size / buf->procs;
		if (buf->procs == 1)
			proc->unique += buf->record.size;
	}
	for (size_t i = 0; i < snap->nr_buffers; i++) {
		const struct buffer *buf = &snap->buffers[i];

		snap->bytes += buf->record.size;
		if (!buf->procs) {
			snap->kernel_buffers++;
			snap->kernel_bytes += buf->record.size;
		}
	}
}

static int sum_up_exporters(struct snapshot *snap, struct fail *why)
{
	struct exporter *exp, *larger;
	size_t at;

	for (size_t i = 0; i < snap->nr_buffers; i++) {
		const struct buffer *buf = &snap->buffers[i];

		for (at = 0; at < snap->nr_exporters; at++)
			if (!strcmp(snap->exporters[at].name, buf->record.exporter))
				break;
		if (at == snap->nr_exporters) {
			larger = reallocarray(snap->exporters, at + 1, sizeof(*larger));
			if (!larger)
				return no_memory(why);
			snap->exporters = larger;
			larger[at] = (struct exporter) { 0 };
			memcpy(larger[at].name, buf->record.exporter, DB_NAME_LEN);
			snap->nr_exporters++;
		}
		exp = &snap->exporters[at];
		exp->buffers++;
		exp->bytes += buf->record.size;
		exp->kernel_buffers += !buf->procs;
		exp->kernel_bytes += buf->procs ? 0 : buf->record.size;
	}
	if (snap->nr_exporters)
		qsort(snap->exporters, snap->nr_exporters, sizeof(*snap->exporters), by_bytes);
	return 0;
}

/* --- all of it ---------------------------------------------------------------- */

int snapshot_take(struct programs *p, bool held_only, struct snapshot *snap, struct fail *why)
{
	size_t each = held_only ? sizeof(struct db_held) : sizeof(struct db_holder);
	size_t files_size = 0, maps_size = 0;
	char *files = NULL, *maps = NULL, *all;
	struct holders holders = { 0 };
	int err;

	snap->held_only = held_only;
	snap->realtime_ns = clock_ns(CLOCK_REALTIME);
	err = (!held_only && add_walk(p, snap, why)) ||
	      programs_read(p, OBJECT_FILES, held_only, &files, &files_size, why) ||
	      programs_read(p, OBJECT_MAPS, held_only, &maps, &maps_size, why);
	if (!err) {
		all = realloc(files, files_size + maps_size + 1);
		err = all ? 0 : no_memory(why);
		if (all) {
			files = all;
			memcpy(files + files_size, maps, maps_size);
			files_size += maps_size;
		}
	}
	err = err || sort_holders(&holders, files, files_size, each, why) ||
	      (held_only && add_held(files, files_size, snap, why)) ||
	      (!held_only && !all_are_held(snap, &holders) && walk_again(p, snap, why)) ||
	      add_holders(snap, &holders, why);
	free(files);
	free(maps);
	free(holders.v);
	if (err)
		return -1;
	sum_up(snap);
	return sum_up_exporters(snap, why) || snapshot_hold(snap, why) ? -1 : 0;
}

void snapshot_free(struct snapshot *snap)
{
	free(snap->buffers);
	free(snap->processes);
	free(snap->holdings);
	free(snap->exporters);
	free(snap->texts[0]);
	free(snap->texts[1]);
	*snap = (struct snapshot) { 0 };
}
