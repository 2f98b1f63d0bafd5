/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_WATCH_SCREEN_H
#define WSDUMP_LOADER_WATCH_SCREEN_H

#include "watch_look.h"

/**
 * watch_screen() - show it on the terminal until a key, a signal or @w->count ends it
 *
 * The terminal is as before when this returns, with an error as well.
 *
 * Return: 0, the number of the signal that ended it, or -1 with the reason in @why.
 */
int watch_screen(struct watch *w, struct fail *why);

#endif
