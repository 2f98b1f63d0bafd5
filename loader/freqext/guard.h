/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A process that cleans up after this one, however it ends. The kernel does its part when the
 * governor's author has gone, which is fallback; this gives the policies back what they had.
 */
#ifndef FREQEXT_GUARD_H
#define FREQEXT_GUARD_H

#include "common/fail.h"

/**
 * guard_start() - have one
 *
 * Before anything of BPF is opened: that would live as long as any process that has it.
 *
 * Return: a descriptor that keeps it waiting, or -1 with the reason in @why.
 */
int guard_start(struct fail *why);

/** guard_name() - tell it for which governor; returns 0, or -1 with the reason in @why */
int guard_name(int fd, const char *name, struct fail *why);

#endif
