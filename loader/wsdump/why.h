/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * wsdump why: what was found, for its printers. What there is to do about a thing stands beside
 * it, as a command that nothing here runs.
 */
#ifndef WSDUMP_LOADER_WHY_H
#define WSDUMP_LOADER_WHY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "device.h"
#include "inhibitors.h"
#include "processes.h"
#include "state.h"
#include "suspends.h"

#define WHY_TEXT 320

/**
 * enum finding_kind - what a finding answers
 * @FOUND_ACTIVE: what keeps the machine awake now?
 * @FOUND_WOKE: what woke it, or ended the attempt to suspend?
 * @FOUND_FORBIDS: who forbids sleeping in user space?
 * @FOUND_ALARM: which alarm is to wake it?
 * @FOUND_MAY_WAKE: what is allowed to wake it?
 * @FOUND_UNKNOWN: what could not be read?
 */
enum finding_kind {
	FOUND_ACTIVE,
	FOUND_WOKE,
	FOUND_FORBIDS,
	FOUND_ALARM,
	FOUND_MAY_WAKE,
	FOUND_UNKNOWN,
	NR_FINDINGS
};

/**
 * struct finding - one of them; texts that are empty have nothing to say
 * @kind: what it answers
 * @name: of a source, a device, a process, an interrupt; or what could not be read. Bytes of any
 *	  value
 * @what: what that is
 * @evidence: how that is known
 * @command: ends it or forbids it, now
 * @rule: of udev, that forbids it for good
 * @device: which device it is about; its path is empty for none
 * @time_ns: for how long it has been so, or of ALARM when it is, since 1970; 0 if that is not
 *	     known
 */
struct finding {
	enum finding_kind kind;
	char name[256];
	char what[WHY_TEXT];
	char evidence[WHY_TEXT];
	char command[WHY_TEXT];
	char rule[WHY_TEXT];
	struct device device;
	uint64_t time_ns;
};

/**
 * struct why - all that was found
 * @v: the findings, in the order of their kinds
 * @nr: how many
 * @size: how many there is room for
 * @suspends: what the kernel tells of suspends
 * @states: the wakeup sources, and the time
 * @by_sysfs: these are of sysfs, for want of a BPF program
 * @processes: which have sources by epoll
 * @before: of wsdump run: what the kernel told before the command
 * @passed_ns: likewise, how long that took, time in suspend included
 * @told_ns: and how long the machine was told to sleep; 0 where that is not known
 */
struct why {
	struct finding *v;
	size_t nr;
	size_t size;
	struct suspends suspends;
	const struct states *states;
	bool by_sysfs;
	struct process_sources processes;
	struct suspends before;
	uint64_t passed_ns;
	uint64_t told_ns;
};

/**
 * why_add() - one finding more
 * @kind: its kind
 * @name: its name
 * @len: bytes of it
 *
 * Return: it, all else empty, good until the next; NULL when there is no memory.
 */
struct finding *why_add(struct why *w, enum finding_kind kind, const char *name, size_t len);

/**
 * why_gather() - find out
 * @w: zeroed but for @states, @by_sysfs and @suspends; to be given to why_free() in any case
 * @no_bpf: why there are no sources by BPF; empty if there are
 *
 * Return: 0, or -1 with the reason in @why: no memory.
 */
int why_gather(struct why *w, const char *no_bpf, struct fail *why);

/** why_woke() - only what ended the last suspend, or the attempt; likewise */
int why_woke(struct why *w, struct fail *why);

/** why_slept() - was there a suspend, or an attempt, since @before was read? */
bool why_slept(const struct why *w);

/** why_asleep_ns() - time in suspend since then */
uint64_t why_asleep_ns(const struct why *w);

/** why_free() - free what these have left */
void why_free(struct why *w);

/**
 * why_print() - print it for people, on stdout by out.h
 * @rows: lines that there are at most, 0 for any number
 * @width: columns of the terminal
 */
void why_print(const struct why *w, size_t rows, size_t width);

/** why_print_run() - the short form, behind wsdump run; nothing without a suspend */
void why_print_run(const struct why *w, size_t width);

/** why_json_put_run() - the same as keys and values, after others */
int why_json_put_run(const struct why *w, struct fail *why);

/** why_json_print() - print it for programs; returns 0, or -1 with the reason in @why */
int why_json_print(const struct why *w, struct fail *why);

#endif
