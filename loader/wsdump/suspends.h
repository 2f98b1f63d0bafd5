/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the kernel tells of suspends: its counts in /sys/power/suspend_stats, the interrupt that
 * woke the machine, and the last attempt in the kernel's log.
 */
#ifndef WSDUMP_LOADER_SUSPENDS_H
#define WSDUMP_LOADER_SUSPENDS_H

#include <stdbool.h>
#include <stdint.h>

#include "log_clock.h"

#define NR_SUSPEND_STEPS 8

/* Names of the steps in which a suspend or a resume can fail, as the kernel's files have them. */
extern const char *const suspend_steps[NR_SUSPEND_STEPS];

enum suspend_outcome {
	SUSPEND_UNKNOWN,
	SUSPEND_SUCCEEDED,
	SUSPEND_FAILED,
};

/**
 * struct suspend_attempt - one attempt to suspend, as the kernel's log has it
 * @entry_ns: when it began, on CLOCK_MONOTONIC, but for what drifts between it and the log's
 * @woke_ns: the first thing that it said when it had slept; 0 if it said nothing
 * @exit_ns: when it was over; 0 if that is not in the log
 * @kind: "deep", "s2idle", "shallow" or "hibernation"
 * @outcome: whether the machine slept
 * @said: what the kernel said of a failure, or empty
 * @device: the device that failed it, or empty
 */
struct suspend_attempt {
	uint64_t entry_ns;
	uint64_t woke_ns;
	uint64_t exit_ns;
	char kind[16];
	enum suspend_outcome outcome;
	char said[160];
	char device[64];
};

/**
 * struct suspends - what there is to know; an error is a negative errno, 0 for none
 * @stats_error: why there are no counts
 * @success: suspends that succeeded since the boot
 * @fail: that failed
 * @failed: in which step, by suspend_steps[]
 * @last_step: the last step that failed, or empty
 * @last_device: the last device that failed, or empty
 * @last_errno: the errno of the last failure, positive; 0 for none
 * @hw_sleep_us: time in hardware sleep in the last suspend, -1 where the kernel does not tell
 * @irq_error: why the number of the interrupt is not known
 * @irq: the interrupt that woke the machine last, 0 for none that the kernel noted
 * @irq_name: what it belongs to, as in /proc/interrupts
 * @log_error: why the log can't be read
 * @clock_error: why its clock can't, so that times of @last are not comparable with others
 * @attempts: that began, as the log has it
 * @last: the last attempt in the log; @entry_ns is 0 if there is none
 * @asleep_ns: time in suspend since the boot
 */
struct suspends {
	int stats_error;
	int64_t success;
	int64_t fail;
	int64_t failed[NR_SUSPEND_STEPS];
	char last_step[32];
	char last_device[64];
	int last_errno;
	int64_t hw_sleep_us;
	int irq_error;
	int64_t irq;
	char irq_name[128];
	int log_error;
	int clock_error;
	unsigned int attempts;
	struct suspend_attempt last;
	uint64_t asleep_ns;
};

/**
 * struct suspend_log - the kernel's log, and its clock
 * @fd: of the log, or a negative errno
 * @clock: see there
 */
struct suspend_log {
	int fd;
	struct log_clock clock;
};

/**
 * suspend_log_open() - open it, while there are the capabilities for that
 * @all: to read all of it; else what comes from now on
 */
void suspend_log_open(struct suspend_log *log, bool all);

/** suspend_log_close() - the end of it */
void suspend_log_close(struct suspend_log *log);

/**
 * suspends_read() - read all that can be read
 * @log: what is new there is read; or NULL
 */
void suspends_read(struct suspends *s, struct suspend_log *log);

/**
 * suspend_log_slack() - how far the log's clock may be from CLOCK_MONOTONIC
 * @then_ns: at this time
 * @now_ns: the time now
 */
uint64_t suspend_log_slack(uint64_t then_ns, uint64_t now_ns);

#endif
