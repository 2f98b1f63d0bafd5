// SPDX-License-Identifier: GPL-2.0-only
#include "suspends.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "asleep.h"
#include "sysfs.h"

#define STATS "/sys/power/suspend_stats"

const char *const suspend_steps[NR_SUSPEND_STEPS] = {
	"freeze", "prepare", "suspend", "suspend_late", "suspend_noirq",
	"resume_noirq", "resume_early", "resume",
};

static void read_stats(struct suspends *s)
{
	int64_t number;

	s->hw_sleep_us = -1;
	s->stats_error = sysfs_number(&s->success, STATS "/success");
	if (!s->stats_error)
		s->stats_error = sysfs_number(&s->fail, STATS "/fail");
	if (s->stats_error)
		return;
	for (int i = 0; i < NR_SUSPEND_STEPS; i++)
		if (sysfs_number(&s->failed[i], STATS "/failed_%s", suspend_steps[i]))
			s->failed[i] = 0;
	if (!sysfs_number(&number, STATS "/last_hw_sleep"))
		s->hw_sleep_us = number;
	if (!s->fail)
		return;
	sysfs_read(s->last_step, sizeof(s->last_step), STATS "/last_failed_step");
	sysfs_read(s->last_device, sizeof(s->last_device), STATS "/last_failed_dev");
	if (!sysfs_number(&number, STATS "/last_failed_errno"))
		s->last_errno = number < 0 ? -number : number;
}

/* The kernel has none to tell of (ENODATA) when nothing with an interrupt woke it. */
static void read_irq(struct suspends *s)
{
	s->irq_error = sysfs_number(&s->irq, "/sys/power/pm_wakeup_irq");
	if (s->irq_error == -ENODATA)
		s->irq_error = 0;
	else if (!s->irq_error)
		sysfs_read(s->irq_name, sizeof(s->irq_name), "/sys/kernel/irq/%" PRId64 "/actions",
			   s->irq);
}

/* --- the kernel's log ---------------------------------------------------------- */

/* What it says when a suspend does not come about. The last of these is the cause. */
static const char *const failures[] = {
	"failed to suspend", "failed to freeze", "failed to prepare", "aborted", "refusing to freeze",
	"Some devices failed to suspend", "suspend of devices failed", "Wakeup pending",
	"suspend error",
};

/* What it says only when it goes to sleep, or comes back from there. */
static const char *const slept[] = {
	"Low-level resume complete", "Waking up from system sleep state",
	"resume from suspend-to-idle", "Timekeeping suspended for",
};

static bool has_one_of(const char *text, const char *const *words, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (strstr(text, words[i]))
			return true;
	return false;
}

#define HAS_ONE_OF(text, words) has_one_of(text, words, sizeof(words) / sizeof((words)[0]))

static void begin(struct suspends *s, uint64_t time_ns, const char *kind)
{
	struct suspend_attempt *a = &s->last;
	size_t len = strcspn(kind, ")");

	s->attempts++;
	*a = (struct suspend_attempt) { .entry_ns = time_ns };
	if (len >= sizeof(a->kind))
		len = sizeof(a->kind) - 1;
	memcpy(a->kind, kind, len);
}

/*
 * A record: its level, number, time in microseconds and flags; behind a semicolon the text; and
 * then lines with more, of which one may name the device.
 */
static void take_record(struct suspends *s, char *record)
{
	struct suspend_attempt *a = &s->last;
	char *text = strchr(record, ';'), *more, *device;
	const char *number = strchr(record, ','), *kind;
	uint64_t time_ns;

	number = number ? strchr(number + 1, ',') : NULL;
	if (!text || !number)
		return;
	time_ns = strtoull(number + 1, NULL, 10) * 1000;
	*text++ = '\0';
	more = strchr(text, '\n');
	if (more)
		*more++ = '\0';
	kind = strstr(text, "PM: suspend entry (");
	if (kind) {
		begin(s, time_ns, kind + strlen("PM: suspend entry ("));
		return;
	}
	if (strstr(text, "hibernation: hibernation entry")) {
		begin(s, time_ns, "hibernation");
		return;
	}
	if (!a->entry_ns || a->exit_ns)
		return;
	if (strstr(text, "PM: suspend exit") || strstr(text, "hibernation: hibernation exit")) {
		a->exit_ns = time_ns;
	} else if (HAS_ONE_OF(text, failures)) {
		/* the kernel sums up behind what it says of the device */
		if (!a->device[0])	/* without the device before it */
			snprintf(a->said, sizeof(a->said), "%s", strstr(text, "PM: ") ?: text);
		device = more ? strstr(more, "DEVICE=") : NULL;
		if (device && !a->device[0]) {
			device += strlen("DEVICE=");
			device[strcspn(device, "\n")] = '\0';
			/* +SUBSYSTEM:NAME; numbers of a node or of a network device say less */
			snprintf(a->device, sizeof(a->device), "%s",
				 *device == '+' ? device + 1 : "");
		}
	} else if (HAS_ONE_OF(text, slept)) {
		a->outcome = SUSPEND_SUCCEEDED;
		a->woke_ns = a->woke_ns ?: time_ns;
	}
}

void suspend_log_open(struct suspend_log *log, bool all)
{
	log->fd = open("/dev/kmsg", O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (log->fd < 0)
		log->fd = -errno;
	else if (!all)
		lseek(log->fd, 0, SEEK_END);
	log_clock_open(&log->clock);
}

void suspend_log_close(struct suspend_log *log)
{
	if (log->fd >= 0)
		close(log->fd);
	log->fd = -EBADF;
	log_clock_close(&log->clock);
}

static void read_log(struct suspends *s, int fd)
{
	char record[8192];
	ssize_t n;

	if (fd < 0) {
		s->log_error = fd;
		return;
	}
	/* EPIPE: a record was overwritten before it was read; the next one is there */
	while ((n = read(fd, record, sizeof(record) - 1)) > 0 || (n < 0 && errno == EPIPE)) {
		if (n < 0)
			continue;
		record[n] = '\0';
		take_record(s, record);
	}
	if (errno != EAGAIN)
		s->log_error = -errno;
}

/* Times are those of the log until here. */
static void set_clock(struct suspends *s, struct log_clock *clock)
{
	uint64_t *times[] = { &s->last.entry_ns, &s->last.woke_ns, &s->last.exit_ns };
	int64_t offset;

	s->clock_error = log_clock_offset(clock, &offset);
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]) && !s->clock_error; i++)
		if (*times[i])
			*times[i] += offset;
}

/* What the log leaves open the counts may tell. */
static void judge(struct suspends *s)
{
	struct suspend_attempt *a = &s->last;

	if (!a->entry_ns)
		return;
	if (a->said[0])
		a->outcome = SUSPEND_FAILED;
	else if (a->outcome == SUSPEND_UNKNOWN && !s->stats_error && !s->fail)
		a->outcome = SUSPEND_SUCCEEDED;
	else if (a->outcome == SUSPEND_UNKNOWN && !s->stats_error && !s->success)
		a->outcome = SUSPEND_FAILED;
}

void suspends_read(struct suspends *s, struct suspend_log *log)
{
	*s = (struct suspends) { 0 };
	read_stats(s);
	read_irq(s);
	if (log)
		read_log(s, log->fd);
	if (s->last.entry_ns)
		set_clock(s, &log->clock);
	judge(s);
	s->asleep_ns = asleep_ns();
}

/* The log's clock is not disciplined by NTP: some 100 ppm may be between the two. */
uint64_t suspend_log_slack(uint64_t then_ns, uint64_t now_ns)
{
	return 5000000 + (now_ns > then_ns ? (now_ns - then_ns) / 10000 : 0);
}
