// SPDX-License-Identifier: GPL-2.0-only
/* Who holds a buffer, and who shares a process's, as the words that are printed. */
#include <stdlib.h>
#include <string.h>

#include "common/out.h"
#include "snapshot.h"

#define HOLDER_LEN (NUMBER_LEN + 1 + DB_COMM_LEN + 1)

/* "PID:COMM ", with a space behind it for the next. */
static char *put_process(char *to, const struct process *proc)
{
	to = number_put(to, proc->pid);
	*to++ = ':';
	to = stpcpy(to, proc->comm);
	*to++ = ' ';
	return to;
}

int snapshot_hold(struct snapshot *snap, struct fail *why)
{
	char *to = malloc(snap->nr_holdings * HOLDER_LEN + 1);

	if (!to)
		return fail(why, "out of memory");
	snap->texts[0] = to;
	for (size_t i = 0; i < snap->nr_buffers; i++) {
		struct buffer *buf = &snap->buffers[i];

		buf->held_by = buf->procs ? to : "kernel";
		for (uint32_t h = buf->first; h < buf->first + buf->procs; h++)
			to = put_process(to, &snap->processes[snap->holdings[h].process]);
		buf->held_by_len = buf->procs ? (size_t)(to - buf->held_by - 1) : strlen("kernel");
	}
	return 0;
}

/* By the holdings of each of its buffers; @seen has for each process for whom it was met last. */
int snapshot_share(struct snapshot *snap)
{
	uint32_t *seen = calloc(snap->nr_processes + 1, sizeof(*seen)), nr, *who;
	char *text = NULL, *larger;
	size_t len = 0, size = 0, *ends;

	who = calloc(snap->nr_processes + 1, sizeof(*who));
	ends = calloc(snap->nr_processes + 1, sizeof(*ends));
	if (!seen || !who || !ends)
		goto out;
	for (uint32_t p = 0; p < snap->nr_processes; p++) {
		nr = 0;
		for (size_t i = 0; i < snap->nr_holdings; i++) {
			const struct buffer *buf = &snap->buffers[snap->holdings[i].buffer];

			if (snap->holdings[i].process != p)
				continue;
			for (uint32_t h = buf->first; h < buf->first + buf->procs; h++) {
				uint32_t other = snap->holdings[h].process;

				if (other != p && seen[other] != p + 1)
					who[nr++] = other;
				seen[other] = p + 1;
			}
		}
		if (size - len < (size_t)nr * HOLDER_LEN + 1) {
			size = 2 * size + (size_t)nr * HOLDER_LEN + 1;
			larger = realloc(text, size);
			if (!larger)
				break;
			text = larger;
		}
		for (uint32_t i = 0; i < nr; i++)
			len = put_process(text + len, &snap->processes[who[i]]) - text;
		ends[p] = len;
		snap->processes[p].shared_with_len = nr ? len - (p ? ends[p - 1] : 0) - 1 : 0;
		if (p == snap->nr_processes - 1)
			snap->texts[1] = text;
	}
	for (uint32_t p = 0; snap->texts[1] && p < snap->nr_processes; p++)
		if (snap->processes[p].shared_with_len)
			snap->processes[p].shared_with = text + (p ? ends[p - 1] : 0);
out:
	free(seen);
	free(who);
	free(ends);
	if (!snap->texts[1])
		free(text);
	return snap->texts[1] || !snap->nr_processes ? 0 : -1;
}
