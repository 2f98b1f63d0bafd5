/* SPDX-License-Identifier: GPL-2.0-only */
/* Loading defer.bpf.c, making NMIs, and saying what came of it. */
#ifndef WSDUMP_TESTS_HARNESS_H
#define WSDUMP_TESTS_HARNESS_H

#include <stdbool.h>

#include "defer.h"
#include "defer.skel.h"

extern struct defer_bpf *skel;
extern bool in_kernel;		/* no module is needed */

/* Ends the program, with errno's reason, where it does not hold. */
void need(bool holds, const char *what);

/* TAP lines without numbers. */
void ok(bool is, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void is(long long got, long long wanted, const char *what);

/* Load; whoever wants interrupts in NMI attaches them then. */
void harness_load(void);
void harness_attach(void);	/* as an owner, and to NMIs */
void harness_end(void);

/* This process is on that CPU from now on. */
void be_on(int cpu);

/* Write to a file of the fixture. */
int fixture(const char *file, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
unsigned long long fixture_read(const char *file);

/* A step at a place; NMIs and tasks run some of them. */
struct step *step(int at, enum what what, __u32 slot, __u64 nsec, __u64 flags);
int run_in_task(__u32 first, __u32 end);
void run_in_nmi(__u32 first, __u32 end);

/* Wait until it holds; false when it does not within the patience that tests have. */
bool wait_until(bool (*holds)(const void *arg), const void *arg);

/* Until *counter is at least @n. */
bool wait_count(const __u64 *counter, __u64 n);

#endif
