/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files that find things have in common. */
#ifndef WSDUMP_LOADER_FINDING_H
#define WSDUMP_LOADER_FINDING_H

#include "common/fail.h"
#include "wakers.h"
#include "why.h"

/** finding_add() - why_add() with a name that is a string */
struct finding *finding_add(struct why *w, enum finding_kind kind, const char *name);

/** finding_no_memory() - returns -1, with that in @why */
int finding_no_memory(struct fail *why);

/** finding_say_device() - what its device is, in words */
void finding_say_device(struct finding *f);

/** finding_command_unbind() - its device's driver lets go of it: that ends whatever it does */
void finding_command_unbind(struct finding *f);

/** finding_command_disarm() - its device may not wake the machine any more */
void finding_command_disarm(struct finding *f);

/** finding_command_unlock() - it is a wake lock of this name */
void finding_command_unlock(struct finding *f, const char *name);

/**
 * finding_describe_source() - what a source is, and what ends it
 * @locks: what /sys/power/wake_lock has
 */
void finding_describe_source(const struct why *w, struct finding *f, const struct state *s,
			     const char *locks);

/** woke_add() - what ended the last suspend; returns 0, or -1 with the reason in @why */
int woke_add(struct why *w, const char *locks, const struct wakers *wakers, struct fail *why);

#endif
