/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What policies had before a governor came, in a file of /run/freqext: whoever unloads it, or
 * cleans up after who was killed, gives that back.
 */
#ifndef FREQEXT_BEFORE_H
#define FREQEXT_BEFORE_H

#include "policies.h"

/**
 * before_save() - note the governors of policies
 * @name: of the governor to come
 *
 * Return: 0, or -1 with the reason in @why.
 */
int before_save(const char *name, const struct policies *policies, struct fail *why);

/**
 * before_restore() - give them back, to those that have the governor still, and forget
 * @name: the governor's
 *
 * Who selected another one meanwhile meant it.
 *
 * Return: 1; 0 if there is nothing noted; -1 with the reason in @why, if one could not be
 *	   given back. The others were.
 */
int before_restore(const char *name, struct fail *why);

#endif
